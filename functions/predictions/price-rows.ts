import { z } from 'zod';
import type { Violation } from '../platform/problem.ts';
import { everyViolationOf } from '../platform/violations.ts';
import { FACT_NAMES, FACTS, impossibleFacts, type PriceFacts, type PriceKind } from '../price-models/price-facts.ts';

/** The message of a violation in a field that is no fact; its `expected` names the facts. */
export const UNKNOWN_FACT = 'unknown fact';

/** A row of a request: what is to be valued, and what it would be valued at. */
export type ReadRow =
  | { readonly status: 'read'; readonly facts: PriceFacts; readonly changed: PriceFacts | undefined }
  | { readonly status: 'wrong'; readonly errors: readonly Violation[] };

/** Every fact of a kind, each of which a what-if may change or, with `null`, take away. */
const changesOf = (kind: PriceKind) =>
  z
    .strictObject(
      Object.fromEntries(
        Object.entries<z.ZodType>(FACTS[kind].shape).map(([name, fact]) => [
          name,
          fact
            .nullable()
            .optional()
            .describe(`${fact.description ?? ''} \`null\`: unknown.`.trim()),
        ]),
      ),
    )
    .meta({
      minProperties: 1,
      description: 'A what-if: facts that would be other ones. The answer has both values, and their difference.',
    });

const rowOf = <Kind extends PriceKind>(kind: Kind) =>
  z
    .strictObject({
      facts: FACTS[kind].describe('What is known; a fact that is left out is unknown.'),
      changes: changesOf(kind).optional(),
    })
    .meta({ id: kind === 'vehicle' ? 'VehicleRow' : 'HouseRow' });

/** The rows of each kind. */
export const ROWS = { vehicle: rowOf('vehicle'), house: rowOf('house') } as const;

/**
 * Reads the rows of a request, each by itself.
 *
 * @param now years from the future are wrong
 */
export const readRows = (kind: PriceKind, rows: readonly unknown[], now: Date): readonly ReadRow[] =>
  rows.map((row, index) => readRow(kind, row, `body.rows[${index}]`, now));

function readRow(kind: PriceKind, row: unknown, path: string, now: Date): ReadRow {
  const parsed = ROWS[kind].safeParse(row, { reportInput: true });
  if (!parsed.success) return wrong(everyViolationOf(path, parsed.error.issues).map((each) => withNames(kind, each)));
  const { facts, changes } = parsed.data as { facts: PriceFacts; changes?: Readonly<Record<string, unknown>> };
  const impossible = impossibilities(kind, facts, `${path}.facts`, now);
  if (impossible.length > 0) return wrong(impossible);
  if (!changes) return { status: 'read', facts, changed: undefined };
  return readChanged(kind, facts, changes, `${path}.changes`, now);
}

/** The changed facts have to be possible together, too. */
function readChanged(
  kind: PriceKind,
  facts: PriceFacts,
  changes: Readonly<Record<string, unknown>>,
  path: string,
  now: Date,
): ReadRow {
  if (Object.keys(changes).length === 0) {
    const expected = 'at least one fact that changes';
    return wrong([{ path, expected, received: 'an empty object', message: `expected ${expected}` }]);
  }
  const kept = Object.entries({ ...facts, ...changes }).filter(([, value]) => value !== null);
  const parsed = FACTS[kind].safeParse(Object.fromEntries(kept), { reportInput: true });
  if (!parsed.success) return wrong(everyViolationOf(path, parsed.error.issues));
  const changed: PriceFacts = parsed.data;
  const impossible = impossibilities(kind, changed, path, now);
  return impossible.length > 0 ? wrong(impossible) : { status: 'read', facts, changed };
}

const wrong = (errors: readonly Violation[]): ReadRow => ({ status: 'wrong', errors });

const impossibilities = (kind: PriceKind, facts: PriceFacts, path: string, now: Date): readonly Violation[] =>
  impossibleFacts(kind, facts, now).map(({ fact, message }) => ({
    path: `${path}.${fact}`,
    expected: message.replace(/^expected /, ''),
    received: facts[fact] === undefined ? 'nothing' : `${typeof facts[fact]} ${String(facts[fact])}`,
    message,
  }));

/** Of a fact that does not exist, the names of those that do. */
const withNames = (kind: PriceKind, violation: Violation): Violation =>
  violation.message === 'unknown field' && /\.(facts|changes)\.[^.]+$/.test(violation.path)
    ? {
        ...violation,
        expected: `one of ${FACT_NAMES[kind].join(', ')}`,
        message: UNKNOWN_FACT,
      }
    : violation;
