import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { Refusal } from '../gate/refusal.ts';
import type { FormField } from './post-policy.ts';

/** A posted form up to the beginning of its file. Fields after the file are ignored, as in S3. */
export type PostForm = {
  readonly fields: readonly FormField[];
  /** the file's bytes, to be consumed by the caller; undefined when the form has no file */
  readonly file?: { readonly filename: string; readonly content: Readable };
};

/** "The form data and boundaries (excluding the contents of the file) cannot exceed 20 KB" (S3 API reference). */
const FORM_BYTES = 20 * 1024;
const LIMITS = { fieldNameSize: 1024, fieldSize: FORM_BYTES, fields: 200, files: 1, headerPairs: 20 };

/** Streams a `multipart/form-data` request up to the beginning of its file. */
export function readPostForm(request: IncomingMessage): Promise<PostForm | Refusal> {
  const headers: BusboyHeaders = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' };
  return new Promise((resolve) => {
    const fields: FormField[] = [];
    let bytes = 0;
    let file: Readable | undefined;
    const parser = openParser(headers);
    if (parser === undefined) return resolve(MALFORMED);
    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      bytes += name.length + Buffer.byteLength(value);
      if (nameTruncated || valueTruncated || bytes > FORM_BYTES) return resolve(FORM_TOO_LARGE);
      fields.push({ name, value });
    });
    parser.once('fieldsLimit', () => resolve(FORM_TOO_LARGE));
    parser.on('file', (_name, content, filename) => {
      // The consumer of the content gets the error; without this listener it would be an uncaught exception.
      content.on('error', () => undefined);
      file = content;
      resolve({ fields, file: { filename: filename ?? '', content } });
    });
    parser.once('finish', () => resolve({ fields }));
    parser.once('error', () => resolve(MALFORMED));
    request.once('close', () => {
      if (request.complete) return;
      // The client disconnected in mid-file: end the stream of its reader.
      file?.destroy(new Error('the client went away'));
      resolve(MALFORMED);
    });
    request.pipe(parser);
  });
}

/** Undefined when the content type names no boundary. */
function openParser(headers: BusboyHeaders): BusboyInstance | undefined {
  try {
    // In S3 the field named `file`, and no other, is the file, whatever its headers.
    return new Busboy({ headers, limits: LIMITS, isPartAFile: (name) => name?.toLowerCase() === 'file' });
  } catch {
    return undefined;
  }
}

const MALFORMED: Refusal = {
  statusCode: 400,
  code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
};
const FORM_TOO_LARGE: Refusal = {
  statusCode: 400,
  code: 'MaxPostPreDataLengthExceeded',
  message: 'Your POST request fields preceding the upload file were too large.',
};
