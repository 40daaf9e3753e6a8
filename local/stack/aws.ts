import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageEmulators, startMessageEmulators } from '../emulators/message-emulators.ts';
import { followClock, startExpiry, startRetention } from '../emulators/pass-time.ts';
import { provision } from '../emulators/provision.ts';
import { startSecretEmulator } from '../emulators/secrets.ts';
import { startTableEmulator } from '../emulators/tables.ts';
import { bucketNotifications } from '../events/bucket-notifications.ts';
import { createAwsGate } from '../gate/aws-gate.ts';
import { type CredentialStore, openCredentials } from '../gate/credential-store.ts';
import type { Faults } from '../gate/faults.ts';
import type { Emulators } from '../gate/forward.ts';
import type { StackBase } from './stack-base.ts';

/** This machine's AWS services, behind their gate. */
export type Aws = {
  readonly messages: MessageEmulators;
  readonly emulators: Emulators;
  readonly credentials: CredentialStore;
  readonly faults: Faults;
};

/** Starts the emulators with the template's resources, and the gate in front of them. */
export async function startAws(base: StackBase): Promise<Aws> {
  const { template, dataDir, clock, log, metrics, awsServer, ending } = base;
  const { messages, emulators } = await startEmulators(base);
  const credentials = openCredentials(template, dataDir);
  const notifications = bucketNotifications(template, messages, dataDir);
  ending.add(notifications.close);
  const gate = createAwsGate(template, {
    emulators,
    objects: messages.objects,
    credentials,
    clock,
    measure: metrics.measure,
    onLog: log,
    onObjectCreated: notifications.onObjectCreated,
  });
  awsServer.serve(gate.listener);
  return { messages, emulators, credentials, faults: gate.faults };
}

async function startEmulators({ template, dataDir, clock, log, indexLagMs, ending }: StackBase): Promise<{
  readonly messages: MessageEmulators;
  readonly emulators: Emulators;
}> {
  const tablesDir = join(dataDir, 'tables');
  mkdirSync(tablesDir, { recursive: true });
  const messages = await startMessageEmulators(join(dataDir, 'messages'), template.region);
  ending.add(messages.close);
  const tables = startTableEmulator(tablesDir, indexLagMs);
  ending.add(tables.close);
  followClock(messages, clock);
  ending.add(startRetention(messages, clock).stop);
  await provision(template, messages, tables.call, log);
  ending.add(startExpiry(template, messages, tables.call, clock, log).stop);
  const { call } = messages;
  const secretsmanager = startSecretEmulator(template, dataDir);
  return { messages, emulators: { s3: call, sqs: call, sns: call, dynamodb: tables.call, secretsmanager } };
}
