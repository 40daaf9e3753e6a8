import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnStack, NestedStack, Stack } from 'aws-cdk-lib';
import { z } from 'zod';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '../functions/platform/names/environments.ts';

/**
 * Resources with data, and the properties whose change makes CloudFormation replace them with empty ones: "Update requires:
 * Replacement" in its reference.
 */
const REPLACING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  // A name that changes is another secret, without the operator's keys.
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix', 'BucketNamespace'],
};

/** Resources with data by logical id, those of a nested stack below its own; what identifies each as readable text. */
export const StatefulResources = z.record(z.string(), z.record(z.string(), z.string()));
export type StatefulResources = z.infer<typeof StatefulResources>;

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

const KeyTypes = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string() })).default([]),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })).default([]),
});

/** The committed record that `npm run stateful-resources` writes. */
export const RECORD_FILE = join(import.meta.dirname, 'stateful-resources.json');

/** The resources with data in the templates of a synthesized stack and of its nested stacks. */
export function statefulResourcesOf(stack: Stack, outDir: string): StatefulResources {
  const inside = stack.node.findAll().filter((construct) => NestedStack.isNestedStack(construct));
  return Object.assign({}, ...[stack, ...inside].map((each) => resourcesOf(each, outDir)));
}

function resourcesOf(stack: Stack, outDir: string): StatefulResources {
  const { Resources } = Template.parse(JSON.parse(readFileSync(join(outDir, stack.templateFile), 'utf8')));
  return Object.fromEntries(
    Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
      const replacing = REPLACING_PROPERTIES[Type];
      if (!replacing) return [];
      const named = replacing.map((name) => [name, Properties[name]]).filter(([, value]) => value !== undefined);
      const identity = Object.fromEntries(named.map(([name, value]) => [name, JSON.stringify(value)]));
      return [[`${pathOf(stack)}${id}`, { Type, ...identity, ...keyTypesOf(Properties) }]];
    }),
  );
}

/** A stack of another name is another stack: all its resources are new. */
const pathOf = (stack: Stack): string => {
  const nested = stack.nestedStackResource;
  if (!(nested instanceof CfnStack)) return `${stack.stackName}/`;
  const parent = Stack.of(nested);
  return `${pathOf(parent)}${parent.getLogicalId(nested)}/`;
};

/** A key of another type is another key. */
function keyTypesOf(properties: Readonly<Record<string, unknown>>): { KeyTypes?: string } {
  const { KeySchema, AttributeDefinitions } = KeyTypes.parse(properties);
  const types = KeySchema.map(({ AttributeName }) =>
    AttributeDefinitions.find((attribute) => attribute.AttributeName === AttributeName),
  );
  return types.length > 0 ? { KeyTypes: types.map((type) => type?.AttributeType ?? 'unknown').join(', ') } : {};
}

/** What the environment had when the record was written. @throws when the file is no such record */
export const recordedResources = (name: EnvironmentName): StatefulResources =>
  z.record(z.enum(ENVIRONMENT_NAMES), StatefulResources).parse(JSON.parse(readFileSync(RECORD_FILE, 'utf8')))[name];

/**
 * Refuses a template that would replace or remove a recorded resource, or that has one without a record.
 *
 * @param allowed the value of `-c replaceData=ID,ID`: the resources that may be replaced or removed
 * @throws Error with each resource, what it was and what it would be
 */
export function refuseLostData(recorded: StatefulResources, now: StatefulResources, allowed: unknown): void {
  const may = typeof allowed === 'string' ? allowed.split(',') : [];
  const lost = Object.entries(recorded).flatMap(([id, was]) => {
    const is = now[id];
    return same(was, is) || may.includes(id) ? [] : [`${id} was ${textOf(was)} and would be ${textOf(is)}`];
  });
  if (lost.length > 0) {
    const ids = Object.keys(recorded).filter((id) => !same(recorded[id], now[id]));
    throw new Error(
      `This template would leave data behind:\n  ${lost.join('\n  ')}\n` +
        'A table, bucket or secret that is replaced begins empty. Undo the change, or, when that is what you want: ' +
        `-c replaceData=${ids.join(',')}, and after the deployment npm run stateful-resources.`,
    );
  }
  const unrecorded = Object.keys(now).filter((id) => !recorded[id]);
  if (unrecorded.length > 0 && may.length === 0) {
    throw new Error(
      `${unrecorded.join(', ')} is new and holds data, but is not in lib/stateful-resources.json, so nothing would keep a later ` +
        'change from replacing it. Run npm run stateful-resources and commit the file.',
    );
  }
}

const same = (a: StatefulResources[string] | undefined, b: StatefulResources[string] | undefined): boolean =>
  textOf(a) === textOf(b);

const textOf = (identity: StatefulResources[string] | undefined): string =>
  identity
    ? Object.entries(identity)
        .map(([name, value]) => `${name} ${value}`)
        .sort()
        .join(', ')
    : 'removed';
