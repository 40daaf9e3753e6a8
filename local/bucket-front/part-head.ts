/** The name of a form's field, and of its file if the client sent one. */
export type PartHead = { readonly name: string; readonly filename?: string };

/** A header `type; name=value; name="value"`, its type and parameter names in lower case. */
export type ParameterizedHeader = { readonly type: string; readonly parameters: ReadonlyMap<string, string> };

const PARAMETER = /[ \t]*;[ \t]*([^\s=;"]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/gsy;
/** "A form must be UTF-8 encoded" (S3 API reference); invalid bytes throw. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a form; undefined when it is not UTF-8. */
export function formText(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads what follows a delimiter: the rest of its line, which is blank, and the headers of a part. Undefined when they
 * are malformed or name no field.
 */
export function readPartHead(bytes: Buffer): PartHead | undefined {
  const [padding, ...lines] = formText(bytes)?.split('\r\n') ?? [];
  if (padding === undefined || !/^[ \t]*$/.test(padding)) return undefined;
  const headers = lines.map((line) => /^([!-9;-~]+):([^\r\n]*)$/.exec(line));
  if (headers.includes(null)) return undefined;
  const [disposition, another] = headers.filter((header) => header?.[1]?.toLowerCase() === 'content-disposition');
  if (another) return undefined;
  const { type, parameters } = parseParameters(disposition?.[2] ?? '') ?? {};
  const [name, filename] = [parameters?.get('name'), parameters?.get('filename')];
  if (type !== 'form-data' || !name) return undefined;
  return { name, ...(filename !== undefined && { filename }) };
}

/** Undefined when the header is malformed or has a parameter twice. */
export function parseParameters(header: string): ParameterizedHeader | undefined {
  const [type = ''] = header.split(';', 1);
  const rest = header.slice(type.length);
  const found = [...rest.matchAll(PARAMETER)];
  const parsedLength = found.reduce((total, [whole]) => total + whole.length, 0);
  const parameters = new Map(
    found.map(([, name = '', quoted, token = '']) => [name.toLowerCase(), unquote(quoted) ?? token.trim()]),
  );
  if (parameters.size < found.length || !/^[ \t;]*$/.test(rest.slice(parsedLength))) return undefined;
  return { type: type.trim().toLowerCase(), parameters };
}

/** Only quotes and backslashes are escaped: clients send paths of Windows as they are. */
function unquote(quoted: string | undefined): string | undefined {
  return quoted?.replace(/\\(["\\])/g, '$1');
}
