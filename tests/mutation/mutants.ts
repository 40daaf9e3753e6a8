import { guardLoops } from './loop-guard.ts';
import { isIndexDefault, OPERATORS } from './operators.ts';
import { childOf, type Node, nodesOf, treeOf } from './syntax-tree.ts';

/** A file with one small mistake in it. */
export type Mutant = {
  readonly path: string;
  readonly line: number;
  /** the line before and after */
  readonly change: string;
  readonly text: string;
};

/** Descriptions of schemas are prose. */
const isProse = (node: Node): boolean => {
  const callee = childOf(node, 'callee');
  return callee !== undefined && ['describe', 'meta'].includes(String(childOf(callee, 'property')?.name));
};

/** Of `schema.describe(…)`, only the schema. */
const isLeftOut = (node: Node, parent: Node, grandparent: Node): boolean =>
  isIndexDefault(node, parent, grandparent) || (isProse(parent) && childOf(parent, 'callee') !== node);

/** Every mutant of a file, in the order of the text. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  const changes = [...nodesOf(treeOf(text), isLeftOut)].flatMap(
    ([node, parent]) => OPERATORS[node.type]?.(node, text, parent) ?? [],
  );
  return changes.map(({ start, end, to }) => ({
    path,
    line: text.slice(0, start).split('\n').length,
    change: `${oneLine(text.slice(start, end))} → ${oneLine(to) || 'nothing'}`,
    text: guardLoops(text.slice(0, start) + to + text.slice(end)),
  }));
}

const LONGEST_CHANGE = 80;
const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_CHANGE ? `${line.slice(0, LONGEST_CHANGE)}…` : line;
};
