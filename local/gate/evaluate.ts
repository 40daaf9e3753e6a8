import { holds, type RequestContext } from './condition.ts';
import type { Selection, Statement } from './policy-document.ts';
import { matchesWildcard, matchesWildcardIgnoringCase } from './wildcard.ts';

/** One permission that a request requires. */
export type RequiredPermission = {
  /** e.g. `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` for actions without a resource type */
  readonly resource: string;
  readonly context: RequestContext;
};

/** A role's session, as the principal of resource policies in its own account. */
export type Principal = { readonly roleArn: string; readonly sessionArn: string; readonly accountId: string };

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'no-allow' | 'identity-deny' | 'resource-deny' };

/**
 * IAM's policy evaluation within one account: allowed when no statement denies and a statement of the role's policies or of
 * the resource's policy allows.
 *
 * @param identity statements of the role's policies
 * @param resource statements of the policy attached to the resource
 */
export function evaluate(
  required: RequiredPermission,
  principal: Principal,
  { identity, resource }: { readonly identity: readonly Statement[]; readonly resource: readonly Statement[] },
): Verdict {
  const mine = identity.filter((statement) => applies(statement, required));
  const theirs = resource.filter((statement) => applies(statement, required) && names(statement, principal));
  if (mine.some(({ effect }) => effect === 'Deny')) return { allowed: false, because: 'identity-deny' };
  if (theirs.some(({ effect }) => effect === 'Deny')) return { allowed: false, because: 'resource-deny' };
  const allowed = mine.some(isAllow) || theirs.some((one) => isAllow(one) && grants(one, principal));
  return allowed ? { allowed: true } : { allowed: false, because: 'no-allow' };
}

/** Whether a statement matches action, resource and conditions, whatever its principal. */
export function applies({ actions, resources, conditions }: Statement, required: RequiredPermission): boolean {
  return (
    selects(actions, required.action, matchesWildcardIgnoringCase) &&
    selects(resources, required.resource, matchesWildcard) &&
    conditions.every((condition) => holds(condition, required.context))
  );
}

function selects(selection: Selection, value: string, matches: (pattern: string, text: string) => boolean): boolean {
  return selection.patterns.some((pattern) => matches(pattern, value)) !== selection.except;
}

const isAllow = ({ effect }: Statement) => effect === 'Allow';

function names({ principals = [] }: Statement, principal: Principal): boolean {
  const { accountId } = principal;
  const account = [accountId, `arn:aws:iam::${accountId}:root`];
  return principals.some((one) => account.includes(one)) || grants({ principals }, principal);
}

/** Matches `*`, the role and its session. A grant to the account delegates to its identity policies, so it does not match. */
function grants({ principals = [] }: Pick<Statement, 'principals'>, { roleArn, sessionArn }: Principal): boolean {
  return principals.some((one) => one === '*' || one === roleArn || one === sessionArn);
}
