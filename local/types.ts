/**
 * What the parts of the one-machine runner agree on. Types only.
 *
 * The runner reads a synthesized CloudFormation template and nothing else; no type here knows what the stack is for.
 */

import type { Faults } from './gate/faults.ts';

/** A value of a template after its intrinsics were resolved. `AWS::NoValue` properties are gone. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** One resource, resolved: `physicalId` is what `Ref` gives, `attributes` what `Fn::GetAtt` gives. */
export type Resource = {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly physicalId: string;
  readonly attributes: { readonly [name: string]: string };
  /** ARN of resources that have one, whatever `Ref` gives for them */
  readonly arn?: string;
  /** logical ids that `DependsOn` names */
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

/** Milliseconds since 1970; tests use one that they move. */
export type Clock = {
  readonly now: () => number;
  /** Resolves after so long on this clock, or at once when the signal aborts. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** How an invocation ended. `failed`: the function threw, timed out, ran out of memory or died; `payload` is what Lambda would answer. */
export type InvokeResult =
  | { readonly status: 'succeeded'; readonly payload: unknown }
  | { readonly status: 'failed'; readonly payload: { readonly errorType: string; readonly errorMessage: string } }
  | { readonly status: 'throttled' };

/** Runs one function of the template, by logical id. Starts a process when all are busy and its concurrency allows it. */
export type Invoke = (functionLogicalId: string, event: unknown) => Promise<InvokeResult>;

/** One measured value, as CloudWatch takes it. */
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

/** What one S3 write will tell the bucket's subscribers, once it is known how it went. */
export type PendingNotification = {
  /** the emulator has stored the object: the event is queued, now or after a restart */
  readonly stored: () => void;
  /** nothing was stored: forget it */
  readonly refused: () => void;
};

/**
 * Called by the gate in front of S3 **before** it passes a write on; the intent is on disk when this returns, so a crash
 * between storing and queueing loses no event. Undefined when nobody subscribed to this key.
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

/** Headers of a stored object, by name in lower case: its type, what a browser does with it, `x-amz-meta-…`, its checksum. */
export type ObjectHeaders = { readonly [name: string]: string };

/** The body of an object while it arrives. */
export type ArrivingBody = {
  readonly write: (chunk: Uint8Array) => void;
  /** Makes it an object, which is on disk when this returns. Undefined when there is no such bucket. */
  readonly store: (object: {
    readonly bucket: string;
    readonly key: string;
    readonly headers: ObjectHeaders;
  }) => { readonly etag: string } | undefined;
  /** removes it, unless it was stored */
  readonly close: () => void;
};

/** Object bodies as files, streamed: they bypass the emulator's HTTP interface, and memory holds one chunk at a time. */
export type ObjectFiles = {
  readonly arrive: () => ArrivingBody;
  /** The headers of a GET's answer, and the file with the body; undefined when there is no such object. */
  readonly find: (
    bucket: string,
    key: string,
    wants: { readonly checksum: boolean },
  ) => { readonly headers: ObjectHeaders; readonly path: string } | undefined;
};

/** Base URLs of the emulators behind the gate, e.g. `http://127.0.0.1:40001`. */
export type Emulators = { readonly s3: string; readonly sqs: string; readonly sns: string; readonly dynamodb: string };

/** What a function process signs its requests with. */
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
  /** the CDK's output, e.g. `cdk.out` */
  readonly assemblyDir: string;
  /** everything the stack remembers; made when missing */
  readonly dataDir: string;
  /** of the API; 0 takes a free one */
  readonly port: number;
  readonly clock?: Clock;
  readonly onLog?: Log;
  /** the stack to run when the assembly holds several */
  readonly stackName?: string;
};

/** A running stack. */
export type StackHandle = {
  /** base URL of each REST API and stage, by the RestApi's logical id, e.g. `http://127.0.0.1:8080/live` */
  readonly apiUrls: { readonly [restApiLogicalId: string]: string };
  /** the first of `apiUrls` */
  readonly apiUrl: string;
  /** where AWS clients go (S3, SQS, SNS, DynamoDB, API Gateway control plane), through the gate that checks permissions */
  readonly awsUrl: string;
  /** credentials which may do everything: the operator's */
  readonly credentials: Credentials;
  /** what the functions of a role sign with */
  readonly credentialsFor: (roleLogicalId: string) => Credentials;
  readonly region: string;
  readonly template: Template;
  readonly invoke: Invoke;
  readonly alarms: () => readonly AlarmState[];
  readonly metrics: () => readonly Datum[];
  /** the processes that run a function now */
  readonly processIdsOf: (functionLogicalId: string) => readonly number[];
  /** what a test makes the services do wrong */
  readonly faults: Faults;
  /** messages of a queue, waiting or in flight, by its logical id */
  readonly queueDepth: (queueLogicalId: string) => number;
  /** where `/_local/alarms` and `/_local/metrics` are */
  readonly controlUrl: string;
  /** lets running invocations end, then closes everything */
  readonly stop: () => Promise<void>;
  /** ends every process at once, as a power cut would */
  readonly kill: () => Promise<void>;
};
