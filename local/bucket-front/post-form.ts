import { MALFORMED_FORM, RefusedFormError } from './form-refusals.ts';
import type { MultipartReader } from './multipart-reader.ts';
import { formText, parseParameters } from './part-head.ts';
import type { FormField } from './post-policy.ts';

/** A posted form up to the beginning of its file. */
export type PostForm = {
  readonly fields: readonly FormField[];
  /** undefined when the form has no file */
  readonly file?: {
    readonly filename: string;
    /** The file's bytes. It ends once the whole form is read, and throws a RefusedFormError when that is malformed. */
    readonly content: AsyncIterable<Buffer>;
  };
};

/** RFC 2046, section 5.1.1; S3 documents no other limit. */
const LONGEST_BOUNDARY = 70;

/** The boundary of a `multipart/form-data` content type; undefined when it has none. */
export function boundaryOf(contentType = ''): string | undefined {
  const { type, parameters } = parseParameters(contentType) ?? {};
  const boundary = parameters?.get('boundary') ?? '';
  const isValid = boundary !== '' && boundary.length <= LONGEST_BOUNDARY;
  return type === 'multipart/form-data' && isValid ? boundary : undefined;
}

/** Reads a form up to the beginning of its file. In S3 the field named `file`, and no other, is the file. */
export async function readPostForm(reader: MultipartReader): Promise<PostForm> {
  const fields: FormField[] = [];
  for (let part = await reader.nextPart(); part; part = await reader.nextPart()) {
    const { name, filename = '' } = part;
    if (name.toLowerCase() === 'file') return { fields, file: { filename, content: fileContent(reader) } };
    const value = formText(await reader.value());
    if (value === undefined) throw new RefusedFormError(MALFORMED_FORM);
    fields.push({ name, value });
  }
  return { fields };
}

/** The file, then the fields after it, which S3 ignores. */
async function* fileContent(reader: MultipartReader): AsyncGenerator<Buffer, void> {
  yield* reader.content();
  while (await reader.nextPart()) for await (const _ignored of reader.content());
}
