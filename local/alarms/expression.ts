import { cannotRun } from '../errors.ts';

/** A period's value; undefined when a metric in it has no sample. */
export type Value = number | undefined;
/** A metric math expression: its value from those of the metrics it names by id. */
export type Expression = (values: ReadonlyMap<string, Value>) => Value;

type Reader = {
  readonly peek: () => string | undefined;
  readonly next: () => string | undefined;
  readonly fail: (problem: string) => never;
};

/** From the weakest to the strongest. */
const OPERATORS: readonly (readonly string[])[] = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['>', '<', '>=', '<=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];

/** Metric math over single periods: numbers, ids, arithmetic, comparisons, IF, FILL, SUM, AVG, MIN, MAX, ABS, CEIL, FLOOR. */
export function parseExpression(text: string, where: string): Expression {
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|>=|<=|==|!=|&&|\|\||[-+*/(),[\]<>]|\S/g) ?? [];
  let position = 0;
  const fail = (problem: string): never => {
    throw cannotRun(where, `${problem} in the expression ${text}`);
  };
  const reader: Reader = { peek: () => tokens[position], next: () => tokens[position++], fail };
  const expression = binary(reader, 0);
  if (reader.peek() !== undefined) fail(`unexpected ${reader.peek()}`);
  return expression;
}

function binary(reader: Reader, level: number): Expression {
  const operators = OPERATORS[level];
  if (!operators) return unary(reader);
  let left = binary(reader, level + 1);
  for (let token = reader.peek(); token !== undefined && operators.includes(token); token = reader.peek()) {
    const operator = token;
    reader.next();
    const [first, second] = [left, binary(reader, level + 1)];
    left = (values) => calculate(operator, first(values), second(values));
  }
  return left;
}

function calculate(operator: string, left: Value, right: Value): Value {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      // CloudWatch gives no data point for a division by zero.
      return right === 0 ? undefined : left / right;
    case '>':
      return Number(left > right);
    case '<':
      return Number(left < right);
    case '>=':
      return Number(left >= right);
    case '<=':
      return Number(left <= right);
    case '==':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case '&&':
    case 'AND':
      return Number(left !== 0 && right !== 0);
    default:
      return Number(left !== 0 || right !== 0);
  }
}

function unary(reader: Reader): Expression {
  const token = reader.next() ?? reader.fail('nothing follows');
  if (token === '-') {
    const negated = unary(reader);
    return (values) => calculate('-', 0, negated(values));
  }
  if (token === '(') {
    const inside = binary(reader, 0);
    return expect(reader, ')', inside);
  }
  if (/^\d/.test(token)) return () => Number(token);
  if (!/^[A-Za-z_]/.test(token)) return reader.fail(`unexpected ${token}`);
  if (reader.peek() === '(') return call(token.toUpperCase(), parametersOf(reader), reader);
  return (values) => (values.has(token) ? values.get(token) : reader.fail(`there is no metric ${token}`));
}

function expect(reader: Reader, token: string, expression: Expression): Expression {
  return reader.next() === token ? expression : reader.fail(`${token} is missing`);
}

/** A list in brackets counts as so many parameters. */
function parametersOf(reader: Reader): Expression[] {
  reader.next();
  const parameters: Expression[] = [];
  while (reader.peek() !== ')') {
    if (['[', ']', ','].includes(reader.peek() ?? '')) reader.next();
    else parameters.push(binary(reader, 0));
  }
  reader.next();
  return parameters;
}

function call(name: string, parameters: readonly Expression[], reader: Reader): Expression {
  const [first, second, third] = parameters;
  const combine =
    (combined: (numbers: readonly number[]) => number): Expression =>
    (values) => {
      const numbers = parameters.map((each) => each(values)).filter((value) => value !== undefined);
      return numbers.length === 0 ? undefined : combined(numbers);
    };
  switch (name) {
    case 'IF':
      return (values) => (first?.(values) ? second?.(values) : third?.(values));
    case 'FILL':
      return (values) => first?.(values) ?? second?.(values);
    case 'SUM':
      return combine((numbers) => numbers.reduce((sum, value) => sum + value, 0));
    case 'AVG':
      return combine((numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length);
    case 'MIN':
      return combine((numbers) => Math.min(...numbers));
    case 'MAX':
      return combine((numbers) => Math.max(...numbers));
    case 'ABS':
      return combine(([value = 0]) => Math.abs(value));
    case 'CEIL':
      return combine(([value = 0]) => Math.ceil(value));
    case 'FLOOR':
      return combine(([value = 0]) => Math.floor(value));
    default:
      return reader.fail(`the runner does not know the function ${name}`);
  }
}
