import { z } from 'zod';
import { cannotRun } from './errors.ts';
import { type Assembly, readAssembly, type TemplateDocument } from './template/assembly.ts';
import { resolveCondition, resolveValue, type Sources } from './template/intrinsics.ts';
import type { Identity, KnownType } from './template/known/known-type.ts';
import { KNOWN_TYPES } from './template/known-types.ts';
import type { Json, JsonObject, Resource, Template } from './types.ts';

/** What pseudo parameters and URLs resolve to. */
export type Place = { readonly region: string; readonly accountId: string; readonly awsUrl: string };

/**
 * The stack of an assembly, every intrinsic resolved against the names its resources have on this machine.
 *
 * @throws CannotRunError naming resource and property, when the template holds what the runner does not know
 */
export function loadTemplate(assemblyDir: string, place: Place, stackName?: string): Template {
  const assembly = readAssembly(assemblyDir, stackName);
  const sources = sourcesOf(assembly, place);
  const { document } = assembly;
  const resources = Object.entries(document.Resources)
    .filter(([, { Condition }]) => Condition === undefined || sources.condition(Condition))
    .map(([logicalId, { Type, Properties, DependsOn }]): [string, Resource] => {
      const where = `${logicalId} (${Type})`;
      const properties = resolveValue(Properties, sources, `${where} Properties`) as JsonObject;
      checkProperties(knownType(logicalId, Type), properties, where);
      const { physicalId, arn, attributes = {} } = sources.identity(logicalId);
      const named = { logicalId, type: Type, properties, physicalId, attributes, dependsOn: DependsOn };
      return [logicalId, arn === undefined ? named : { ...named, arn }];
    });
  return {
    stackName: assembly.stackName,
    region: place.region,
    accountId: place.accountId,
    partition: PARTITION,
    resources: new Map(resources),
    outputs: outputsOf(document, sources),
    assets: assembly.assets,
  };
}

/** The resources of one type, in the template's order. */
export function resourcesOf(template: Template, ...types: readonly string[]): Resource[] {
  return [...template.resources.values()].filter(({ type }) => types.includes(type));
}

const PARTITION = 'aws';

function sourcesOf({ document, stackName }: Assembly, place: Place): Sources & { identity: (id: string) => Identity } {
  const identities = new Map<string, Identity>();
  const pseudo: { readonly [name: string]: Json } = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.accountId,
    'AWS::Partition': PARTITION,
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:${PARTITION}:cloudformation:${place.region}:${place.accountId}:stack/${stackName}/local`,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [],
  };
  const identity = (logicalId: string): Identity => {
    const made = identities.get(logicalId);
    if (made) return made;
    const { Type = '', Properties = {} } = document.Resources[logicalId] ?? {};
    const text = (property: string) =>
      property in Properties
        ? String(resolveValue(Properties[property], sources, `${logicalId} (${Type})`))
        : undefined;
    const self = { logicalId, stackName, partition: PARTITION, ...place, text };
    const named = knownType(logicalId, Type).identity(self);
    identities.set(logicalId, named);
    return named;
  };
  const sources: Sources = {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      if (name in document.Resources) return identity(name).physicalId;
      return document.Parameters[name]?.Type.startsWith('AWS::SSM')
        ? undefined
        : (document.Parameters[name]?.Default as Json);
    },
    attribute: (logicalId, attribute) =>
      logicalId in document.Resources ? identity(logicalId).attributes?.[attribute] : undefined,
    mapping: (map, top, second) => document.Mappings[map]?.[top]?.[second] as Json | undefined,
    condition: (name) =>
      name in document.Conditions
        ? resolveCondition(document.Conditions[name], sources, `Conditions.${name}`)
        : undefined,
  };
  return { ...sources, identity };
}

function knownType(logicalId: string, type: string): KnownType {
  const known = KNOWN_TYPES[type];
  if (known === undefined) throw cannotRun(`${logicalId} (${type})`, 'is of a type that does not run on one machine');
  return known;
}

function checkProperties({ honours, ignores }: KnownType, properties: JsonObject, where: string): void {
  const acted = Object.fromEntries(Object.entries(properties).filter(([name]) => !(name in ignores)));
  const { error } = honours.safeParse(acted);
  if (error) throw cannotRun(where, describe(error));
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const path = ['Properties', ...issue.path, issue.keys[0]].join('.');
    return `the runner does not know ${path}`;
  }
  return z.prettifyError(error);
}

function outputsOf({ Outputs }: TemplateDocument, sources: Sources): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(Outputs)
      .filter(([, { Condition }]) => Condition === undefined || sources.condition(Condition))
      .map(([name, { Value }]) => [name, resolveValue(Value, sources, `Outputs.${name}`)]),
  );
}
