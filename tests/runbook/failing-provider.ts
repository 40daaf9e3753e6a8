import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { SEARCHAPI_KEY, startSearchApi } from '../functions/comp-providers/searchapi-server.ts';
import { HOSTILE, type VendorServer } from '../functions/comp-providers/vendor-server.ts';
import { type Client, call } from '../journeys/client.ts';
import type { RunningFettle } from '../journeys/running-stack.ts';

/** Things to ask for: the same query would be asked by one request alone. */
const THINGS = ['Ken Griffey Jr', 'Mike Trout', 'Derek Jeter', 'Honus Wagner'];

let provider: VendorServer | undefined;

/** A provider that answers with a page of HTML, and the key for one call a day. */
export async function startFailingProvider({ stack, operator }: RunningFettle): Promise<void> {
  provider = await startSearchApi();
  provider.answer(HOSTILE['a page of HTML'][1]);
  const searchapi = { apiKey: SEARCHAPI_KEY, callsPerDay: 1, url: provider.url };
  const SecretId = String(stack.template.outputs[OUTPUTS.providerKeys]);
  const SecretString = JSON.stringify({ searchapi });
  await new SecretsManagerClient(operator).send(new PutSecretValueCommand({ SecretId, SecretString }));
}

export const askProvider = (member: Client) =>
  Promise.all(
    THINGS.map((query) =>
      call(member, 'POST /valuations', {
        body: { kind: 'collectible', query, currency: 'USD', providers: 'ask' },
      }),
    ),
  );

export const stopProvider = async (): Promise<void> => provider?.close();
