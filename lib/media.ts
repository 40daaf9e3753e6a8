import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CORS } from '../functions/platform/names/cors.ts';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { LIMITS } from '../functions/platform/names/limits.ts';
import { PREFIXES } from '../functions/platform/names/media-prefixes.ts';
import { grant } from './blocks/grant.ts';
import { addOutput } from './blocks/output.ts';
import { removalPolicyOf } from './blocks/removal.ts';
import type { Environment } from './environments.ts';

/** A use of media that a function can be granted. */
type MediaUse =
  /** also the permission behind presigned upload forms */
  | 'putUploads'
  | 'getUploads'
  | 'listUploads'
  /** only by version id: a version that is no photo's assessed one */
  | 'deleteUploadVersions'
  | 'putPictures'
  /** also the permission behind presigned URLs */
  | 'getPictures'
  /** also the permission behind presigned upload forms */
  | 'putImports'
  /** also the permission behind presigned URLs */
  | 'getImports'
  | 'listImports'
  | 'getBooks'
  | 'putBooks'
  /** the object that another one has replaced */
  | 'deleteBooks'
  /** without it S3 returns 403, not 404, for a missing object */
  | 'listMedia';

type MediaPermission = { readonly actions: readonly string[]; readonly below?: string; readonly listing?: string };

const S3_PERMISSIONS = {
  putUploads: { actions: ['s3:PutObject'], below: PREFIXES.uploads },
  getUploads: { actions: ['s3:GetObject', 's3:GetObjectVersion'], below: PREFIXES.uploads },
  listUploads: { actions: ['s3:ListBucket'], listing: PREFIXES.uploads },
  deleteUploadVersions: { actions: ['s3:DeleteObjectVersion'], below: PREFIXES.uploads },
  putPictures: { actions: ['s3:PutObject'], below: PREFIXES.derived },
  getPictures: { actions: ['s3:GetObject'], below: PREFIXES.derived },
  putImports: { actions: ['s3:PutObject'], below: PREFIXES.imports },
  getImports: { actions: ['s3:GetObject'], below: PREFIXES.imports },
  listImports: { actions: ['s3:ListBucket'], listing: PREFIXES.imports },
  getBooks: { actions: ['s3:GetObject'], below: PREFIXES.books },
  putBooks: { actions: ['s3:PutObject'], below: PREFIXES.books },
  deleteBooks: { actions: ['s3:DeleteObject'], below: PREFIXES.books },
  listMedia: { actions: ['s3:ListBucket'] },
} as const satisfies Record<MediaUse, MediaPermission>;

/** The bucket of original photos, derived pictures and books of comps, and the grants on it. */
export class Media extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const accessLog = new Bucket(this, 'AccessLog', {
      ...privateBucket(environment),
      lifecycleRules: [{ expiration: Duration.days(environment.logDays) }],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...privateBucket(environment),
      // A presigned form writes its key again until it expires, so the assessed version must outlast it.
      versioned: true,
      serverAccessLogsBucket: accessLog as IBucket,
      lifecycleRules: lifecycle(environment),
      cors: [
        {
          allowedMethods: [HttpMethods.POST, HttpMethods.GET],
          allowedOrigins: [CORS.allowedOrigin],
          allowedHeaders: ['*'],
          maxAge: CORS.maxAgeSeconds,
        },
      ],
    });
    addOutput(this, 'mediaBucket', this.bucket.bucketName, 'Photos and derived pictures');
  }

  /** Grants a function these uses of media, with the bucket's name in its environment. */
  grantUse(lambda: LambdaFunction, ...uses: readonly MediaUse[]): void {
    const variable = { name: ENV.mediaBucket, value: this.bucket.bucketName };
    for (const use of uses) {
      const permission: MediaPermission = S3_PERMISSIONS[use];
      grant(lambda, {
        actions: permission.actions,
        on: [permission.below ? this.bucket.arnForObjects(`${permission.below}*`) : this.bucket.bucketArn],
        ...(permission.listing && { onlyIf: { StringLike: { 's3:prefix': `${permission.listing}*` } } }),
        variable,
      });
    }
  }

  /** Sends an S3 event notification to this queue for every upload. */
  notifyUploads(queue: Queue): void {
    const bucket = this.bucket.node.defaultChild;
    if (!(bucket instanceof CfnBucket)) throw new Error('The media bucket is no CfnBucket');
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          // Not the bucket's ARN: S3 tests the policy while it creates the bucket, so the policy is created first.
          // CloudFormation generates bucket names with this prefix.
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::${namePrefixOf(bucket)}*` },
        },
      }),
    );
    // Not by the CDK's `addEventNotification`, which deploys a custom resource with wide permissions.
    bucket.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: PREFIXES.uploads }] } },
        },
      ],
    };
    const policy = queue.node.tryFindChild('Policy');
    if (policy) bucket.node.addDependency(policy);
  }
}

/** Of every bucket: no public access, TLS only, encrypted at rest. */
const privateBucket = (environment: Environment): BucketProps => ({
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  removalPolicy: removalPolicyOf(environment),
});

/**
 * What is kept for N days is deleted N days after it was stored. The last of them it is a noncurrent version, because
 * expiration only puts a delete marker before it. S3 rounds both times up to midnight, UTC: N days are two more at most.
 */
const lifecycle = ({ originalsDays, jobDays, undoDays }: Environment) => [
  keptFor(PREFIXES.uploads, originalsDays, undoDays),
  // Of pictures the last day only: they are read without a version id, and so are gone for readers once they expire.
  keptFor(PREFIXES.derived, jobDays, 1),
  keptFor(PREFIXES.imports, UPLOAD_DAYS, 1),
  // The object of a book that was replaced, and so deleted, as long as a deletion by mistake can be undone.
  { prefix: PREFIXES.books, noncurrentVersionExpiration: Duration.days(undoDays) },
  { abortIncompleteMultipartUploadAfter: Duration.days(1) },
];

/** As long as an upload of comps is shown. */
const UPLOAD_DAYS = LIMITS.compsUploadDays;

const keptFor = (prefix: string, days: number, noncurrentDays: number) => ({
  prefix,
  expiration: Duration.days(days - noncurrentDays),
  noncurrentVersionExpiration: Duration.days(noncurrentDays),
});

const namePrefixOf = (bucket: CfnBucket): string => {
  const stack = Stack.of(bucket);
  return `${stack.stackName}-${stack.getLogicalId(bucket)}`.toLowerCase();
};
