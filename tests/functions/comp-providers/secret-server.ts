import { ENV } from '../../../functions/platform/names/environment-variables.ts';
import { json, startVendorServer } from './vendor-server.ts';

/** Secrets Manager with one secret, and an environment that points at it: import what reads the secret after this. */
export async function startSecret() {
  let text: string | undefined;
  const server = await startVendorServer((_request, response) => {
    const type = { 'content-type': 'application/x-amz-json-1.1' };
    if (text !== undefined) return json(response, 200, { SecretString: text }, type);
    const Message = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
    json(response, 400, { __type: 'ResourceNotFoundException', Message }, type);
  });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url,
    [ENV.providerKeys]: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys-a1b2c3',
  });
  return {
    ...server,
    /** undefined: without a value */
    put: (value: string | undefined) => {
      text = value;
    },
  };
}
