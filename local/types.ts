/**
 * Types that the parts of the one-machine runner share.
 *
 * The runner reads a synthesized CloudFormation template and nothing else; no type here knows what the stack is for.
 */

import type { Faults } from './gate/faults.ts';

/** A resolved value of a template, without `AWS::NoValue` properties. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** One resolved resource: `physicalId` is the value of `Ref`, `attributes` those of `Fn::GetAtt`. */
export type Resource = {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly physicalId: string;
  readonly attributes: { readonly [name: string]: string };
  /** the resource's ARN, if it has one */
  readonly arn?: string;
  /** logical ids in `DependsOn` */
  readonly dependsOn: readonly string[];
};

/** A file or directory that the template refers to by its S3 key (`code`) or image (`image`). */
export type FileAsset = { readonly kind: 'file'; readonly objectKey: string; readonly path: string };
export type ImageAsset = {
  readonly kind: 'image';
  readonly imageTag: string;
  /** the build context */
  readonly directory: string;
  /** relative to `directory` */
  readonly dockerFile: string;
  readonly buildArgs: { readonly [name: string]: string };
};
export type Asset = FileAsset | ImageAsset;

/** A template whose every intrinsic is resolved against this machine's physical ids. */
export type Template = {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: { readonly [name: string]: Json };
  readonly assets: readonly Asset[];
};

/** Time in milliseconds since 1970; tests use one that they can advance. */
export type Clock = {
  readonly now: () => number;
  /** Resolves after the time on this clock, or at once when the signal aborts. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** The result of an invocation. `failed`: the function threw, timed out, ran out of memory or died; `payload` is Lambda's. */
export type InvokeResult =
  | { readonly status: 'succeeded'; readonly payload: unknown }
  | { readonly status: 'failed'; readonly payload: { readonly errorType: string; readonly errorMessage: string } }
  | { readonly status: 'throttled' }
  /** the event exceeds Lambda's limit, and no function was called */
  | { readonly status: 'too-large' };

/** Invokes a function of the template, a version or an alias, by logical id. */
export type Invoke = (logicalId: string, event: unknown) => Promise<InvokeResult>;

/** One sample of a CloudWatch metric. */
export type Datum = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: { readonly [name: string]: string };
  readonly value: number;
  readonly unit?: string;
  readonly atMs: number;
};
export type Measure = (datum: Datum) => void;

/** A line for the person at the terminal, from the runner itself (functions write their own logs). */
export type Log = (line: string) => void;

/** The pending event notification of one S3 write. */
export type PendingNotification = {
  /** call it once the object is stored: the event is queued, now or after a restart */
  readonly stored: () => void;
  /** call it when nothing was stored: the notification is discarded */
  readonly refused: () => void;
};

/**
 * Called by the gate in front of S3 **before** it forwards a write. A note is on disk when this returns, so that a crash
 * between storing and queueing loses no event. Undefined when no notification is configured for this key.
 */
export type OnObjectCreated = (write: {
  readonly bucket: string;
  readonly key: string;
  readonly eventName:
    | 'ObjectCreated:Put'
    | 'ObjectCreated:Post'
    | 'ObjectCreated:Copy'
    | 'ObjectCreated:CompleteMultipartUpload';
  /** the caller, as in the event's `userIdentity` */
  readonly principalId: string;
  readonly sourceIp: string;
}) => PendingNotification | undefined;

/** Headers of a stored object, by name in lower case: content and cache headers, `x-amz-meta-…`, checksum. */
export type ObjectHeaders = { readonly [name: string]: string };

/** A stored body; `versionId` in a versioned bucket. */
export type StoredBody = { readonly etag: string; readonly versionId?: string };

/** The body of an object while it is received. */
export type ArrivingBody = {
  readonly write: (chunk: Uint8Array) => void;
  /** Stores it as an object, which is on disk when this returns. Undefined when there is no such bucket. */
  readonly store: (object: {
    readonly bucket: string;
    readonly key: string;
    readonly headers: ObjectHeaders;
  }) => StoredBody | undefined;
  /** deletes the file, unless it was stored */
  readonly close: () => void;
};

/** Object bodies as files, streamed in chunks without the emulator's HTTP interface. */
export type ObjectFiles = {
  readonly arrive: () => ArrivingBody;
  /** The response headers of a GET and the file of the body; undefined when there is no such object or version. */
  readonly find: (
    bucket: string,
    key: string,
    wants: { readonly checksum: boolean; readonly versionId?: string | undefined },
  ) => { readonly headers: ObjectHeaders; readonly path: string } | undefined;
  /** The id of the current version; undefined without an object, or in a bucket that keeps no versions. */
  readonly versionOf: (bucket: string, key: string) => string | undefined;
  /** Deletes a version for good; of the current one, the version before it becomes the current one. */
  readonly deleteVersion: (bucket: string, key: string, versionId: string) => void;
};

/** Credentials with which a function process signs its requests. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** The state of one alarm of the template. */
export type AlarmState = {
  readonly logicalId: string;
  readonly name: string;
  readonly description: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly reason: string;
  /** since when, epoch milliseconds */
  readonly sinceMs: number;
};

export type StackOptions = {
  /** the cloud assembly, e.g. `cdk.out` */
  readonly assemblyDir: string;
  /** the folder of the stack's state; created when missing */
  readonly dataDir: string;
  /** of the API; 0 selects a free one */
  readonly port: number;
  readonly clock?: Clock;
  readonly onLog?: Log;
  /** Lambda's quota of concurrent executions of all functions together; default 1,000, which new accounts may not have */
  readonly accountConcurrency?: number;
  /** milliseconds by which reads of global secondary indexes lag behind writes; default 0, which AWS does not promise */
  readonly indexLagMs?: number;
  /** the stack to run when the assembly holds several */
  readonly stackName?: string;
};

/** A running stack. */
export type StackHandle = {
  /** base URL of each REST API and stage, by the RestApi's logical id, e.g. `http://127.0.0.1:8080/live` */
  readonly apiUrls: { readonly [restApiLogicalId: string]: string };
  /** the first of `apiUrls` */
  readonly apiUrl: string;
  /** endpoint for AWS clients (S3, SQS, SNS, DynamoDB), which checks permissions */
  readonly awsUrl: string;
  /** the operator's credentials, with every permission */
  readonly credentials: Credentials;
  /** the credentials of a role's functions */
  readonly credentialsFor: (roleLogicalId: string) => Credentials;
  readonly region: string;
  readonly template: Template;
  readonly invoke: Invoke;
  readonly alarms: () => readonly AlarmState[];
  readonly metrics: () => readonly Datum[];
  /** ids of the running processes of a function */
  readonly processIdsOf: (functionLogicalId: string) => readonly number[];
  /** injected faults, for tests */
  readonly faults: Faults;
  /** messages of a queue, visible or in flight, by its logical id */
  readonly queueDepth: (queueLogicalId: string) => number;
  /** base URL of `/_local/alarms` and `/_local/metrics` */
  readonly controlUrl: string;
  /** waits for running invocations, then closes everything */
  readonly stop: () => Promise<void>;
  /** kills every process, like a power cut */
  readonly kill: () => Promise<void>;
};
