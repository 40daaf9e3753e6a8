import { cannotRun } from '../errors.ts';
import type { Json } from '../types.ts';
import type { Assembly, TemplateDocument } from './assembly.ts';
import { resolveValue, type Sources } from './intrinsics.ts';
import { type Identity, PARTITION, type Place } from './known/known-type.ts';
import { NESTED_STACK } from './known/nested-stack.ts';
import { knownType } from './known-types.ts';
import { pseudoParameters, sourcesOf } from './sources.ts';

/** One template: the top stack's, or a nested stack's. */
export type Part = {
  readonly document: TemplateDocument;
  readonly sources: Sources;
  /** a resource's id over all templates: its logical id, with the nested stack's as a prefix where it is not unique */
  readonly idOf: (logicalId: string) => string;
  readonly identityOf: (logicalId: string) => Identity;
};

type Parts = readonly [Part, ...Part[]];

/** State that all parts share. */
type Whole = { readonly assembly: Assembly; readonly place: Place; readonly takenIds: Set<string> };

/** A stack, without its template. */
type Stack = {
  readonly name: string;
  /** the nested stack's id over all templates; empty for the top stack */
  readonly id: string;
  readonly parameters: { readonly [name: string]: () => Json };
};

/**
 * The top template, then those of its nested stacks. Physical names contain the top stack's name, so that a resource keeps
 * its name when it moves into a nested stack under the same logical id.
 */
export function partsOf(assembly: Assembly, place: Place): Parts {
  const top = { name: assembly.stackName, id: '', parameters: {} };
  return partsFrom(assembly.document, top, { assembly, place, takenIds: new Set() });
}

/** The resolved outputs, less those whose condition is false. */
export function outputsOf({ document, sources }: Part): { [name: string]: Json } {
  const outputs = Object.entries(document.Outputs)
    .filter(([, { Condition }]) => Condition === undefined || sources.condition(Condition))
    .map(([name, { Value }]) => [name, resolveValue(Value, sources, `Outputs.${name}`)]);
  return Object.fromEntries(outputs);
}

function partsFrom(document: TemplateDocument, stack: Stack, whole: Whole): Parts {
  const nested = new Map<string, Parts>();
  const part = partOf(document, stack, whole, (logicalId) => nested.get(logicalId)?.[0]);
  for (const [logicalId, { Type, Condition }] of Object.entries(document.Resources)) {
    if (Type !== NESTED_STACK || (Condition && !part.sources.condition(Condition))) continue;
    const { templateUrl, inner } = nestedStack(part, stack, logicalId);
    nested.set(logicalId, partsFrom(whole.assembly.nestedTemplate(templateUrl), inner, whole));
  }
  return [part, ...[...nested.values()].flat()];
}

function nestedStack({ document, sources, idOf }: Part, outer: Stack, logicalId: string) {
  const { TemplateURL, Parameters } = document.Resources[logicalId]?.Properties ?? {};
  const id = idOf(logicalId);
  const where = `${id} (${NESTED_STACK}) Properties`;
  // Resolved on use: a parameter may be an output of another nested stack.
  const parameters = Object.entries(Parameters ?? {}).map(([name, value]): [string, () => Json] => [
    name,
    () => resolveValue(value, sources, `${where}.Parameters.${name}`),
  ]);
  const inner: Stack = { name: `${outer.name}-${logicalId}`, id, parameters: Object.fromEntries(parameters) };
  return { inner, templateUrl: String(resolveValue(TemplateURL, sources, `${where}.TemplateURL`)) };
}

function partOf(
  document: TemplateDocument,
  stack: Stack,
  whole: Whole,
  nestedPart: (logicalId: string) => Part | undefined,
): Part {
  const idOf = uniqueIds(document, stack.id, whole.takenIds);
  const sources: Sources = sourcesOf(document, {
    pseudo: pseudoParameters(stack.name, whole.place),
    parameters: stack.parameters,
    identityOf: (logicalId) => identityOf(logicalId),
    nestedOutput: (logicalId, output) => {
      const inner = nestedPart(logicalId);
      return inner && outputOf(inner, output);
    },
  });
  const identityOf = identitiesOf(document, sources, idOf, whole);
  return { document, sources, idOf, identityOf };
}

/** Identities, each computed on first use. */
function identitiesOf(
  document: TemplateDocument,
  sources: Sources,
  idOf: Part['idOf'],
  { assembly, place }: Whole,
): Part['identityOf'] {
  const identities = new Map<string, Identity>();
  const identify = (logicalId: string): Identity => {
    const { Type = '', Properties = {} } = document.Resources[logicalId] ?? {};
    const id = idOf(logicalId);
    const text = (property: string) =>
      property in Properties ? String(resolveValue(Properties[property], sources, `${id} (${Type})`)) : undefined;
    const self = { logicalId: id, stackName: assembly.stackName, partition: PARTITION, ...place, text };
    return knownType(id, Type).identity(self);
  };
  return (logicalId) => {
    const identity = identities.get(logicalId) ?? identify(logicalId);
    identities.set(logicalId, identity);
    return identity;
  };
}

function outputOf({ document, sources }: Part, name: string): Json | undefined {
  const output = document.Outputs[name];
  return output && resolveValue(output.Value, sources, `Outputs.${name}`);
}

/** @throws CannotRunError when an id is not unique even with the nested stack's id as a prefix */
function uniqueIds(document: TemplateDocument, stackId: string, takenIds: Set<string>): Part['idOf'] {
  const ids = new Map<string, string>();
  for (const logicalId of Object.keys(document.Resources)) {
    const id = takenIds.has(logicalId) ? `${stackId}${logicalId}` : logicalId;
    if (takenIds.has(id)) throw cannotRun(id, 'is the id of two resources');
    takenIds.add(id);
    ids.set(logicalId, id);
  }
  return (logicalId) => ids.get(logicalId) ?? logicalId;
}
