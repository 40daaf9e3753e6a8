import { z } from 'zod';
import { cannotRun } from './errors.ts';
import { readAssembly } from './template/assembly.ts';
import { resolveValue } from './template/intrinsics.ts';
import { type KnownType, PARTITION, type Place } from './template/known/known-type.ts';
import { knownType } from './template/known-types.ts';
import { outputsOf, type Part, partsOf } from './template/parts.ts';
import type { JsonObject, Resource, Template } from './types.ts';

/**
 * The stack of an assembly with the resources of its nested stacks, every intrinsic resolved with this machine's physical
 * ids.
 *
 * @throws CannotRunError that names an unsupported resource or property
 */
export function loadTemplate(assemblyDir: string, place: Place, stackName?: string): Template {
  const assembly = readAssembly(assemblyDir, stackName);
  const parts = partsOf(assembly, place);
  return {
    stackName: assembly.stackName,
    region: place.region,
    accountId: place.accountId,
    partition: PARTITION,
    resources: new Map(parts.flatMap(resourcesOfPart).map((resource) => [resource.logicalId, resource])),
    outputs: outputsOf(parts[0]),
    assets: assembly.assets,
  };
}

/** The resources of one type, in the template's order. */
export function resourcesOf(template: Template, ...types: readonly string[]): Resource[] {
  return [...template.resources.values()].filter(({ type }) => types.includes(type));
}

function resourcesOfPart({ document, sources, idOf, identityOf }: Part): Resource[] {
  return Object.entries(document.Resources)
    .filter(([, { Condition }]) => Condition === undefined || sources.condition(Condition))
    .map(([ownId, { Type, Properties, DependsOn }]) => {
      const logicalId = idOf(ownId);
      const where = `${logicalId} (${Type})`;
      const properties = resolveValue(Properties, sources, `${where} Properties`) as JsonObject;
      checkProperties(knownType(logicalId, Type), properties, where);
      const { physicalId, arn, attributes = {} } = identityOf(ownId);
      const named = { logicalId, type: Type, properties, physicalId, attributes, dependsOn: DependsOn.map(idOf) };
      return arn === undefined ? named : { ...named, arn };
    });
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
