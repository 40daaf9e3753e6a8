import { text } from 'node:stream/consumers';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { Argument, Command } from 'commander';
import { PROVIDER_NAMES, PROVIDERS, type ProviderName } from '../../functions/comp-providers/provider.ts';
import { KEY_SCHEMAS, ProviderKeys } from '../../functions/comp-providers/provider-keys.ts';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { clientOf, findDeployment, outputNamed } from '../deployment.ts';
import { dataOption, environmentOption } from '../environment-options.ts';
import { UsageError } from '../usage-error.ts';

type Where = { readonly env: string; readonly data: string };

const onKeys = (name: string, description: string): Command =>
  new Command(name).description(description).addOption(environmentOption()).addOption(dataOption());

const provider = new Argument('<provider>', 'the provider').choices(PROVIDER_NAMES);

/** The secret of a deployment, with the operator's permissions. */
async function openSecret({ env, data }: Where) {
  const deployment = await findDeployment(env, data);
  const client = new SecretsManagerClient(clientOf(deployment));
  const SecretId = outputNamed(deployment, OUTPUTS.providerKeys);
  return {
    read: async (): Promise<ProviderKeys> => {
      try {
        const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
        return keysIn(SecretString);
      } catch (error) {
        // Nobody has put a value yet.
        if (error instanceof ResourceNotFoundException) return {};
        throw error;
      }
    },
    write: (keys: ProviderKeys) =>
      client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(keys) })),
  };
}

function keysIn(secret: string): ProviderKeys {
  try {
    return ProviderKeys.parse(JSON.parse(secret));
  } catch {
    throw new UsageError(
      'the secret holds something that this command has not written: delete its value, then set each key',
    );
  }
}

/** One line of JSON per provider, without any key. */
function show(keys: ProviderKeys): void {
  for (const name of PROVIDER_NAMES) {
    const { title, status } = PROVIDERS[name];
    const { callsPerDay, url } = keys[name] ?? {};
    process.stdout.write(
      `${JSON.stringify({ provider: name, title, status, hasKey: keys[name] !== undefined, callsPerDay, url })}\n`,
    );
  }
}

/** From standard input, since other users of a machine can read a command's arguments, and the shell writes them down. */
async function secretFromInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw new UsageError('give the key on standard input, such as: npm run fettle -- providers set … < key.txt');
  }
  return (await text(process.stdin)).trim();
}

/** The field of a key that is secret. */
const SECRET_FIELD = { searchapi: 'apiKey', ebay: 'clientSecret' } as const satisfies Record<ProviderName, string>;

type Settings = Where & { readonly clientId?: string; readonly callsPerDay?: string; readonly url?: string };

const set = onKeys('set', 'put the key of a provider, from standard input; it is used within a minute')
  .addArgument(provider)
  .option('--client-id <id>', 'of ebay: the client id that belongs to the client secret on standard input')
  .option(
    '--calls-per-day <number>',
    'the most calls on one UTC day that your contract allows; of ebay 5000 unless said',
  )
  .option('--url <url>', "instead of the provider's own address, such as that of a proxy")
  .action(async (name: ProviderName, { clientId, callsPerDay, url, ...where }: Settings) => {
    const secret = await openSecret(where);
    const key = KEY_SCHEMAS[name].strict().safeParse({
      [SECRET_FIELD[name]]: await secretFromInput(),
      ...(clientId !== undefined && { clientId }),
      ...(callsPerDay !== undefined && { callsPerDay: Number(callsPerDay) }),
      ...(url !== undefined && { url }),
    });
    if (!key.success) {
      // Never the value: it may be the key.
      const wrong = key.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      throw new UsageError(`expected a key, its calls a day and an address; ${wrong}`);
    }
    const keys = { ...(await secret.read()), [name]: key.data };
    await secret.write(keys);
    show(keys);
  });

const list = onKeys('list', 'list the providers, and which have a key; no key is shown').action(
  async (where: Where) => {
    show(await (await openSecret(where)).read());
  },
);

const remove = onKeys('remove', 'remove the key of a provider; it is asked no more within a minute')
  .addArgument(provider)
  .action(async (name: ProviderName, where: Where) => {
    const secret = await openSecret(where);
    const { [name]: _removed, ...keys } = await secret.read();
    await secret.write(keys);
    show(keys);
  });

/** Keys of the providers of comps, on this machine or in the operator's account. */
export const providersCommand = new Command('providers')
  .description('keys of the providers of comparable sales')
  .addCommand(set)
  .addCommand(list)
  .addCommand(remove);
