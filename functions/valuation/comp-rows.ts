import { z } from 'zod';
import { ASSET_KINDS, AssetKind } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { PolicyUse } from '../platform/policy-use.ts';
import { sha256 } from '../platform/sha256.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { Comp } from './comp.ts';
import { plainText, wordsOf } from './title-text.ts';

/** Hex digits of each half of a comp's id: 64 bits distinguish titles, and the comps of one title. */
const DIGITS = 16;

/**
 * Id of a comp: its kind, a digest of its title, and a digest of what makes it this one. The same row has the same id whenever it
 * is sent, so that it is stored once.
 */
export const CompId = z
  .string()
  .regex(
    new RegExp(`^(?:${ASSET_KINDS.join('|')})\\.[0-9a-f]{${DIGITS}}\\.[0-9a-f]{${DIGITS}}$`),
    'expected the id of a comp',
  )
  .brand<'CompId'>()
  .describe('Id of the comp. The same row has the same id whenever it is sent.');
export type CompId = z.infer<typeof CompId>;

/** Position of a comp among those of its kind. */
export const CompPosition = z.string().regex(new RegExp(`^[0-9a-f]{${DIGITS}}\\.[0-9a-f]{${DIGITS}}$`));

const digest = (...parts: readonly unknown[]): string => sha256(JSON.stringify(parts)).slice(0, DIGITS);

/** The same for titles of the same words in any order. */
export const titleDigestOf = ({ title }: Pick<Comp, 'title'>): string => digest(wordsOf(plainText(title)).toSorted());

/** Of a row with an id at its source: source, id, status and the words of its title make it this one; of another one everything that it says. */
export function compIdOf(kind: AssetKind, comp: Comp): CompId {
  const { source, sourceId, status } = comp;
  const identity =
    sourceId === undefined
      ? digest(Object.entries(comp).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : digest(source, sourceId, status);
  return CompId.parse(`${kind}.${titleDigestOf(comp)}.${identity}`);
}

export const kindOf = (compId: CompId): AssetKind => AssetKind.parse(compId.split('.')[0]);

/** The partition key of the comps of one kind. */
export const compsPartition = (workspaceId: WorkspaceId, kind: AssetKind): string =>
  `${TABLES.comps.partitions.comp}${workspaceId}#${kind}`;

const sortKeyOf = (compId: CompId): string => compId.slice(compId.indexOf('.') + 1);

export const compKey = (workspaceId: WorkspaceId, compId: CompId) => ({
  pk: compsPartition(workspaceId, kindOf(compId)),
  sk: sortKeyOf(compId),
});

export const COMP_STATES = ['counted', 'quarantined', 'dropped'] as const;
export const CompState = z
  .enum(COMP_STATES)
  .describe(
    '`counted`: it may count for valuations. `quarantined`: a person must decide. `dropped`: a person dropped it.',
  );
export type CompState = z.infer<typeof CompState>;

export const QUARANTINE_REASONS = ['relisting', 'outlier'] as const;

/** A stored comp: what was sent, and whether it counts. */
export const StoredComp = z.strictObject({
  compId: CompId,
  comp: Comp.describe('The comp, as it was sent.'),
  state: CompState,
  quarantine: z
    .strictObject({
      reason: z
        .enum(QUARANTINE_REASONS)
        .describe(
          '`relisting`: the same seller sold the same at the same price before. `outlier`: far from what the same title brought.',
        ),
      why: z.string().describe('The reason in words, with its numbers.'),
      policy: PolicyUse.optional().describe(
        'The version of the policy that quarantined it; absent of comps that were stored before it was kept.',
      ),
    })
    .optional()
    .describe('Why it was quarantined; kept after the decision.'),
  addedAt: z.iso.datetime().describe('When it was stored, in UTC.'),
  decidedAt: z.iso.datetime().optional().describe('When a person last admitted or dropped it, in UTC.'),
  decidedBy: z.string().optional().describe('Id of the API key of that person.'),
});
export type StoredComp = z.infer<typeof StoredComp>;

export const CompRow = stored(StoredComp);

/** Days of a comp from its date on, or from its arrival where the date is unknown: three years, after which it weighs 1/4,000. */
export const COMP_DAYS = 1095;

/** Seconds of a day. */
const DAY_SECONDS = 86_400;

export function rowOfComp(workspaceId: WorkspaceId, stored: StoredComp) {
  const from = Date.parse(stored.comp.date ?? stored.addedAt);
  return {
    ...compKey(workspaceId, stored.compId),
    rowVersion: ROW_VERSION,
    keptUntilSeconds: Math.floor(from / 1000) + COMP_DAYS * DAY_SECONDS,
    ...stored,
  };
}
