import { unknownKey, wrongSignature } from '../gate/authenticate.ts';
import type { CredentialStore, Holder } from '../gate/credential-store.ts';
import type { Refusal } from '../gate/refusal.ts';
import { ALGORITHM, parseScope, signs } from '../gate/signature.ts';
import type { FormField } from './post-policy.ts';

/** A form's fields by name in lower case. */
export type FieldsByName = ReadonlyMap<string, string>;

/** The fields by name. A repeated name is refused: the check could read one value and the write another. */
export function fieldsByName(fields: readonly FormField[]): FieldsByName | Refusal {
  const byName = new Map<string, string>();
  for (const { name, value } of fields) {
    if (byName.has(name.toLowerCase()))
      return invalidArgument(`The field '${name}' was posted more than once.`, name, value);
    byName.set(name.toLowerCase(), value);
  }
  return byName;
}

/** The signer of a form's policy, or why its signature is refused. */
export function formSigner(
  fields: FieldsByName,
  credentials: CredentialStore,
): { readonly holder: Holder; readonly policy: string } | Refusal {
  const policy = fields.get('policy');
  if (policy === undefined) return { statusCode: 403, code: 'AccessDenied', message: 'Access Denied' };
  const missing = ['x-amz-signature', 'x-amz-credential', 'x-amz-date', 'x-amz-algorithm'].find(
    (name) => !fields.get(name),
  );
  if (missing) {
    const message = `Bucket POST must contain a field named '${missing}'.  If it is specified, please check the order of the fields.`;
    return invalidArgument(message, missing, '');
  }
  const [algorithm, credential, date, signature] = ['algorithm', 'credential', 'date', 'signature'].map(
    (name) => fields.get(`x-amz-${name}`) ?? '',
  ) as [string, string, string, string];
  if (algorithm !== ALGORITHM) {
    return invalidArgument(`X-Amz-Algorithm only supports "${ALGORITHM}"`, 'x-amz-algorithm', algorithm);
  }
  const scope = parseScope(credential);
  if (scope?.service !== 's3' || !date.startsWith(`${scope.date}T`)) {
    return invalidArgument(
      'The credential scope is malformed or does not match x-amz-date.',
      'x-amz-credential',
      credential,
    );
  }
  const found = credentials.find(scope.accessKeyId);
  if (found === undefined) return unknownKey('s3', { scope });
  return signs(found.secretAccessKey, scope, policy, signature)
    ? { holder: found.holder, policy }
    : wrongSignature('s3');
}

export function invalidArgument(message: string, name: string, value: string): Refusal {
  return { statusCode: 400, code: 'InvalidArgument', message, details: { ArgumentName: name, ArgumentValue: value } };
}
