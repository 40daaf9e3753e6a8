import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { environment } from '../platform/environment.ts';
import { reportFailure } from '../platform/observability.ts';
import { ProviderKeys } from './provider-keys.ts';

const { providerKeys: SecretId } = environment('providerKeys');

const secrets = new SecretsManagerClient({
  // Four seconds in all: the providers need twelve of the function's 25.
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

/** For how long an instance uses the keys that it has read. */
const KEYS_MILLISECONDS = 60_000;

let cached: { readonly readMs: number; readonly keys: ProviderKeys } | undefined;

/**
 * The keys of the providers: none before the operator has put some. Undefined when they cannot be read, which is reported; what
 * is reported names no part of the secret.
 */
export async function providerKeys(now: Date): Promise<ProviderKeys | undefined> {
  if (cached && Math.abs(now.getTime() - cached.readMs) < KEYS_MILLISECONDS) return cached.keys;
  try {
    const keys = parsed(await secretText());
    cached = { readMs: now.getTime(), keys };
    return keys;
  } catch (error) {
    reportFailure('The keys of the providers of comps cannot be read', { error });
    return undefined;
  }
}

async function secretText(): Promise<string> {
  try {
    return (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '{}';
  } catch (error) {
    // A secret without a value.
    if (error instanceof ResourceNotFoundException) return '{}';
    throw error;
  }
}

/** @throws an error without the text: those of JSON.parse quote it */
function parsed(text: string): ProviderKeys {
  const keys = ProviderKeys.safeParse(jsonIn(text));
  if (keys.success) return keys.data;
  const paths = keys.error.issues.map(({ path, code }) => `${path.join('.') || 'the whole'} (${code})`).join(', ');
  throw new Error(`The secret is not what "fettle providers set" writes: ${paths}`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
