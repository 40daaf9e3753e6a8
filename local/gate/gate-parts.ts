import type { Clock, Log, Measure, ObjectFiles, OnObjectCreated, Template } from '../types.ts';
import type { CredentialStore } from './credential-store.ts';
import type { Faults } from './faults.ts';
import type { Emulators } from './forward.ts';
import type { Permissions } from './permissions.ts';
import type { ServiceName } from './refusal.ts';
import type { RequiredPermissions } from './service-request.ts';

export type AwsGateOptions = {
  readonly emulators: Emulators;
  /** the S3 emulator's files */
  readonly objects: ObjectFiles;
  readonly credentials: CredentialStore;
  readonly onObjectCreated?: OnObjectCreated;
  /** expires presigned forms and URLs; signatures of other requests are checked against the machine's clock */
  readonly clock?: Clock;
  readonly faults?: Faults;
  readonly measure?: Measure;
  readonly onLog?: Log;
};

/** The dependencies that the parts of the gate share. */
export type GateParts = {
  readonly template: Template;
  readonly options: AwsGateOptions;
  readonly permissions: Permissions;
  readonly requiredPermissions: { readonly [service in ServiceName]: RequiredPermissions };
  readonly faults: Faults;
  readonly clock: Clock;
};
