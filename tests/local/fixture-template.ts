import type { JsonObject, Resource, Template } from '../../local/types.ts';

type FixtureResource = {
  readonly type: string;
  readonly properties?: JsonObject;
  /** what `Ref` gives; the logical id when left out */
  readonly physicalId?: string;
  readonly arn?: string;
};

/** A resolved template of a few resources, as `loadTemplate` would give it. */
export function fixtureTemplate(resources: { readonly [logicalId: string]: FixtureResource }): Template {
  return {
    stackName: 'fixture',
    region: 'us-east-1',
    accountId: '000000000000',
    partition: 'aws',
    resources: new Map(
      Object.entries(resources).map(([logicalId, resource]) => [logicalId, named(logicalId, resource)]),
    ),
    outputs: {},
    assets: [],
  };
}

/** A role that may do what its statements say, named after its logical id. */
export function fixtureRole(
  logicalId: string,
  ...statements: readonly JsonObject[]
): { readonly [id: string]: FixtureResource } {
  return {
    [logicalId]: {
      type: 'AWS::IAM::Role',
      arn: `arn:aws:iam::000000000000:role/${logicalId}`,
      properties: {
        AssumeRolePolicyDocument: { Statement: [] },
        Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
      },
    },
  };
}

/** A statement that allows actions on resources. */
export function allow(actions: string | string[], resources: string | string[], condition?: JsonObject): JsonObject {
  return { Effect: 'Allow', Action: actions, Resource: resources, ...(condition && { Condition: condition }) };
}

function named(logicalId: string, { type, properties = {}, physicalId = logicalId, arn }: FixtureResource): Resource {
  const attributes: { [name: string]: string } = arn === undefined ? {} : { Arn: arn };
  return { logicalId, type, properties, physicalId, attributes, dependsOn: [], ...(arn !== undefined && { arn }) };
}
