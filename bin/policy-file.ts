import { readFileSync } from 'node:fs';
import { PHOTO_POLICIES, type PhotoPolicies } from '../functions/assessments/photo-policies.ts';
import { JsonError, readJson } from '../functions/platform/json.ts';
import { digestOf, type Policy } from '../functions/platform/policy.ts';
import { inForceBy, versionOf } from '../functions/platform/policy-choice.ts';
import { violationsOf } from '../functions/platform/violations.ts';
import { UsageError } from './usage-error.ts';

const POLICIES: readonly Policy[] = Object.values(PHOTO_POLICIES);

/**
 * The policies by which photos are assessed: the documents of a JSON file by their names, such as
 * `{"photos": {…}, "evidence": {…}}`, and the defaults of those that it does not name.
 *
 * @throws UsageError with everything that is wrong
 */
export function policiesOfFile(file: string): PhotoPolicies {
  const given = documentsIn(file);
  const names = POLICIES.map(({ name }) => name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`${file}: no policy of photos is called ${unknown.join(', ')}; expected ${names.join(', ')}`);
  }
  return inForceBy(PHOTO_POLICIES, (policy) => {
    if (!Object.hasOwn(given, policy.name)) return versionOf(policy, { version: 0 });
    const document = checked(file, policy, given[policy.name]);
    return { document, use: { name: policy.name, version: 0, source: 'file', digest: digestOf(document) } };
  });
}

function documentsIn(file: string): Record<string, unknown> {
  const text = textOf(file);
  try {
    const value = readJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UsageError(`${file}: ${error.message}`);
  }
  throw new UsageError(`${file}: expected an object of documents by the names of their policies`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: cannot be read (${error instanceof Error ? error.message : error})`);
  }
}

function checked(file: string, { name, schema }: Policy, document: unknown): unknown {
  const result = schema.safeParse(document, { reportInput: true });
  if (result.success) return result.data;
  const lines = violationsOf(name, result.error.issues).map(
    ({ path, expected, received }) => `${path}: expected ${expected}, received ${received}`,
  );
  throw new UsageError(`${file}: ${lines.join('\n  ')}`);
}
