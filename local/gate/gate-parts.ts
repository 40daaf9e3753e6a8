import type { Clock, Emulators, Log, ObjectFiles, OnObjectCreated, Template } from '../types.ts';
import type { CredentialStore } from './credential-store.ts';
import type { Faults } from './faults.ts';
import type { Forwarder, InProcess } from './forward.ts';
import type { Permissions } from './permissions.ts';
import type { ServiceName } from './refusal.ts';
import type { RequiredPermissions, ServiceRequest } from './service-request.ts';

/** Answers requests to a service that has no emulator of its own, once they are allowed. */
export type ControlPlane = (request: ServiceRequest) => {
  readonly statusCode: number;
  readonly body?: object;
  /** of an error, as SDK clients name it */
  readonly errorType?: string;
};

export type AwsGateOptions = {
  readonly emulators: Emulators;
  /** those of them that run in this process */
  readonly inProcess?: InProcess;
  /** those of the S3 emulator */
  readonly objects: ObjectFiles;
  readonly credentials: CredentialStore;
  /** API Gateway's, as `createApiKeysControlPlane` makes it; without it such requests are refused */
  readonly apiGateway?: ControlPlane;
  readonly onObjectCreated?: OnObjectCreated;
  /** ages presigned forms and URLs; signatures of ordinary requests are held to the machine's own clock */
  readonly clock?: Clock;
  readonly faults?: Faults;
  readonly onLog?: Log;
};

/** What the parts of the gate share. */
export type GateParts = {
  readonly template: Template;
  readonly options: AwsGateOptions;
  readonly permissions: Permissions;
  readonly requiredPermissions: { readonly [service in ServiceName]: RequiredPermissions };
  readonly forwarder: Forwarder;
  readonly faults: Faults;
  readonly clock: Clock;
};
