import { readDeletion } from '../bucket-front/delete-objects.ts';
import type { RequiredPermission } from './evaluate.ts';
import {
  permission,
  type RequiredPermissions,
  type ServiceRequest,
  UnsupportedRequestError,
} from './service-request.ts';
import { decode } from './signature.ts';

/** A bucket, and the key inside it ('' for the bucket itself), of a path-style request. */
export function bucketAndKey(path: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', ...key] = path.split('/');
  return { bucket: decode(bucket), key: decode(key.join('/')) };
}

/** Query parameters that select an operation of the emulator. */
const BUCKET_SUBRESOURCES: { readonly [name: string]: { readonly [method: string]: string } } = {
  lifecycle: {
    GET: 'GetLifecycleConfiguration',
    PUT: 'PutLifecycleConfiguration',
    DELETE: 'PutLifecycleConfiguration',
  },
};
const VERSION_ACTIONS: { readonly [method: string]: string } = {
  GET: 's3:GetObjectVersion',
  DELETE: 's3:DeleteObjectVersion',
};
const OTHER_SUBRESOURCES =
  `accelerate acl analytics cors encryption intelligent-tiering inventory legal-hold location logging metadataTable metrics
   notification object-lock ownershipControls policy policyStatus publicAccessBlock renameObject replication requestPayment
   restore retention select session tagging torrent uploads versioning versions versionId website`.split(/\s+/);

/** The S3 permissions that a request requires; for a multi-object delete one per key. */
export const s3Permissions: RequiredPermissions = (request, { partition }) => {
  const { bucket, key } = bucketAndKey(request.path);
  const arn = (name: string) => `arn:${partition}:s3:::${name}`;
  if (bucket === '' && request.method === 'GET') return [permission('s3:ListAllMyBuckets', '*')];
  if (bucket === '') throw new UnsupportedRequestError(`${request.method} without a bucket`);
  if (key === '') return bucketPermissions(request, arn(bucket));
  return objectPermissions(request, arn(`${bucket}/${key}`), arn);
};

/** Whether a request is a multi-object delete. */
export function isMultiDelete({ method, path, parameters }: Omit<ServiceRequest, 'body'>): boolean {
  return method === 'POST' && parameters.has('delete') && bucketAndKey(path).key === '';
}

function bucketPermissions(request: ServiceRequest, bucketArn: string): RequiredPermission[] {
  const { method, parameters } = request;
  if (isMultiDelete(request)) {
    return readDeletion(request.body).keys.map((key) => permission('s3:DeleteObject', `${bucketArn}/${key}`));
  }
  for (const [name, actions] of Object.entries(BUCKET_SUBRESOURCES)) {
    const action = parameters.has(name) ? actions[method] : undefined;
    if (action) return [permission(`s3:${action}`, bucketArn)];
  }
  refuseOtherSubresources(request);
  const listing = {
    's3:prefix': parameters.get('prefix'),
    's3:delimiter': parameters.get('delimiter'),
    's3:max-keys': parameters.get('max-keys'),
  };
  if (method === 'GET') return [permission('s3:ListBucket', bucketArn, listing)];
  if (method === 'HEAD') return [permission('s3:ListBucket', bucketArn)];
  if (method === 'PUT') return [permission('s3:CreateBucket', bucketArn)];
  if (method === 'DELETE') return [permission('s3:DeleteBucket', bucketArn)];
  throw new UnsupportedRequestError(`${method} on a bucket`);
}

function objectPermissions(
  request: ServiceRequest,
  objectArn: string,
  arn: (name: string) => string,
): RequiredPermission[] {
  const { method, parameters } = request;
  // The emulator treats an empty id as none, and would delete or read the object itself.
  const uploadId = parameters.get('uploadId');
  if (uploadId === '') throw new UnsupportedRequestError(`${method} with an empty uploadId`);
  const ofVersion = VERSION_ACTIONS[method];
  if (ofVersion && uploadId === undefined && parameters.get('versionId')) return [permission(ofVersion, objectArn)];
  if (method === 'PUT') return putPermissions(request, objectArn, arn);
  if (method === 'POST' && (uploadId || parameters.has('uploads'))) {
    return [permission('s3:PutObject', objectArn, writeContext(request))];
  }
  refuseOtherSubresources(request);
  if (method === 'DELETE') return [permission(uploadId ? 's3:AbortMultipartUpload' : 's3:DeleteObject', objectArn)];
  if (uploadId || !['GET', 'HEAD'].includes(method)) throw new UnsupportedRequestError(`${method} of an object`);
  const attributes = parameters.has('attributes') ? [permission('s3:GetObjectAttributes', objectArn)] : [];
  return [permission('s3:GetObject', objectArn), ...attributes];
}

function putPermissions(
  request: ServiceRequest,
  objectArn: string,
  arn: (name: string) => string,
): RequiredPermission[] {
  refuseOtherSubresources(request);
  const source = request.headers.get('x-amz-copy-source')?.[0];
  if (source?.includes('?')) throw new UnsupportedRequestError('a copy of a version');
  return [
    permission('s3:PutObject', objectArn, writeContext(request)),
    ...(source ? [permission('s3:GetObject', arn(decode(source).replace(/^\//, '')))] : []),
    ...(request.headers.has('x-amz-acl') ? [permission('s3:PutObjectAcl', objectArn)] : []),
    ...(request.headers.has('x-amz-tagging') ? [permission('s3:PutObjectTagging', objectArn)] : []),
  ];
}

function writeContext({ headers }: ServiceRequest) {
  return {
    's3:x-amz-acl': headers.get('x-amz-acl'),
    's3:x-amz-server-side-encryption': headers.get('x-amz-server-side-encryption'),
    's3:x-amz-content-sha256': headers.get('x-amz-content-sha256'),
  };
}

function refuseOtherSubresources({ method, parameters }: ServiceRequest): void {
  const other = OTHER_SUBRESOURCES.find((name) => parameters.has(name));
  if (other) throw new UnsupportedRequestError(`${method} ?${other}`);
}
