import type { Template } from '../types.ts';
import type { Holder } from './credential-store.ts';
import { evaluate, type RequiredPermission, type Verdict } from './evaluate.ts';
import type { Refusal, ServiceName } from './refusal.ts';
import { policiesOf, readResourcePolicies } from './resource-policies.ts';
import { type Role, readRoles } from './roles.ts';

/** Authorizes the holders of credentials by the template's policies. */
export type Permissions = {
  /** AWS's refusal, or undefined when allowed. The operator has every permission. */
  readonly refusal: (holder: Holder, service: ServiceName, required: RequiredPermission) => Refusal | undefined;
  /** `AWS:…`, the principal id in S3 events */
  readonly principalId: (holder: Holder) => string;
};

/** Parses every role and resource policy of the template, so that an unsupported one is an error at the start. */
export function readPermissions(template: Template): Permissions {
  const { partition, accountId } = template;
  const roles = readRoles(template);
  const resourcePolicies = readResourcePolicies(template);
  const roleOf = (logicalId: string): Role => {
    const role = roles.get(logicalId);
    if (role === undefined) throw new Error(`${logicalId} is no role of the template`);
    return role;
  };
  const sessionArn = ({ name }: Role) => `arn:${partition}:sts::${accountId}:assumed-role/${name}/local`;

  return {
    refusal: (holder, service, required) => {
      if (holder.kind === 'operator') return undefined;
      const role = roleOf(holder.roleLogicalId);
      const principal = { roleArn: role.arn, sessionArn: sessionArn(role), accountId };
      const context = new Map([
        ...required.context,
        ['aws:principalarn', [role.arn]],
        ['aws:principalaccount', [accountId]],
        ['aws:principalisawsservice', ['false']],
      ]);
      const policies = { identity: role.statements, resource: policiesOf(resourcePolicies, required.resource) };
      const verdict = evaluate({ ...required, context }, principal, policies);
      return verdict.allowed ? undefined : accessDenied(service, principal.sessionArn, required, verdict);
    },
    principalId: (holder) =>
      holder.kind === 'operator' ? `AWS:${accountId}` : `AWS:${roleOf(holder.roleLogicalId).name}:local`,
  };
}

const REASONS = {
  'no-allow': (action: string) => `because no identity-based policy allows the ${action} action`,
  'identity-deny': () => 'with an explicit deny in an identity-based policy',
  'resource-deny': () => 'with an explicit deny in a resource-based policy',
};

const CODES: { readonly [service in ServiceName]: { readonly code: string; readonly statusCode: number } } = {
  s3: { code: 'AccessDenied', statusCode: 403 },
  sqs: { code: 'AccessDeniedException', statusCode: 403 },
  sns: { code: 'AuthorizationError', statusCode: 403 },
  dynamodb: { code: 'AccessDeniedException', statusCode: 400 },
  secretsmanager: { code: 'AccessDeniedException', statusCode: 400 },
};

function accessDenied(
  service: ServiceName,
  sessionArn: string,
  { action, resource }: RequiredPermission,
  { because }: Extract<Verdict, { allowed: false }>,
): Refusal {
  const on = service === 's3' ? `"${resource}"` : resource;
  const message = `User: ${sessionArn} is not authorized to perform: ${action} on resource: ${on} ${REASONS[because](action)}`;
  return { ...CODES[service], message };
}
