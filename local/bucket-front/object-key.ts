import type { Refusal } from '../gate/refusal.ts';
import type { FormField } from './post-policy.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own notation
const FILENAME = '${filename}';

/** UTF-8 bytes of the longest key, as S3 documents. */
const LONGEST_KEY_BYTES = 1024;

/**
 * Why an object cannot have this key, or undefined. Besides S3's limits, keys with the path segment `.` or `..` are refused
 * (S3 accepts some): the emulator may store objects as files named by their keys, and such a key is a path traversal.
 */
export function keyRefusal(key: string): Refusal | undefined {
  if (key === '') {
    return { statusCode: 400, code: 'InvalidArgument', message: 'User key must have a length greater than 0.' };
  }
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) {
    const details = { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: String(LONGEST_KEY_BYTES) };
    return { statusCode: 400, code: 'KeyTooLongError', message: 'Your key is too long', details };
  }
  const climbs = key.split('/').some((segment) => segment === '.' || segment === '..');
  if (climbs || key.includes('\0'))
    return { statusCode: 400, code: 'InvalidURI', message: "Couldn't parse the specified URI." };
  return undefined;
}

/**
 * A form's fields with `${filename}` replaced by the base name of the posted file, as S3 does before it checks the policy.
 */
export function expandFilename(fields: readonly FormField[], filename: string): readonly FormField[] {
  const name = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
  // A replacer function, because `$&` in a replacement string is a pattern.
  return fields.map((field) => ({ name: field.name, value: field.value.replaceAll(FILENAME, () => name) }));
}
