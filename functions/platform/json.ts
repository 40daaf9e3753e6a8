import { shownText } from './shown-text.ts';

/** A text that is no JSON or is not accepted; the message says what was expected and received. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** More than any of our contracts nests; V8's limit is several thousand. */
const MAX_LEVELS = 64;
/** The smallest magnitude that DynamoDB stores, beside 0: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const SMALLEST_MAGNITUDE = 1e-130;
/** Characters of the text in a message. */
const EXCERPT_CHARACTERS = 20;
/** A decoder's replacement for bytes that are not UTF-8. */
const REPLACEMENT_CHARACTER = '\ufffd';
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The value of a JSON text; of a field that is given twice, the last counts.
 *
 * @throws JsonError for invalid JSON or UTF-8, too deep nesting, and for numbers and texts that DynamoDB does not store
 */
export function readJson(text: string): unknown {
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw new JsonError('expected JSON, received a byte order mark (U+FEFF) before it');
  }
  // The character itself can be sent escaped, as \ufffd.
  if (text.includes(REPLACEMENT_CHARACTER)) {
    throw new JsonError(
      `expected UTF-8, received other bytes or U+FFFD ${placeOf(text, text.indexOf(REPLACEMENT_CHARACTER))}`,
    );
  }
  if (levelsOf(text) > MAX_LEVELS)
    throw new JsonError(`expected at most ${MAX_LEVELS} levels of nesting, received more`);
  try {
    return JSON.parse(text, refuseUnstorable);
  } catch (error) {
    throw error instanceof SyntaxError ? new JsonError(problemOf(text, error)) : error;
  }
}

function refuseUnstorable(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'number') refuseUnstorableNumber(value, context?.source ?? String(value));
  // JSON can contain half of a surrogate pair, which DynamoDB does not store.
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) {
    throw new JsonError('expected whole characters, received a lone surrogate');
  }
  return value;
}

/** Large numbers are left to the contract, which knows where they are and what is allowed there. */
function refuseUnstorableNumber(value: number, source: string): void {
  const received = source.slice(0, EXCERPT_CHARACTERS);
  if (!Number.isFinite(value)) throw new JsonError(`expected a number below 1.8e308, received ${received}`);
  // A number too small for JavaScript is read as 0: its digits before the exponent say that it is none.
  const isZero = value === 0 && !/^[^e]*[1-9]/i.test(source);
  if (!isZero && Math.abs(value) < SMALLEST_MAGNITUDE) {
    throw new JsonError(`expected 0 or a number of at least ${SMALLEST_MAGNITUDE} in size, received ${received}`);
  }
}

/** Depth of nested arrays and objects, not counting brackets in texts. */
function levelsOf(text: string): number {
  let [level, deepest] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/g)) {
    if (token === '[' || token === '{') level += 1;
    else if (token === ']' || token === '}') level -= 1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}

function problemOf(text: string, { message }: SyntaxError): string {
  if (text.trim() === '') return 'expected JSON, received nothing';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `expected JSON, received ${placeOf(text, Number(position))}`;
  if (/^Unexpected end/.test(message)) return 'expected JSON, received a text that ends too early';
  // For short texts V8's message has the character instead of its position.
  const character = /^Unexpected token '(.*?)',/s.exec(message)?.[1] ?? text;
  return `expected JSON, received ${quoted(character)} where it does not belong`;
}

function placeOf(text: string, position: number): string {
  if (position >= text.length) return 'a text that ends too early';
  // Of whole characters, each of which has at most two units of UTF-16.
  const excerpt = [...text.slice(position, position + 2 * EXCERPT_CHARACTERS)].slice(0, EXCERPT_CHARACTERS).join('');
  return `${quoted(excerpt)} at character ${position + 1}`;
}

/** The visible beginning of a text; the code point of its first character when nothing of it is visible. */
function quoted(text: string): string {
  const shown = shownText(text, EXCERPT_CHARACTERS);
  const codePoint = text.codePointAt(0) ?? 0;
  return shown === '' ? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` : JSON.stringify(shown);
}
