import { violationsOf } from '../../functions/platform/violations.ts';
import { type ColumnMap, readRow } from '../../functions/price-models/fact-columns.ts';
import { FACTS, impossibleFacts, type PriceFacts, type PriceKind } from '../../functions/price-models/price-facts.ts';

export type RowFacts =
  | {
      readonly status: 'read';
      readonly facts: PriceFacts;
      /** absent where the row has no price */
      readonly priceCents?: number;
      /** ISO 4217 code, where the row names one */
      readonly currency?: string;
    }
  | { readonly status: 'wrong'; readonly problems: readonly string[] };

/** The facts of a kind that must be given. */
export const requiredFacts = (kind: PriceKind): readonly string[] =>
  Object.entries(FACTS[kind].shape)
    .filter(([, fact]) => !fact.isOptional())
    .map(([name]) => name);

/**
 * The facts of a row of a table.
 *
 * @param now years from the future are wrong
 */
export function factsOf(kind: PriceKind, columns: ColumnMap, cells: readonly string[], now: Date): RowFacts {
  const read = readRow(columns, cells);
  if (read.status === 'wrong') return read;
  const parsed = FACTS[kind].safeParse(read.facts, { reportInput: true });
  if (!parsed.success) return wrong(violationsOf('row', parsed.error.issues).map(textOf));
  const facts: PriceFacts = parsed.data;
  const impossible = impossibleFacts(kind, facts, now);
  if (impossible.length > 0) return wrong(impossible.map(({ fact, message }) => `${fact}: ${message}`));
  const { priceCents, currency } = read;
  return {
    status: 'read',
    facts,
    ...(priceCents !== undefined && { priceCents }),
    ...(currency !== undefined && { currency }),
  };
}

const textOf = ({ path, expected, received }: ReturnType<typeof violationsOf>[number]): string =>
  `${path.replace(/^row\./, '')}: expected ${expected}, received ${received}`;

const wrong = (problems: readonly string[]): RowFacts => ({ status: 'wrong', problems });
