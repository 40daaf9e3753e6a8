import type { Refusal } from '../gate/refusal.ts';
import type { ObjectHeaders } from '../types.ts';
import { type FieldsByName, invalidArgument } from './post-signature.ts';

/** Fields that become headers of the stored object, beside `x-amz-meta-…`. */
const OBJECT_HEADERS = `content-type content-disposition content-encoding content-language cache-control expires
   x-amz-storage-class x-amz-server-side-encryption x-amz-checksum-sha256 x-amz-website-redirect-location`.split(/\s+/);

const METADATA = 'x-amz-meta-';
/** S3's limit on the UTF-8 bytes of all names and values of an object's user metadata. */
const LARGEST_METADATA_BYTES = 2048;

/** A header's name (RFC 9110, `token`). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
/** S3 stores system-defined metadata as US-ASCII; user-defined values are encoded instead. */
const PRINTABLE_ASCII = /^[\t -~]*$/;

/** The headers of the object that a form creates. */
export function objectHeaders(fields: FieldsByName): ObjectHeaders {
  const kept = [...fields].filter(([name]) => OBJECT_HEADERS.includes(name) || name.startsWith(METADATA));
  // S3's default for forms; it differs from PutObject's.
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

/** Why the fields cannot be headers of an object, or undefined. */
export function headerRefusal(fields: FieldsByName): Refusal | undefined {
  for (const [name, value] of fields) {
    const isMetadata = name.startsWith(METADATA);
    const isHeader = isMetadata ? TOKEN.test(name) : !OBJECT_HEADERS.includes(name) || PRINTABLE_ASCII.test(value);
    if (!isHeader) return invalidArgument(`The field '${name}' is no valid header.`, name, value);
  }
  return metadataRefusal(fields);
}

function metadataRefusal(fields: FieldsByName): Refusal | undefined {
  const metadata = [...fields].filter(([name]) => name.startsWith(METADATA));
  const texts = metadata.map(([name, value]) => name.slice(METADATA.length) + value);
  const bytes = Buffer.byteLength(texts.join(''));
  if (bytes <= LARGEST_METADATA_BYTES) return undefined;
  const message = 'Your metadata headers exceed the maximum allowed metadata size';
  const details = { Size: String(bytes), MaxSizeAllowed: String(LARGEST_METADATA_BYTES) };
  return { statusCode: 400, code: 'MetadataTooLarge', message, details };
}
