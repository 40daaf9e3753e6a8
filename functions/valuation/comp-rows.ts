import { z } from 'zod';
import { ASSET_KINDS, AssetKind } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { PolicyUse } from '../platform/policy-use.ts';
import { sha256 } from '../platform/sha256.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { Comp } from './comp.ts';
import { plainText, wordsOf } from './title-text.ts';

/** Hex digits of each half of a comp's id: 64 bits distinguish what a source lists, and the comps of that. */
const DIGITS = 16;

/**
 * Id of a comp: its kind, a digest of what its source lists, and a digest of what makes it this one. The same row has the same id
 * whenever it is sent, so that it is stored once.
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

/**
 * Of a row with an id at its source: source, id and status make it this one, whatever its title says by now. Of another one the
 * words of its title and everything else that it says.
 */
export function compIdOf(kind: AssetKind, comp: Comp): CompId {
  const { source, sourceId, status } = comp;
  const halves =
    sourceId === undefined
      ? [titleDigestOf(comp), digest(contentOf(comp))]
      : [digest(source, sourceId), digest(source, sourceId, status)];
  return CompId.parse(`${kind}.${halves.join('.')}`);
}

const contentOf = (comp: Comp) => Object.entries(comp).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Whether two comps say the same. */
export const isSameComp = (one: Comp, other: Comp): boolean =>
  JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));

export const kindOf = (compId: CompId): AssetKind => AssetKind.parse(compId.split('.')[0]);

/** The partition key of the comps of one kind. */
export const compsPartition = (workspaceId: WorkspaceId, kind: AssetKind): string =>
  `${TABLES.comps.partitions.comp}${workspaceId}#${kind}`;

/** The partition key of the entries that find the comps of a title. */
export const titlesPartition = (workspaceId: WorkspaceId, kind: AssetKind): string =>
  `${TABLES.comps.partitions.title}${workspaceId}#${kind}`;

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

/** A stored comp: what was last sent, and whether it counts. */
export const StoredComp = z.strictObject({
  compId: CompId,
  comp: Comp.describe('The comp, as it was last sent.'),
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
  addedAt: z.iso.datetime().describe('When it was first stored, in UTC.'),
  renewal: z
    .strictObject({
      count: z.int().positive().describe('How often it was renewed.'),
      at: z.iso.datetime().describe('When it was last renewed, in UTC.'),
      before: Comp.describe('The comp, as it was before that.'),
    })
    .optional()
    .describe('Absent until its source says something else of it.'),
  decidedAt: z.iso.datetime().optional().describe('When a person last admitted or dropped it, in UTC.'),
  decidedBy: z.string().optional().describe('Id of the API key of that person.'),
});
export type StoredComp = z.infer<typeof StoredComp>;

/** With the number of its writes, by which a writer sees that another one was faster. */
export const CompRow = stored(StoredComp.extend({ writes: z.int().positive().optional() }));

/** Days of a comp from its date on, or from its arrival where the date is unknown: three years, after which it weighs 1/4,000. */
export const COMP_DAYS = 1095;

/** Seconds of a day. */
const DAY_SECONDS = 86_400;

/** When a comp is no longer kept, in Unix seconds. */
export const keptUntilSecondsOf = ({ comp, renewal, addedAt }: StoredComp): number =>
  Math.floor(Date.parse(comp.date ?? renewal?.at ?? addedAt) / 1000) + COMP_DAYS * DAY_SECONDS;

/** @param writes of the row, with this one */
export const rowOfComp = (workspaceId: WorkspaceId, stored: StoredComp, writes: number) => ({
  ...compKey(workspaceId, stored.compId),
  rowVersion: ROW_VERSION,
  writes,
  keptUntilSeconds: keptUntilSecondsOf(stored),
  ...stored,
});

/** An entry that finds a comp by its title. It stays when the title is edited: what a comp's title is stands in its own row. */
export const TitleRow = stored(z.strictObject({ compId: CompId }));

/** The sort keys of the entries of a title begin with this. */
export const titlePrefix = (titleDigest: string): string => `${titleDigest}.`;

export const rowOfTitle = (workspaceId: WorkspaceId, comp: StoredComp) => ({
  pk: titlesPartition(workspaceId, kindOf(comp.compId)),
  sk: `${titlePrefix(titleDigestOf(comp.comp))}${sortKeyOf(comp.compId)}`,
  rowVersion: ROW_VERSION,
  keptUntilSeconds: keptUntilSecondsOf(comp),
  compId: comp.compId,
});
