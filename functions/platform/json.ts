/** A text that is not JSON as we take it: the message says what came. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** Far beyond what any contract of ours nests; V8 itself gives up at several thousand. */
const MOST_LEVELS = 64;
/** As much of a text as shows where it goes wrong. */
const EXCERPT_CHARACTERS = 20;
/** What a decoder puts in place of bytes that are not UTF-8. */
const REPLACEMENT_CHARACTER = '\ufffd';

/**
 * The value of a JSON text.
 *
 * @throws JsonError for what is not JSON, nests too deeply, was not UTF-8, or holds a number or text that cannot be stored
 */
export function readJson(text: string): unknown {
  // Who means the character itself can write \ufffd.
  if (text.includes(REPLACEMENT_CHARACTER)) {
    throw new JsonError(
      `expected UTF-8, received other bytes or U+FFFD ${placeOf(text, text.indexOf(REPLACEMENT_CHARACTER))}`,
    );
  }
  if (levelsOf(text) > MOST_LEVELS)
    throw new JsonError(`expected at most ${MOST_LEVELS} levels of nesting, received more`);
  try {
    return JSON.parse(text, refuseUnstorable);
  } catch (error) {
    throw error instanceof SyntaxError ? new JsonError(whatCame(text, error)) : error;
  }
}

function refuseUnstorable(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new JsonError(`expected a number below 1.8e308, received ${context?.source?.slice(0, EXCERPT_CHARACTERS)}`);
  }
  // JSON can escape half of a surrogate pair, which DynamoDB refuses to store.
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) {
    throw new JsonError('expected whole characters, received a lone surrogate');
  }
  return value;
}

/** How deeply arrays and objects lie within each other, outside of texts. */
function levelsOf(text: string): number {
  let [level, deepest] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/g)) {
    if (token === '[' || token === '{') level += 1;
    else if (token === ']' || token === '}') level -= 1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}

function whatCame(text: string, { message }: SyntaxError): string {
  if (text.trim() === '') return 'expected JSON, received nothing';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `expected JSON, received ${placeOf(text, Number(position))}`;
  if (/^Unexpected end/.test(message)) return 'expected JSON, received a text that ends too early';
  // Of short texts V8 names the character instead of its place.
  const character = /^Unexpected token '(.*?)',/s.exec(message)?.[1] ?? text.slice(0, EXCERPT_CHARACTERS);
  return `expected JSON, received ${JSON.stringify(character)} where it does not belong`;
}

function placeOf(text: string, position: number): string {
  if (position >= text.length) return 'a text that ends too early';
  const excerpt = text.slice(position, position + EXCERPT_CHARACTERS);
  return `${JSON.stringify(excerpt)} at character ${position + 1}`;
}
