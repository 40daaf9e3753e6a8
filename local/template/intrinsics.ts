import { cannotRun } from '../errors.ts';
import type { Json } from '../types.ts';

/** Resolves the names of a template; each returns undefined for an unknown name. */
export type Sources = {
  /** `Ref` to a parameter, a pseudo parameter or a resource */
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (logicalId: string, attribute: string) => Json | undefined;
  readonly mapping: (map: string, top: string, second: string) => Json | undefined;
  readonly condition: (name: string) => boolean | undefined;
};

/** Stands for `AWS::NoValue` until its property is removed. */
const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = Json | typeof NO_VALUE;

/**
 * The value with every intrinsic resolved, without properties and list entries that resolve to `AWS::NoValue`.
 *
 * @param where names the resource and property, for the error
 */
export function resolveValue(value: unknown, sources: Sources, where: string): Json {
  const resolved = resolve(value, sources, where);
  return resolved === NO_VALUE ? null : resolved;
}

/** Evaluates the body of a condition: `Fn::Equals`, `Fn::And`, `Fn::Or`, `Fn::Not`, `Condition`. */
export function resolveCondition(body: unknown, sources: Sources, where: string): boolean {
  const [name, argument] = intrinsicOf(body) ?? [];
  const list = () => asList(argument, where);
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = list().map((each) => resolveValue(each, sources, where));
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return list().every((each) => resolveCondition(each, sources, where));
    case 'Fn::Or':
      return list().some((each) => resolveCondition(each, sources, where));
    case 'Fn::Not':
      return !resolveCondition(list()[0], sources, where);
    case 'Condition':
      return known(sources.condition(String(argument)), where, `condition ${String(argument)}`);
    default:
      throw cannotRun(where, `is not a condition the runner knows: ${JSON.stringify(body)}`);
  }
}

function resolve(value: unknown, sources: Sources, where: string): Resolved {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) {
    const entries = value.map((entry, index) => resolve(entry, sources, `${where}[${index}]`));
    return entries.filter((entry) => entry !== NO_VALUE);
  }
  if (typeof value !== 'object') throw cannotRun(where, `is not JSON: ${String(value)}`);
  const intrinsic = intrinsicOf(value);
  if (intrinsic) return callIntrinsic(intrinsic, sources, where);
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const resolved = resolve(each, sources, `${where}.${name}`);
    return resolved === NO_VALUE ? [] : [[name, resolved] as const];
  });
  return Object.fromEntries(entries);
}

type Intrinsic = readonly [name: string, argument: unknown];

function intrinsicOf(value: unknown): Intrinsic | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [entry] = entries;
  const isIntrinsic = entries.length === 1 && entry && /^(Ref|Condition|Fn::.*)$/.test(entry[0]);
  // `Condition` is also a policy statement's block, which is an object; the intrinsic's value is a string.
  return isIntrinsic && !(entry[0] === 'Condition' && typeof entry[1] !== 'string') ? entry : undefined;
}

function callIntrinsic([name, argument]: Intrinsic, sources: Sources, where: string): Resolved {
  const inside = `${where}.${name}`;
  const list = () => asList(argument, inside);
  const text = (part: unknown) => asText(resolveValue(part, sources, inside), inside);
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? NO_VALUE : reference(String(argument), sources, inside);
    case 'Fn::GetAtt': {
      const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : list().map(text);
      return attributeOf(logicalId, attribute.join('.'), sources, inside);
    }
    case 'Fn::Join': {
      const [separator, parts] = list();
      return asList(resolveValue(parts, sources, inside), inside)
        .map((part) => asText(part, inside))
        .join(text(separator));
    }
    case 'Fn::Sub':
      return substitute(argument, sources, inside);
    case 'Fn::Select': {
      const [index, parts] = list();
      const chosen = asList(resolveValue(parts, sources, inside), inside)[Number(text(index))];
      return known(chosen as Json | undefined, inside, `entry ${text(index)} of the list`);
    }
    case 'Fn::Split': {
      const [separator, whole] = list();
      return text(whole).split(text(separator));
    }
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = list();
      const holds = known(sources.condition(String(condition)), inside, `condition ${String(condition)}`);
      return resolve(holds ? whenTrue : whenFalse, sources, inside);
    }
    case 'Fn::FindInMap': {
      const [map = '', top = '', second = ''] = list().map(text);
      return known(sources.mapping(map, top, second), inside, `mapping ${map}.${top}.${second}`);
    }
    case 'Fn::Base64':
      return Buffer.from(text(argument)).toString('base64');
    case 'Fn::Equals':
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      return resolveCondition({ [name]: argument }, sources, inside);
    case 'Fn::ImportValue':
      throw cannotRun(inside, 'imports a value of another stack; one stack runs on this machine');
    default:
      throw cannotRun(inside, 'is an intrinsic function the runner does not know');
  }
}

function reference(name: string, sources: Sources, where: string): Json {
  return known(sources.ref(name), where, `parameter or resource ${name}`);
}

function attributeOf(logicalId: string, attribute: string, sources: Sources, where: string): Json {
  return known(sources.attribute(logicalId, attribute), where, `attribute ${attribute} of ${logicalId}`);
}

function substitute(argument: unknown, sources: Sources, where: string): string {
  const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : asList(argument, where);
  const own = (variables ?? {}) as Record<string, unknown>;
  return String(pattern).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in own) return asText(resolveValue(own[name], sources, where), where);
    const dot = name.indexOf('.');
    const value =
      dot < 0 ? reference(name, sources, where) : attributeOf(name.slice(0, dot), name.slice(dot + 1), sources, where);
    return asText(value, where);
  });
}

function known<T>(value: T | undefined, where: string, what: string): T {
  if (value === undefined) throw cannotRun(where, `there is no ${what} that the runner knows`);
  return value;
}

function asList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw cannotRun(where, `expected a list, got ${JSON.stringify(value)}`);
  return value;
}

function asText(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw cannotRun(where, `expected a text, got ${JSON.stringify(value)}`);
}
