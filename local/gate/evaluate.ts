import { holds, type RequestContext } from './condition.ts';
import type { Selection, Statement } from './policy-document.ts';
import { matchesWildcard, matchesWildcardIgnoringCase } from './wildcard.ts';

/** One permission that a request needs. */
export type RequiredPermission = {
  /** e.g. `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` where the service knows no resource for the action */
  readonly resource: string;
  readonly context: RequestContext;
};

/** Who asks: a role's session, as the resource policies of its own account see it. */
export type Principal = { readonly roleArn: string; readonly sessionArn: string; readonly accountId: string };

export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: 'no-allow' | 'identity-deny' | 'resource-deny' };

/**
 * Whether a role may do what it asks: no statement denies it, and one of its own policies or of the resource's policy
 * allows it (either suffices inside one account).
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

/** Whether a statement speaks of this action on this resource under these conditions; principals are not looked at. */
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

/** A grant to the whole account only lets its administrators grant on; a grant to everyone or to the role itself suffices. */
function grants({ principals = [] }: Pick<Statement, 'principals'>, { roleArn, sessionArn }: Principal): boolean {
  return principals.some((one) => one === '*' || one === roleArn || one === sessionArn);
}
