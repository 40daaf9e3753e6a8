import type { Change } from './operators.ts';
import type { Node } from './syntax-tree.ts';

type Piece = { readonly start: number; readonly end: number };

/** A pattern without one of its alternatives, without one of its anchors, without its flag `i`. */
export function regexChanges({ start, end, regex }: Node): readonly Change[] {
  if (typeof regex !== 'object' || regex === null || !('pattern' in regex) || !('flags' in regex)) return [];
  const [pattern, flags] = [String(regex.pattern), String(regex.flags)];
  const without = ({ start: from, end: to }: Piece): Change => ({
    start: start + 1 + from,
    end: start + 1 + to,
    to: '',
  });
  const caseless = flags.includes('i') ? [{ start, end, to: `/${pattern}/${flags.replace('i', '')}` }] : [];
  return [...pieces(pattern).map(without), ...caseless];
}

/** The places of alternatives (with one bar) and anchors in a pattern. */
function pieces(pattern: string): Piece[] {
  const found: Piece[] = [];
  // Of each group that is open, where its alternatives begin.
  const groups: number[][] = [[0]];
  const close = (end: number): void => {
    const starts = groups.pop() ?? [];
    if (starts.length > 1) found.push(...alternatives(starts, end));
  };
  for (const { 0: token, index } of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:))?|[)|^$]/gs)) {
    if (token.startsWith('(')) groups.push([index + token.length]);
    else if (token === ')') close(index);
    else if (token === '|') groups.at(-1)?.push(index + 1);
    else if (['^', '$', '\\b'].includes(token)) found.push({ start: index, end: index + token.length });
  }
  close(pattern.length);
  return found;
}

/** The first with the bar behind it, the others with the bar before them. */
const alternatives = (starts: readonly number[], end: number): Piece[] =>
  starts.map((start, index) =>
    index === 0 ? { start, end: starts[1] ?? end } : { start: start - 1, end: (starts[index + 1] ?? end + 1) - 1 },
  );
