import { parseAst } from 'vitest/node';

/** A node of an ESTree, with its place in the text. */
export type Node = {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;

/** The tree of a TypeScript file. @throws SyntaxError when it is none */
export function treeOf(text: string): Node {
  const tree: unknown = parseAst(text, { lang: 'ts' });
  if (!isNode(tree)) throw new TypeError('expected a program');
  return tree;
}

export const childOf = (node: Node, key: string): Node | undefined => {
  const child = node[key];
  return isNode(child) ? child : undefined;
};

/** The nodes of a list such as `elements`; holes are left out. */
export const listOf = (node: Node, key: string): readonly Node[] => {
  const list = node[key];
  return Array.isArray(list) ? list.filter(isNode) : [];
};

/** The nodes below a node that run: types, imports and the names of properties are none. */
function* runningChildren(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    const isName = (key === 'key' || key === 'property') && node.computed !== true;
    if (isName || key === 'typeAnnotation' || key === 'returnType') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child) && runs(child)) yield child;
  }
}

/** A type assertion is a type around an expression that runs. */
const ASSERTIONS = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'];
const runs = ({ type }: Node): boolean =>
  ASSERTIONS.includes(type) || !(type.startsWith('TS') || type === 'ImportDeclaration');

type Ancestry = readonly [node: Node, parent: Node, grandparent: Node];

/** Every node that runs, with the two above it; of a node that `isLeftOut` holds for, nothing. */
export function* nodesOf(
  root: Node,
  isLeftOut: (...ancestry: Ancestry) => boolean = () => false,
  parent: Node = root,
  grandparent: Node = root,
): Generator<Ancestry> {
  yield [root, parent, grandparent];
  for (const child of runningChildren(root)) {
    if (!isLeftOut(child, root, parent)) yield* nodesOf(child, isLeftOut, root, parent);
  }
}
