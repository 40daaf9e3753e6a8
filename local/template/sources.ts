import type { Json, JsonObject } from '../types.ts';
import type { TemplateDocument } from './assembly.ts';
import { resolveCondition, type Sources } from './intrinsics.ts';
import { type Identity, PARTITION, type Place } from './known/known-type.ts';

/** A template's external references, and the identities of its resources. */
export type Surroundings = {
  /** the values of pseudo parameters */
  readonly pseudo: JsonObject;
  /** a nested stack's parameters, from its parent */
  readonly parameters: { readonly [name: string]: () => Json };
  readonly identityOf: (logicalId: string) => Identity;
  /** an output of a nested stack, by the stack's logical id */
  readonly nestedOutput: (logicalId: string, output: string) => Json | undefined;
};

/** The resolvers of one template. */
export function sourcesOf(document: TemplateDocument, surroundings: Surroundings): Sources {
  const { pseudo, parameters, identityOf, nestedOutput } = surroundings;
  const sources: Sources = {
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      return name in document.Resources ? identityOf(name).physicalId : parameter(name);
    },
    attribute: (logicalId, attribute) => {
      if (attribute.startsWith('Outputs.')) return nestedOutput(logicalId, attribute.slice('Outputs.'.length));
      return logicalId in document.Resources ? identityOf(logicalId).attributes?.[attribute] : undefined;
    },
    mapping: (map, top, second) => document.Mappings[map]?.[top]?.[second] as Json | undefined,
    condition: (name) =>
      name in document.Conditions
        ? resolveCondition(document.Conditions[name], sources, `Conditions.${name}`)
        : undefined,
  };
  const parameter = (name: string): Json | undefined => {
    const declared = document.Parameters[name];
    if (declared && name in parameters) return parameters[name]?.();
    return declared?.Type.startsWith('AWS::SSM') ? undefined : (declared?.Default as Json | undefined);
  };
  return sources;
}

export const pseudoParameters = (stackName: string, { region, accountId }: Place): JsonObject => ({
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': PARTITION,
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:${PARTITION}:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NotificationARNs': [],
});
