import type { ObjectHeaders } from '../types.ts';
import type { S3Object } from './fauxqs-parts.ts';

const METADATA = 'x-amz-meta-';

/** The headers that fauxqs stores, besides metadata and checksum, by its names for them. */
const KEPT = {
  contentLanguage: 'content-language',
  contentDisposition: 'content-disposition',
  cacheControl: 'cache-control',
  contentEncoding: 'content-encoding',
} as const;
type Kept = { -readonly [name in keyof typeof KEPT]?: string };

type Content = { readonly bytes: number; readonly md5: string; readonly lastModified: Date };

/** fauxqs's object in memory, which is without its body. */
export function objectOf(key: string, headers: ObjectHeaders, { bytes, md5, lastModified }: Content): S3Object {
  const sha256 = headers['x-amz-checksum-sha256'];
  const kept: Kept = {};
  for (const [name, header] of Object.entries(KEPT) as [keyof Kept, string][]) {
    const value = headers[header];
    if (value !== undefined) kept[name] = value;
  }
  return {
    key,
    body: Buffer.alloc(0),
    contentType: headers['content-type'] ?? 'binary/octet-stream',
    contentLength: bytes,
    etag: `"${md5}"`,
    lastModified,
    metadata: metadataOf(headers),
    ...kept,
    ...(sha256 !== undefined && { checksumAlgorithm: 'SHA256', checksumValue: sha256, checksumType: 'FULL_OBJECT' }),
  };
}

/** The response headers of a GET of the whole object, as fauxqs sends them. */
export function headersOf(object: S3Object, wants: { readonly checksum: boolean }): ObjectHeaders {
  const { metadata, checksumAlgorithm, checksumValue, checksumType } = object;
  const kept = Object.entries(KEPT) as [keyof Kept, string][];
  return {
    'content-type': object.contentType,
    'content-length': String(object.contentLength),
    etag: object.etag,
    'last-modified': object.lastModified.toUTCString(),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [METADATA + name, value])),
    ...Object.fromEntries(kept.flatMap(([name, header]) => (object[name] ? [[header, object[name]]] : []))),
    ...(wants.checksum &&
      checksumAlgorithm &&
      checksumValue && {
        [`x-amz-checksum-${checksumAlgorithm.toLowerCase()}`]: checksumValue,
        ...(checksumType && { 'x-amz-checksum-type': checksumType }),
      }),
  };
}

function metadataOf(headers: ObjectHeaders): Record<string, string> {
  const named = Object.entries(headers).filter(([name]) => name.startsWith(METADATA));
  return Object.fromEntries(named.map(([name, value]) => [name.slice(METADATA.length), asHeader(value)]));
}

/** Text outside the header character set is encoded by RFC 2047, as in S3. */
function asHeader(value: string): string {
  return /^[ -~]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
