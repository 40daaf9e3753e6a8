import { cannotRun } from '../errors.ts';
import type { Json } from '../types.ts';
import { type Condition, parseConditions } from './condition.ts';
import { isObject, list, refuseUnknown, texts } from './json.ts';

/** Selects matches of any of `patterns`; with `except` (`NotAction`, `NotResource`) everything else. */
export type Selection = { readonly except: boolean; readonly patterns: readonly string[] };

/** One statement of an IAM policy. Without `principals` it belongs to an identity. */
export type Statement = {
  /** its place in the template, for messages */
  readonly where: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Selection;
  readonly resources: Selection;
  /** ARNs, account ids and `*`, without services and canonical users, which never call the gate */
  readonly principals?: readonly string[];
  readonly conditions: readonly Condition[];
};

const STATEMENT_PROPERTIES = 'Sid Effect Action NotAction Resource NotResource Principal Condition'.split(' ');

/** Services whose requests the runner authorizes. Conditions on other services' actions are not evaluated. */
const SERVED = ['s3', 'sqs', 'sns', 'dynamodb', 'secretsmanager', 'execute-api'];

/** Condition keys that the gate provides, or that are absent from every request to it. */
const KNOWN_KEYS = new Set(
  `aws:securetransport aws:principalarn aws:principalaccount aws:principalisawsservice aws:requestedregion aws:sourcearn
   aws:sourceaccount aws:sourceip aws:useragent s3:prefix s3:delimiter s3:max-keys s3:tlsversion s3:x-amz-acl
   s3:x-amz-server-side-encryption s3:x-amz-content-sha256 s3:authtype s3:signatureversion dynamodb:leadingkeys
   dynamodb:select dynamodb:returnvalues`.split(/\s+/),
);

/** Parses a policy document. Anything unsupported is an error that names its place. */
export function parsePolicy(document: Json | undefined, where: string): readonly Statement[] {
  if (!isObject(document)) throw cannotRun(where, 'is not a policy document');
  refuseUnknown(document, ['Version', 'Id', 'Statement'], where);
  return list(document.Statement).map((statement, index) => parseStatement(statement, `${where}.Statement[${index}]`));
}

function parseStatement(statement: Json, where: string): Statement {
  if (!isObject(statement)) throw cannotRun(where, 'is not a statement');
  refuseUnknown(statement, STATEMENT_PROPERTIES, where);
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') throw cannotRun(`${where}.Effect`, 'is neither Allow nor Deny');
  const actions = selection(statement, 'Action', where);
  const resources = selection(statement, 'Resource', where);
  const conditions = parseConditions(statement.Condition, `${where}.Condition`);
  refuseUnknownKeys(actions, conditions, where);
  const principals = parsePrincipals(statement.Principal, `${where}.Principal`);
  return { where, effect, actions, resources, conditions, ...(principals && { principals }) };
}

function selection(statement: { readonly [name: string]: Json }, name: string, where: string): Selection {
  const except = statement[`Not${name}`] !== undefined;
  const patterns = texts(statement[except ? `Not${name}` : name], `${where}.${name}`);
  const variable = patterns.find((pattern) => pattern.includes('${'));
  if (variable) throw cannotRun(`${where}.${name}`, `policy variables are not supported (${variable})`);
  if (patterns.length === 0) throw cannotRun(where, `has no ${name}`);
  return { except, patterns };
}

function refuseUnknownKeys(actions: Selection, conditions: readonly Condition[], where: string): void {
  const served = (action: string) => SERVED.some((service) => action === '*' || action.startsWith(`${service}:`));
  if (!actions.except && !actions.patterns.some(served)) return;
  const unknown = conditions.find(({ key }) => !KNOWN_KEYS.has(key));
  if (unknown) throw cannotRun(`${where}.Condition.${unknown.operator}`, `the key ${unknown.key} is not supported`);
}

function parsePrincipals(principal: Json | undefined, where: string): readonly string[] | undefined {
  if (principal === undefined) return undefined;
  if (principal === '*') return ['*'];
  if (!isObject(principal)) throw cannotRun(where, 'is neither "*" nor an object');
  refuseUnknown(principal, ['AWS', 'Service', 'CanonicalUser'], where);
  return texts(principal.AWS, `${where}.AWS`);
}
