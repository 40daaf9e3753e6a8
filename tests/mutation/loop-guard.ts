import { childOf, nodesOf, treeOf } from './syntax-tree.ts';

/** More than any loop of ours turns over the largest photo of the tests. */
const MOST_TURNS = 20_000_000;
const LOOPS = ['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement'];

/** The same program, but for loops that would not end: they throw. A mutant's loop may never end, and nothing stops it from outside. */
export function guardLoops(text: string): string {
  const insertions = [...nodesOf(treeOf(text))].flatMap(([node], index) => {
    const body = LOOPS.includes(node.type) ? childOf(node, 'body') : undefined;
    if (!body) return [];
    const turns = `turns${index}`;
    return [
      { at: node.start, text: `{ let ${turns} = 0; ` },
      { at: body.start, text: `{ if (++${turns} > ${MOST_TURNS}) throw new Error('endless loop'); ` },
      { at: body.end, text: ' }' },
      { at: node.end, text: ' }' },
    ];
  });
  return insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((guarded, { at, text: inserted }) => guarded.slice(0, at) + inserted + guarded.slice(at), text);
}
