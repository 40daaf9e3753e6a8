import { readFile } from 'node:fs/promises';
import { Asset } from '../functions/assets/asset.ts';
import { JsonError, readJson } from '../functions/platform/json.ts';
import { violationsOf } from '../functions/platform/violations.ts';
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
  const asset = Asset.safeParse({ kind, ...known, ...stated }, { reportInput: true });
  if (asset.success) return asset.data;
  const problems = violationsOf('facts', asset.error.issues).map(
    ({ path, expected, received }) => `${path}: expected ${expected}, received ${received}`,
  );
  throw new UsageError(`the facts are not those of a ${kind}: ${problems.join('; ')}`);
}

async function readFacts(file: string): Promise<object> {
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`expected a JSON file of facts; ${file} cannot be read`);
  });
  const facts = parse(file, textOf(bytes));
  if (typeof facts === 'object' && facts !== null && !Array.isArray(facts)) return facts;
  throw new UsageError(`expected a JSON object of facts in ${file}`);
}

/** Without its byte order mark, by which editors on Windows mark UTF-8, and UTF-16, too. */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function parse(file: string, text: string): unknown {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UsageError(`${file} is not JSON as facts have to be: ${error.message}`);
  }
}
