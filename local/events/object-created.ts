import { createHash } from 'node:crypto';
import type { OnObjectCreated } from '../types.ts';

export type ObjectCreated = Parameters<OnObjectCreated>[0] & {
  readonly bytes: number;
  readonly eTag: string;
  readonly timeMs: number;
  /** in a versioned bucket */
  readonly versionId?: string;
};

/** S3's event record of a stored object. The key is URL-encoded, with `+` for a space, as in S3. */
export function objectCreatedRecord(object: ObjectCreated, region: string): object {
  const { bucket, key, timeMs, principalId, versionId } = object;
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date(timeMs).toISOString(),
    eventName: object.eventName,
    userIdentity: { principalId },
    requestParameters: { sourceIPAddress: object.sourceIp },
    responseElements: {},
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'local',
      bucket: { name: bucket, ownerIdentity: { principalId }, arn: `arn:aws:s3:::${bucket}` },
      object: {
        key: encodeKey(key),
        size: object.bytes,
        eTag: object.eTag,
        ...(versionId && { versionId }),
        sequencer: sequencerOf(object),
      },
    },
  };
}

function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/').replaceAll('%20', '+');
}

/** Orders the writes of a key: a later write has the greater string. */
function sequencerOf({ timeMs, eTag }: ObjectCreated): string {
  const tie = createHash('sha256').update(eTag).digest('hex').slice(0, 4);
  return (timeMs.toString(16).padStart(14, '0') + tie).toUpperCase();
}
