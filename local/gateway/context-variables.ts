import { cannotRun } from '../errors.ts';

/** The values of the `$context` variables of one request, by the name after `$context.`. */
export type ContextVariables = ReadonlyMap<string, string>;

/** Supported names; names below `authorizer.` are the authorizer's own. */
const KNOWN = new Set(
  `accountId apiId authorizer.principalId domainName error.message error.messageString error.responseType
   extendedRequestId httpMethod identity.apiKey identity.apiKeyId identity.sourceIp identity.userAgent identity.caller
   identity.user identity.userArn integration.latency integration.status integrationErrorMessage integrationLatency
   integrationStatus integration.error path protocol requestId requestTime requestTimeEpoch resourceId resourcePath
   responseLatency responseLength stage status xrayTraceId`.split(/\s+/),
);

const VARIABLE = /\$context\.([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)/g;

/** @throws CannotRunError that names an unsupported variable or mapping-template code (`$input`, `#set`) in a format */
export function checkVariables(format: string, where: string): void {
  for (const [whole, name = ''] of format.matchAll(VARIABLE)) {
    if (!KNOWN.has(name) && !name.startsWith('authorizer.')) throw cannotRun(where, `${whole} is not known here`);
  }
  const other = /\$(?!context\.)\{?[A-Za-z][\w.]*|^\s*#\w+/m.exec(format);
  if (other)
    throw cannotRun(where, `${other[0].trim()}: only $context variables are supported, no mapping-template code`);
}

/** The format with its variables replaced by their values, or by `missing`. */
export function substitute(format: string, variables: ContextVariables, missing: string): string {
  return format.replace(VARIABLE, (_whole, name: string) => variables.get(name) ?? missing);
}
