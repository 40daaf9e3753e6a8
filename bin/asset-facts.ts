import { readFile } from 'node:fs/promises';
import { Asset } from '../functions/assets/asset.ts';
import { UsageError } from './usage-error.ts';

type Given = { readonly kind: string; readonly facts?: string; readonly value?: number };

/** What a value on the command line is in, when the facts do not say. */
const CURRENCY = 'USD';

/**
 * The asset that `--kind`, `--facts` and `--value` describe together.
 *
 * @throws UsageError naming each fact that is not as it should be
 */
export async function readAsset({ kind, facts, value }: Given): Promise<Asset> {
  const known = facts === undefined ? {} : await readFacts(facts);
  if ('kind' in known) throw new UsageError(`expected facts without a kind, which --kind says; ${facts} names one`);
  const stated = value === undefined ? {} : { currency: CURRENCY, ...known, valueCents: value };
  const asset = Asset.safeParse({ kind, ...known, ...stated });
  if (asset.success) return asset.data;
  const problems = asset.error.issues.map(({ path, message }) => `${path.join('.') || 'facts'}: ${message}`);
  throw new UsageError(`the facts are not those of a ${kind}: ${problems.join('; ')}`);
}

async function readFacts(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`expected a JSON file of facts; ${file} cannot be read`);
  });
  try {
    const facts: unknown = JSON.parse(text);
    if (typeof facts === 'object' && facts !== null && !Array.isArray(facts)) return facts;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  throw new UsageError(`expected a JSON object of facts in ${file}`);
}
