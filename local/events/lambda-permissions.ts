import { cannotRun } from '../errors.ts';
import { invocablesOf, namesOf } from '../functions/invocables.ts';
import { matchesWildcard } from '../gate/wildcard.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';

/**
 * Requires the `AWS::Lambda::Permission` that an AWS service needs to invoke a function, a version or an alias. Each has
 * permissions of its own: one for the function permits no call of its alias.
 *
 * @throws CannotRunError naming the source, when the template has no such permission: on AWS the call would fail
 */
export function requirePermission(
  template: Template,
  targetId: string,
  principal: string,
  sourceArn: string,
  where: string,
): void {
  const target = invocablesOf(template).find(({ logicalId }) => logicalId === targetId);
  const names = target ? namesOf(target) : [];
  const allowed = resourcesOf(template, 'AWS::Lambda::Permission').some(({ properties }) => {
    const { FunctionName, Action, Principal, SourceArn } = properties;
    const source = typeof SourceArn === 'string' ? matchesWildcard(SourceArn, sourceArn) : true;
    return (
      names.includes(String(FunctionName)) && Action === 'lambda:InvokeFunction' && Principal === principal && source
    );
  });
  if (!allowed)
    throw cannotRun(where, `no AWS::Lambda::Permission allows ${principal} to invoke ${targetId} for ${sourceArn}`);
}
