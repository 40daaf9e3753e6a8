import { regexChanges } from './regex-changes.ts';
import { childOf, listOf, type Node } from './syntax-tree.ts';

/** A piece of the text, and what it becomes. */
export type Change = { readonly start: number; readonly end: number; readonly to: string };

type Operator = (node: Node, text: string, parent: Node) => readonly Change[];

const replace = ({ start, end }: Node, to: string): Change => ({ start, end, to });
const source = (text: string, { start, end }: Node): string => text.slice(start, end);

const SWAPS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '&=': ['|='],
};

/** `a < b` with another operator, in brackets, so that it binds as before. */
function swapOperator(node: Node, text: string): readonly Change[] {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  const operator = String(node.operator);
  if (!left || !right) return [];
  const at = text.indexOf(operator, left.end);
  const [before, after] = [text.slice(node.start, at), text.slice(at + operator.length, node.end)];
  return (SWAPS[operator] ?? []).map((other) => replace(node, `(${before}${other}${after})`));
}

/** The default that `noUncheckedIndexedAccess` asks for behind an index never stands: its changes would be equivalent. */
export function isIndexDefault(node: Node, parent: Node, grandparent: Node): boolean {
  if (childOf(parent, 'right') !== node) return false;
  if (parent.type === 'AssignmentPattern') return grandparent.type === 'ArrayPattern';
  return parent.operator === '??' && isIndexed(childOf(parent, 'left'));
}

function isIndexed(node: Node | undefined): boolean {
  if (node?.type === 'ChainExpression') return isIndexed(childOf(node, 'expression'));
  const callee = node && childOf(node, 'callee');
  const method = callee && childOf(callee, 'property')?.name;
  return node?.computed === true || method === 'at' || method === 'get';
}

const logical: Operator = (node, text) => {
  if (node.operator !== '??') return swapOperator(node, text);
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  return left && right && !isIndexed(left) ? [replace(node, `(${source(text, left)})`)] : [];
};

const forced =
  (key: string, values: readonly string[]): Operator =>
  (node) => {
    const test = childOf(node, key);
    return test ? values.map((value) => replace(test, value)) : [];
  };

const assignment: Operator = (node, text) =>
  swapOperator(node, text).map(({ to, ...at }) => ({ ...at, to: to.slice(1, -1) }));

/** Small numbers by one, others by a tenth. */
function literal(node: Node, _text: string, parent: Node): readonly Change[] {
  const { value } = node;
  if (typeof value === 'boolean') return [replace(node, String(!value))];
  if (typeof value === 'bigint') return [replace(node, `${value + 1n}n`)];
  if (typeof value === 'number') {
    const next = Number.isInteger(value) && value < 100 ? value + 1 : Number((value * 1.1).toPrecision(12));
    return [replace(node, String(next))];
  }
  if (typeof value === 'string') return isWording(value, parent) ? [] : [replace(node, JSON.stringify(`~${value}`))];
  return regexChanges(node);
}

/** Texts that people read, whose words decide nothing. */
const WORDING_PROPERTIES = ['description', 'summary', 'title', 'message', 'example', 'expected'];
const isWording = (value: string, parent: Node): boolean =>
  /\S \S/.test(value) || WORDING_PROPERTIES.includes(String(childOf(parent, 'key')?.name));

/** An entry of a list with the comma behind it. */
const drop = (text: string, { start, end }: Node): Change => {
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: end + comma, to: '' };
};

/** Numbers and words are changed, and rows of a table lose nothing of theirs. */
const array: Operator = (node, text, parent) => {
  if (parent.type === 'ArrayExpression') return [];
  const entries = listOf(node, 'elements').filter(({ type }) => type !== 'Literal' && type !== 'UnaryExpression');
  return entries.map((entry) => drop(text, entry));
};

const METHODS = new Map(
  Object.entries({
    min: 'max',
    max: 'min',
    floor: 'ceil',
    ceil: 'floor',
    round: 'floor',
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    find: 'findLast',
  }),
);
/** Methods whose call can be left out: what they are called on stands. */
const DROPPED_METHODS = ['trim', 'toLowerCase', 'filter', 'toSorted', 'slice', 'replaceAll', 'padStart'];

const call: Operator = (node, text) => {
  const callee = childOf(node, 'callee');
  const [object, property] = callee ? [childOf(callee, 'object'), childOf(callee, 'property')] : [];
  const name = String(property?.name);
  if (!object || !property || callee?.computed === true) return [];
  if (DROPPED_METHODS.includes(name)) return [replace(node, `(${source(text, object)})`)];
  const other = METHODS.get(name);
  const isOfZod = (name === 'min' || name === 'max') && source(text, object) !== 'Math';
  return other && !isOfZod ? [replace(property, other)] : [];
};

const unary: Operator = (node, text) => {
  const argument = childOf(node, 'argument');
  return argument && (node.operator === '!' || node.operator === '-')
    ? [replace(node, ` (${source(text, argument)})`)]
    : [];
};

const returned: Operator = (node, text) =>
  childOf(node, 'argument')?.name === 'undefined' ? [] : forced('argument', ['undefined'])(node, text, node);

/** A function that is written as one expression returns nothing, but for those that are passed on at once. */
const arrow: Operator = (node, _text, parent) => {
  const body = childOf(node, 'body');
  return body && body.type !== 'BlockStatement' && parent.type === 'VariableDeclarator'
    ? [replace(body, 'undefined')]
    : [];
};

/** What is changed, by the type of node. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  BinaryExpression: swapOperator,
  LogicalExpression: logical,
  AssignmentExpression: assignment,
  UnaryExpression: unary,
  Literal: literal,
  ArrayExpression: array,
  ObjectExpression: (node, text) => listOf(node, 'properties').map((property) => drop(text, property)),
  CallExpression: call,
  ConditionalExpression: forced('test', ['true', 'false']),
  IfStatement: forced('test', ['true', 'false']),
  ForStatement: forced('test', ['false']),
  WhileStatement: forced('test', ['false']),
  ReturnStatement: returned,
  ArrowFunctionExpression: arrow,
  ExpressionStatement: (node) => [replace(node, ';')],
};
