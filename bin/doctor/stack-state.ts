import type { Stack } from '@aws-sdk/client-cloudformation';
import { fail, type Line, ok, warn } from './line.ts';

const CHECK = 'stack';

/** Removes what a failed first deployment left; deleting needs the protection off, which a deployment sets again. */
const deletion = (name: string): string =>
  `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}; ` +
  `aws cloudformation delete-stack --stack-name ${name}; then deploy again.`;

const whatFailed = (name: string): string =>
  `aws cloudformation describe-stack-events --stack-name ${name} shows the first resource that failed.`;

/** Whether the stack of an environment can be deployed, by its status; undefined when there is none yet. */
export function stackLine(name: string, stack: Stack | undefined): Line {
  if (!stack) return ok(CHECK, `${name} is not deployed yet`);
  const { StackStatusReason: reason } = stack;
  const status: string = stack.StackStatus ?? '';
  const found = `${name} is ${status}${reason === undefined ? '' : `: ${reason}`}`;
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED' || status === 'CREATE_FAILED') {
    return fail(
      CHECK,
      found,
      `The first deployment failed, and such a stack cannot be updated. ${whatFailed(name)} ${deletion(name)}`,
    );
  }
  if (status === 'DELETE_FAILED') {
    return fail(CHECK, found, `Empty the buckets that could not be deleted. ${whatFailed(name)} ${deletion(name)}`);
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    return fail(
      CHECK,
      found,
      `${whatFailed(name)} Mend that, then: aws cloudformation continue-update-rollback --stack-name ${name}`,
    );
  }
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
    return fail(CHECK, found, 'Wait until it has ended: a stack takes one deployment at a time.');
  }
  if (status === 'UPDATE_ROLLBACK_COMPLETE') {
    return warn(CHECK, found, `The last deployment was rolled back, and the one before it runs. ${whatFailed(name)}`);
  }
  return ok(CHECK, found);
}

/** Whether the API of a stack with this status can be asked: it was created once. */
export const isDeployed = ({ StackStatus: status }: Stack): boolean =>
  !/^(ROLLBACK|CREATE_FAILED|CREATE_IN_PROGRESS|REVIEW|DELETE)/.test(status ?? '');
