import { z } from 'zod';
import type { AssetKind } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { PREFIXES } from '../platform/names/media-prefixes.ts';
import { TABLES } from '../platform/names/tables.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { type CompId, CompRow, compKey, keptUntilSecondsOf, type StoredComp, titleDigestOf } from './comp-rows.ts';
import { spelledTogether } from './title-text.ts';

/** A comp with the number of its writes, by which a writer sees that another one was faster. */
export type ReadComp = { readonly stored: StoredComp; readonly writes: number };

export const readComp = (row: unknown): ReadComp => {
  // A row of before writes were counted has been written once.
  const { writes = 1, ...comp } = CompRow.parse(row);
  return { stored: comp, writes };
};

/** A comp's place among those of its kind. */
export const positionIn = (workspaceId: WorkspaceId, compId: CompId): string => compKey(workspaceId, compId).sk;

/** A row of a book: what it is found by, and the comp as JSON. */
export type BookRow = {
  readonly sk: string;
  readonly titleDigest: string;
  /** the title as `nameTest` reads it */
  readonly names: string;
  readonly state: string;
  readonly keptUntilSeconds: number;
  readonly comp: string;
};

export const bookRowOf = (workspaceId: WorkspaceId, { stored: comp, writes }: ReadComp): BookRow => ({
  sk: positionIn(workspaceId, comp.compId),
  titleDigest: titleDigestOf(comp.comp),
  names: spelledTogether(comp.comp.title),
  state: comp.state,
  keptUntilSeconds: keptUntilSecondsOf(comp),
  comp: JSON.stringify({ ...comp, writes }),
});

/** Imports that a book remembers. Chosen by eye: their messages are delivered again within hours. */
const REMEMBERED = 100;

/**
 * What a workspace has in its book of a kind: one Parquet object that is never changed, and the imports that are in it. The next one
 * replaces it by one conditional write of this row.
 */
export const CompBook = z.strictObject({
  objectKey: z.string(),
  version: z.int().positive(),
  comps: z.int().nonnegative(),
  applied: z.array(z.string()),
});
export type CompBook = z.infer<typeof CompBook>;

export const CompBookRow = stored(CompBook);

export const bookKey = (workspaceId: WorkspaceId, kind: AssetKind) => ({
  pk: `${TABLES.comps.partitions.book}${workspaceId}#${kind}`,
  sk: 'BOOK',
});

export const rowOfBook = (workspaceId: WorkspaceId, kind: AssetKind, book: CompBook) => ({
  ...bookKey(workspaceId, kind),
  rowVersion: ROW_VERSION,
  ...book,
});

/** The book after this one. Its object's key is made of ids only. */
export const nextBook = (
  workspaceId: WorkspaceId,
  kind: AssetKind,
  before: CompBook | undefined,
  { id, comps, applied }: { readonly id: string; readonly comps: number; readonly applied?: string | undefined },
): CompBook => ({
  objectKey: `${PREFIXES.books}${workspaceId}/${kind}/${id}.parquet`,
  version: (before?.version ?? 0) + 1,
  comps,
  applied: [...(before?.applied ?? []), ...(applied === undefined ? [] : [applied])].slice(-REMEMBERED),
});
