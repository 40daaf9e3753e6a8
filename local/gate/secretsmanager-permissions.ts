import { jsonOperation, textOf } from './json-operation.ts';
import { permission, type RequiredPermissions, UnsupportedRequestError } from './service-request.ts';

const OPERATIONS = ['GetSecretValue', 'PutSecretValue', 'DescribeSecret'];

/** The Secrets Manager permission that a request requires, on the secret that it names by its ARN. */
export const secretsmanagerPermissions: RequiredPermissions = (request) => {
  const { operation, input } = jsonOperation(request);
  const action = `secretsmanager:${operation}`;
  if (!OPERATIONS.includes(operation)) throw new UnsupportedRequestError(action);
  const secret = textOf(input, 'SecretId');
  if (!secret.startsWith('arn:')) throw new UnsupportedRequestError(`${action} of a secret by its name; use its ARN`);
  return [permission(action, secret)];
};
