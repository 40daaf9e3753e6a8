import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { CredentialStore, Holder } from '../gate/credential-store.ts';
import type { Refusal } from '../gate/refusal.ts';
import { expandFilename, keyRefusal } from './object-key.ts';
import { type PostForm, readPostForm } from './post-form.ts';
import { allowedBytes, type PostPolicy, parsePostPolicy, policyRefusal } from './post-policy.ts';
import { type FieldsByName, fieldsByName, formSigner, invalidArgument } from './post-signature.ts';
import { answerStored } from './post-success.ts';

/** An upload that passed every check, to be stored. */
export type Upload = {
  readonly holder: Holder;
  readonly bucket: string;
  readonly key: string;
  readonly headers: OutgoingHttpHeaders;
  readonly content: Buffer;
};

/** What an upload needs from the gate around it. */
export type PostTarget = {
  readonly credentials: CredentialStore;
  readonly nowMs: () => number;
  /** the largest object that the emulator takes */
  readonly limitBytes: number;
  /** whether the signer of the form may itself write the object, as S3 asks */
  readonly permission: (upload: Pick<Upload, 'holder' | 'bucket' | 'key' | 'headers'>) => Promise<Refusal | undefined>;
  readonly store: (upload: Upload) => Promise<{ readonly etag: string } | Refusal>;
};

/** Fields that become headers of the stored object; `x-amz-meta-…` do, too. */
const OBJECT_HEADERS = `content-type content-disposition content-encoding content-language cache-control expires
   x-amz-storage-class x-amz-server-side-encryption x-amz-checksum-sha256 x-amz-website-redirect-location`.split(/\s+/);

/** The sums that S3 checks a posted file against, by field. Those it knows besides are refused, not ignored. */
const CHECKSUMS: { readonly [field: string]: string } = { 'x-amz-checksum-sha256': 'sha256', 'content-md5': 'md5' };

/**
 * Handles a browser's form upload (`POST /bucket`, multipart/form-data): signature, expiry, every condition of the
 * policy, the signer's own permission, size and checksum. A file over the allowed size is cut off while it arrives.
 * Returns why nothing was stored, or undefined once it was stored and answered.
 */
export async function postObject(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: string,
  target: PostTarget,
): Promise<Refusal | undefined> {
  const form = await readPostForm(request);
  if ('code' in form) return form;
  const admitted = await admit(form, bucket, target);
  if ('code' in admitted) return admitted;
  const { upload, policy, fields, file } = admitted;
  const content = await readFile(file, policy, target.limitBytes, request);
  if ('code' in content) return content;
  const wrong = checksumRefusal(fields, content);
  if (wrong) return wrong;
  const stored = await target.store({ ...upload, content });
  if ('code' in stored) return stored;
  answerStored(response, { bucket, key: upload.key, etag: stored.etag, fields });
  return undefined;
}

type Admitted = {
  readonly upload: Omit<Upload, 'content'>;
  readonly policy: PostPolicy;
  readonly fields: FieldsByName;
  readonly file: Readable;
};

/** Everything that can be said of a form before its file is read. */
async function admit(form: PostForm, bucket: string, target: PostTarget): Promise<Admitted | Refusal> {
  const posted = expandFilename(form.fields, form.file?.filename ?? '');
  const fields = fieldsByName(posted);
  if ('code' in fields) return fields;
  const signer = formSigner(fields, target.credentials);
  if ('code' in signer) return signer;
  const policy = parsePostPolicy(signer.policy);
  if ('code' in policy) return policy;
  const ofUrl = { name: 'bucket', value: bucket };
  const judged = [...posted.filter(({ name }) => name.toLowerCase() !== 'bucket'), ofUrl];
  const against = policyRefusal(policy, judged, target.nowMs());
  if (against) return against;
  if (form.file === undefined) {
    return invalidArgument('POST requires exactly one file upload per request.', 'file', '0');
  }
  const upload = { holder: signer.holder, bucket, key: fields.get('key') ?? '', headers: objectHeaders(fields) };
  const refusal = fieldRefusal(fields, upload.key) ?? (await target.permission(upload));
  return refusal ?? { upload, policy, fields, file: form.file.content };
}

function fieldRefusal(fields: FieldsByName, key: string): Refusal | undefined {
  if (!fields.has('key')) {
    const message =
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.";
    return invalidArgument(message, 'key', '');
  }
  const unknown = [...fields.keys()].find((name) => isUnsupported(name));
  if (unknown)
    return { statusCode: 501, code: 'NotImplemented', message: `The runner does not know the form field ${unknown}` };
  return keyRefusal(key);
}

function isUnsupported(field: string): boolean {
  const sum = field.startsWith('x-amz-checksum-') && field !== 'x-amz-checksum-algorithm';
  return (sum && !(field in CHECKSUMS)) || ['acl', 'tagging', 'x-amz-acl', 'x-amz-tagging'].includes(field);
}

function objectHeaders(fields: FieldsByName): OutgoingHttpHeaders {
  const kept = [...fields].filter(([name]) => OBJECT_HEADERS.includes(name) || name.startsWith('x-amz-meta-'));
  // S3's default for forms, unlike that of PutObject.
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

async function readFile(
  file: Readable,
  policy: PostPolicy,
  limitBytes: number,
  request: IncomingMessage,
): Promise<Buffer | Refusal> {
  const { min, max } = allowedBytes(policy, limitBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > max) return tooLarge(Math.max(bytes, Number(request.headers['content-length'] ?? 0)), max);
    chunks.push(chunk);
  }
  if (bytes >= min) return Buffer.concat(chunks);
  const message = 'Your proposed upload is smaller than the minimum allowed size';
  const details = { ProposedSize: String(bytes), MinSizeAllowed: String(min) };
  return { statusCode: 400, code: 'EntityTooSmall', message, details };
}

/** The size proposed is the whole request's where the client said it: the file was not read to its end. */
function tooLarge(proposedBytes: number, maxBytes: number): Refusal {
  const message = 'Your proposed upload exceeds the maximum allowed size';
  const details = { ProposedSize: String(proposedBytes), MaxSizeAllowed: String(maxBytes) };
  return { statusCode: 400, code: 'EntityTooLarge', message, details };
}

function checksumRefusal(fields: FieldsByName, content: Buffer): Refusal | undefined {
  for (const [field, algorithm] of Object.entries(CHECKSUMS)) {
    const stated = fields.get(field);
    if (stated === undefined || stated === createHash(algorithm).update(content).digest('base64')) continue;
    const name = algorithm.toUpperCase();
    return {
      statusCode: 400,
      code: 'BadDigest',
      message: `The ${name} you specified did not match the calculated checksum.`,
    };
  }
  return undefined;
}
