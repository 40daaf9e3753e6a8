import { cannotRun } from '../errors.ts';
import { matchesWildcard } from '../gate/wildcard.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';

/**
 * Requires the `AWS::Lambda::Permission` that an AWS service needs to invoke a function.
 *
 * @throws CannotRunError naming the source, when the template has no such permission: on AWS the call would fail
 */
export function requirePermission(
  template: Template,
  functionId: string,
  principal: string,
  sourceArn: string,
  where: string,
): void {
  const target = template.resources.get(functionId);
  const names = [target?.physicalId, target?.arn];
  const allowed = resourcesOf(template, 'AWS::Lambda::Permission').some(({ properties }) => {
    const { FunctionName, Action, Principal, SourceArn } = properties;
    const source = typeof SourceArn === 'string' ? matchesWildcard(SourceArn, sourceArn) : true;
    return (
      names.includes(String(FunctionName)) && Action === 'lambda:InvokeFunction' && Principal === principal && source
    );
  });
  if (!allowed)
    throw cannotRun(where, `no AWS::Lambda::Permission allows ${principal} to invoke ${functionId} for ${sourceArn}`);
}
