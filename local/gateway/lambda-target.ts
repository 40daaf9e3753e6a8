import { cannotRun } from '../errors.ts';
import { invocableNamed } from '../functions/invocables.ts';
import type { Template } from '../types.ts';

/** `arn:aws:execute-api:…` of a path below an API, e.g. `live/GET/jobs`. */
export function executeArn({ partition, region, accountId }: Template, apiId: string, path: string): string {
  return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${path}`;
}

/** Logical id of the function or alias in `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/ARN/invocations`. */
export function targetOfUri(template: Template, uri: string, where: string): string {
  const arn = /^arn:[^:]+:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(arn:.+)\/invocations$/.exec(uri)?.[1];
  const target = arn === undefined ? undefined : invocableNamed(template, arn);
  if (target === undefined) throw cannotRun(where, `${uri} invokes no function of the template`);
  return target.logicalId;
}
