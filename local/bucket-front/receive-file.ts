import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../gate/refusal.ts';
import type { ArrivingBody } from '../types.ts';
import { allowedBytes, type PostPolicy } from './post-policy.ts';
import type { FieldsByName } from './post-signature.ts';

/** The checksum fields that are verified. S3's other algorithms are refused, not ignored. */
const CHECKSUMS: { readonly [field: string]: string } = { 'x-amz-checksum-sha256': 'sha256', 'content-md5': 'md5' };

/** Whether a form field holds a checksum of an unsupported algorithm. */
export function isUnknownChecksum(field: string): boolean {
  return field.startsWith('x-amz-checksum-') && field !== 'x-amz-checksum-algorithm' && !(field in CHECKSUMS);
}

/** The constraints on a posted file. */
export type FileTerms = {
  readonly policy: PostPolicy;
  readonly fields: FieldsByName;
  /** the emulator's largest object, in bytes */
  readonly limitBytes: number;
};

/** Streams a posted file into `body`. Returns the refusal, in which case the rest of the file is unread. */
export async function receiveFile(
  request: IncomingMessage,
  file: AsyncIterable<Buffer>,
  { policy, fields, limitBytes }: FileTerms,
  body: ArrivingBody,
): Promise<Refusal | undefined> {
  const { min, max } = allowedBytes(policy, limitBytes);
  const sums = statedSums(fields);
  let bytes = 0;
  for await (const chunk of file) {
    bytes += chunk.length;
    if (bytes > max) return tooLarge(Math.max(bytes, Number(request.headers['content-length'] ?? 0)), max);
    body.write(chunk);
    for (const { hash } of sums) hash.update(chunk);
  }
  if (bytes < min) return tooSmall(bytes, min);
  const wrong = sums.find(({ hash, stated }) => hash.digest('base64') !== stated);
  return wrong && badDigest(wrong.algorithm);
}

function statedSums(fields: FieldsByName) {
  return Object.entries(CHECKSUMS).flatMap(([field, algorithm]) => {
    const stated = fields.get(field);
    return stated === undefined ? [] : [{ algorithm, stated, hash: createHash(algorithm) }];
  });
}

function tooSmall(bytes: number, minBytes: number): Refusal {
  const message = 'Your proposed upload is smaller than the minimum allowed size';
  const details = { ProposedSize: String(bytes), MinSizeAllowed: String(minBytes) };
  return { statusCode: 400, code: 'EntityTooSmall', message, details };
}

/** The proposed size is the request's Content-Length, if any: the file was not read to its end. */
function tooLarge(proposedBytes: number, maxBytes: number): Refusal {
  const message = 'Your proposed upload exceeds the maximum allowed size';
  const details = { ProposedSize: String(proposedBytes), MaxSizeAllowed: String(maxBytes) };
  return { statusCode: 400, code: 'EntityTooLarge', message, details };
}

function badDigest(algorithm: string): Refusal {
  const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
  return { statusCode: 400, code: 'BadDigest', message };
}
