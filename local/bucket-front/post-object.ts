import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CredentialStore, Holder } from '../gate/credential-store.ts';
import type { Refusal } from '../gate/refusal.ts';
import type { ArrivingBody, ObjectHeaders, StoredBody } from '../types.ts';
import { MALFORMED_FORM, NO_LENGTH, RefusedFormError } from './form-refusals.ts';
import { type MultipartReader, multipartReader } from './multipart-reader.ts';
import { headerRefusal, objectHeaders } from './object-fields.ts';
import { expandFilename, keyRefusal } from './object-key.ts';
import { boundaryOf, type PostForm, readPostForm } from './post-form.ts';
import { type PostPolicy, parsePostPolicy, policyRefusal } from './post-policy.ts';
import { type FieldsByName, fieldsByName, formSigner, invalidArgument } from './post-signature.ts';
import { answerStored } from './post-success.ts';
import { isUnknownChecksum, receiveFile } from './receive-file.ts';

/** A validated upload. */
export type Upload = {
  readonly holder: Holder;
  readonly bucket: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly body: ArrivingBody;
};

/** What an upload needs of the gate. */
export type PostTarget = {
  readonly credentials: CredentialStore;
  readonly nowMs: () => number;
  /** the emulator's largest object, in bytes */
  readonly limitBytes: number;
  /** refuses when the form's signer has no permission to write the object, as S3 does */
  readonly permission: (upload: Pick<Upload, 'holder' | 'bucket' | 'key' | 'headers'>) => Promise<Refusal | undefined>;
  readonly arrive: () => ArrivingBody;
  readonly store: (upload: Upload) => StoredBody | Refusal;
};

/**
 * Handles a browser's form upload (`POST /bucket`, multipart/form-data): signature, expiry, every condition of the
 * policy, the signer's own permission, size and checksum. Reading stops as soon as the file exceeds the allowed size.
 *
 * @returns the refusal, when nothing was stored; undefined once the object is stored and the response sent
 */
export async function postObject(
  request: IncomingMessage,
  response: ServerResponse,
  bucket: string,
  target: PostTarget,
): Promise<Refusal | undefined> {
  const boundary = boundaryOf(request.headers['content-type']);
  if (boundary === undefined) return MALFORMED_FORM;
  if (request.headers['content-length'] === undefined) return NO_LENGTH;
  const reader = multipartReader(request, boundary);
  try {
    return await storeFile(reader, request, response, bucket, target);
  } catch (error) {
    if (error instanceof RefusedFormError) return error.refusal;
    throw error;
  } finally {
    await reader.release();
  }
}

async function storeFile(
  reader: MultipartReader,
  request: IncomingMessage,
  response: ServerResponse,
  bucket: string,
  target: PostTarget,
): Promise<Refusal | undefined> {
  const admitted = await admit(await readPostForm(reader), bucket, target);
  if ('code' in admitted) return admitted;
  const { upload, policy, fields, file } = admitted;
  const body = target.arrive();
  try {
    const wrong = await receiveFile(request, file, { policy, fields, limitBytes: target.limitBytes }, body);
    if (wrong) return wrong;
    const stored = target.store({ ...upload, body });
    if ('code' in stored) return stored;
    answerStored(response, { bucket, key: upload.key, ...stored, fields });
    return undefined;
  } finally {
    body.close();
  }
}

type Admitted = {
  readonly upload: Omit<Upload, 'body'>;
  readonly policy: PostPolicy;
  readonly fields: FieldsByName;
  readonly file: AsyncIterable<Buffer>;
};

/** Every check of the form before its file is read. */
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
  return keyRefusal(key) ?? headerRefusal(fields);
}

function isUnsupported(field: string): boolean {
  return isUnknownChecksum(field) || ['acl', 'tagging', 'x-amz-acl', 'x-amz-tagging'].includes(field);
}
