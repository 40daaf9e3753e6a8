import { z } from 'zod';
import type { Refusal } from '../gate/refusal.ts';

/** One field of a posted form, its name as sent. */
export type FormField = { readonly name: string; readonly value: string };

/** One condition of a POST policy; `field` is in lower case, without its dollar sign. */
export type PostCondition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string; readonly written: string }
  | { readonly kind: 'content-length-range'; readonly minBytes: number; readonly maxBytes: number };

export type PostPolicy = { readonly expiresAtMs: number; readonly conditions: readonly PostCondition[] };

const Bytes = z.union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number)]);
const Condition = z.union([
  z.tuple([z.string().regex(/^content-length-range$/i), Bytes, Bytes]),
  z.tuple([z.string().regex(/^(eq|starts-with)$/i), z.string().regex(/^\$/), z.string()]),
  z.record(z.string(), z.string()),
]);
const Policy = z.object({ expiration: z.iso.datetime({ offset: true }), conditions: z.array(Condition) });

/** Fields that need no condition. */
const EXEMPT = ['x-amz-signature', 'file', 'policy'];

/** Parses the base64 policy of a form; S3's refusal when it is malformed. */
export function parsePostPolicy(base64: string): PostPolicy | Refusal {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    return invalidPolicy('Invalid JSON.');
  }
  const parsed = Policy.safeParse(document);
  if (!parsed.success) return invalidPolicy(`${parsed.error.issues[0]?.path.join('.')} is missing or malformed.`);
  const { expiration, conditions } = parsed.data;
  return { expiresAtMs: Date.parse(expiration), conditions: conditions.flatMap(readCondition) };
}

function readCondition(condition: z.infer<typeof Condition>): PostCondition[] {
  if (!Array.isArray(condition)) {
    return Object.entries(condition).map(([name, value]) => equality(name, value));
  }
  const [kind, first, second] = condition;
  if (typeof first === 'number' || typeof second === 'number') {
    return [{ kind: 'content-length-range', minBytes: Number(first), maxBytes: Number(second) }];
  }
  if (kind.toLowerCase() === 'eq') return [equality(first.slice(1), second)];
  const written = JSON.stringify(['starts-with', first, second]);
  return [{ kind: 'starts-with', field: first.slice(1).toLowerCase(), value: second, written }];
}

function equality(name: string, value: string): PostCondition {
  return { kind: 'eq', field: name.toLowerCase(), value, written: JSON.stringify(['eq', `$${name}`, value]) };
}

/**
 * Why a form does not satisfy its policy, or undefined when it does. Every condition must hold, and every field that S3
 * does not exempt must have a condition. The file's size is checked separately: see `allowedBytes`.
 *
 * @param fields those before the file, with the bucket of the URL as the field `bucket`
 */
export function policyRefusal(policy: PostPolicy, fields: readonly FormField[], nowMs: number): Refusal | undefined {
  // Written so that NaN is refused.
  if (!(nowMs < policy.expiresAtMs)) return againstPolicy('Policy expired.');
  const values = new Map(fields.map(({ name, value }) => [name.toLowerCase(), value]));
  for (const condition of policy.conditions) {
    if (condition.kind === 'content-length-range') continue;
    if (!fulfils(condition, values.get(condition.field) ?? '')) {
      return againstPolicy(`Policy Condition failed: ${condition.written}`);
    }
  }
  const covered = new Set(policy.conditions.map((condition) => ('field' in condition ? condition.field : '')));
  const extra = fields.filter(({ name }) => !isExempt(name.toLowerCase()) && !covered.has(name.toLowerCase()));
  if (extra.length === 0) return undefined;
  return againstPolicy(`Extra input fields: ${extra.map(({ name }) => name.toLowerCase()).join(',')}`);
}

/** The intersection of the policy's `content-length-range` conditions and 0..`limitBytes`. */
export function allowedBytes(policy: PostPolicy, limitBytes: number): { readonly min: number; readonly max: number } {
  const ranges = policy.conditions.filter((condition) => condition.kind === 'content-length-range');
  return {
    min: Math.max(0, ...ranges.map(({ minBytes }) => minBytes)),
    max: Math.min(limitBytes, ...ranges.map(({ maxBytes }) => maxBytes)),
  };
}

function fulfils(
  { kind, field, value }: Exclude<PostCondition, { kind: 'content-length-range' }>,
  given: string,
): boolean {
  if (kind === 'eq') return given === value;
  // In a list of content types, each must start with the value.
  const parts = field === 'content-type' ? given.split(',').map((part) => part.trim()) : [given];
  return parts.every((part) => part.startsWith(value));
}

function isExempt(field: string): boolean {
  // The bucket is taken from the URL; a field `bucket` needs no condition.
  return EXEMPT.includes(field) || field.startsWith('x-ignore-') || field === 'bucket';
}

function againstPolicy(problem: string): Refusal {
  return { statusCode: 403, code: 'AccessDenied', message: `Invalid according to Policy: ${problem}` };
}

function invalidPolicy(problem: string): Refusal {
  return { statusCode: 400, code: 'InvalidPolicyDocument', message: `Invalid Policy: ${problem}` };
}
