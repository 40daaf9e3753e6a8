import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMessageEmulators } from '../../../local/emulators/message-emulators.ts';
import { startSecretEmulator } from '../../../local/emulators/secrets.ts';
import { startTableEmulator } from '../../../local/emulators/tables.ts';
import { type AwsGate, createAwsGate } from '../../../local/gate/aws-gate.ts';
import { type CredentialStore, openCredentials } from '../../../local/gate/credential-store.ts';
import type { AwsGateOptions } from '../../../local/gate/gate-parts.ts';
import type { Credentials, Template } from '../../../local/types.ts';

/** A gate in front of emulators of its own. */
export type RunningGate = {
  readonly url: string;
  /** where its emulators keep what they hold */
  readonly dataDir: string;
  readonly gate: AwsGate;
  readonly credentials: CredentialStore;
  /** what an SDK client is configured with to act as a role, or as the operator */
  readonly client: (roleLogicalId?: string) => {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: Credentials;
    readonly maxAttempts: 1;
  };
  readonly stop: () => Promise<void>;
};

type Extras = Pick<AwsGateOptions, 'onObjectCreated' | 'clock'>;

export async function startGate(template: Template, extras: Extras = {}): Promise<RunningGate> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gate-'));
  const messages = await startMessageEmulators(dataDir, template.region);
  const tables = startTableEmulator(join(dataDir, 'tables'));
  const { call, objects } = messages;
  const secretsmanager = startSecretEmulator(template, dataDir);
  const emulators = { s3: call, sqs: call, sns: call, dynamodb: tables.call, secretsmanager };
  const credentials = openCredentials(template, dataDir);
  const gate = createAwsGate(template, { emulators, objects, credentials, ...extras });
  const server = createServer(gate.listener);
  const url = await listen(server);
  return {
    url,
    dataDir,
    gate,
    credentials,
    client: (roleLogicalId) => ({
      endpoint: url,
      region: template.region,
      credentials: roleLogicalId === undefined ? credentials.operator : credentials.credentialsFor(roleLogicalId),
      maxAttempts: 1,
    }),
    stop: async () => {
      await close(server);
      await messages.close();
      await tables.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
