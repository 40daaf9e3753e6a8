import { z } from 'zod';
import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Json, Resource, Template } from '../types.ts';
import { parsePolicy, type Statement } from './policy-document.ts';

/** A role of the template with the statements of all its policies. */
export type Role = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
};

const Document = z.custom<Json>((value) => typeof value === 'object' && value !== null);

const RoleProperties = z.object({
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: Document })).default([]),
});

/** A policy without roles is for groups or users, which functions do not have. */
const PolicyProperties = z.object({ PolicyDocument: Document, Roles: z.array(z.string()).default([]) });

/** AWS managed policies without permissions on the gate's services (logs, tracing). */
const HARMLESS_AWS_POLICIES = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  'AWSXRayDaemonWriteAccess',
];

/** Every role of the template, by logical id, with the statements of its inline, attached and managed policies. */
export function readRoles(template: Template): ReadonlyMap<string, Role> {
  const attached = [...policies(template, 'AWS::IAM::Policy'), ...policies(template, 'AWS::IAM::ManagedPolicy')];
  return new Map(
    resourcesOf(template, 'AWS::IAM::Role').map((resource) => [resource.logicalId, readRole(resource, attached)]),
  );
}

type Policy = { readonly arn: string; readonly roles: readonly string[]; readonly statements: readonly Statement[] };

function policies(template: Template, type: string): Policy[] {
  return resourcesOf(template, type).map((resource) => {
    const { PolicyDocument, Roles } = readProperties(resource, PolicyProperties);
    const where = `${resource.logicalId} (${type}) Properties.PolicyDocument`;
    return { arn: resource.physicalId, roles: Roles, statements: parsePolicy(PolicyDocument, where) };
  });
}

function readRole(resource: Resource, attached: readonly Policy[]): Role {
  const { Policies, ManagedPolicyArns } = readProperties(resource, RoleProperties);
  const where = `${resource.logicalId} (${resource.type}) Properties`;
  const inline = Policies.flatMap(({ PolicyDocument }, index) =>
    parsePolicy(PolicyDocument, `${where}.Policies[${index}].PolicyDocument`),
  );
  const managed = ManagedPolicyArns.flatMap((arn) => managedPolicy(arn, attached, `${where}.ManagedPolicyArns`));
  const named = attached.filter(({ roles }) => roles.includes(resource.physicalId));
  const statements = [...inline, ...managed, ...named.flatMap((policy) => policy.statements)];
  return { logicalId: resource.logicalId, name: resource.physicalId, arn: arnOf(resource), statements };
}

function managedPolicy(arn: string, attached: readonly Policy[], where: string): readonly Statement[] {
  const own = attached.find((policy) => policy.arn === arn);
  if (own) return own.statements;
  if (HARMLESS_AWS_POLICIES.some((name) => arn.endsWith(`:iam::aws:policy/${name}`))) return [];
  throw cannotRun(where, `the policy ${arn} is not known here`);
}

function arnOf(resource: Resource): string {
  const arn = resource.arn ?? resource.attributes.Arn;
  if (arn === undefined) throw cannotRun(`${resource.logicalId} (${resource.type})`, 'has no ARN');
  return arn;
}
