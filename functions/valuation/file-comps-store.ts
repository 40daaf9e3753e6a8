import type { AssetKind } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { forEach } from './at-once-store.ts';
import type { Comp } from './comp.ts';
import { positionIn, type ReadComp } from './comp-book.ts';
import { findInBook } from './comp-book-runtime.ts';
import { type OpenBook, openBook, replaceBook } from './comp-book-store.ts';
import { type CompId, compIdOf, titleDigestOf } from './comp-rows.ts';
import { inBook } from './comps-store.ts';
import { allRows, deleteRow, type FoundComp } from './comps-table-store.ts';

/** Most comps of the table that one run moves. */
const ROWS_MOVED = 20_000;

/** What is stored when a book is about to be replaced. */
export type Known = {
  readonly before: OpenBook | undefined;
  /** of the table */
  readonly rows: readonly FoundComp[];
  /** those of the table, and those of the book that may be the same as an arriving comp or have its title */
  readonly comps: ReadonlyMap<CompId, ReadComp>;
};

/** Whether an import is in the book already. */
export const isApplied = async (workspaceId: WorkspaceId, kind: AssetKind, id: string): Promise<boolean> =>
  (await openBook(workspaceId, kind))?.book.applied.includes(id) ?? false;

export async function knownForImport(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  arriving: readonly Comp[],
  now: Date,
): Promise<Known> {
  const before = await openBook(workspaceId, kind);
  const { comps: rows } = await allRows(workspaceId, kind, { limit: ROWS_MOVED, ConsistentRead: true });
  const places = [...new Set(arriving.map((comp) => positionIn(workspaceId, compIdOf(kind, comp))))];
  const titles = [...new Set(arriving.map(titleDigestOf))];
  const found = before ? (await findInBook(before.file, { places, titles }, now)).map(inBook) : [];
  return { before, rows, comps: new Map([...found, ...rows].map((each) => [each.stored.compId, each])) };
}

type Filed = {
  readonly known: Known;
  /** by their ids; in the place of what is known of them */
  readonly changed: ReadonlyMap<CompId, ReadComp>;
  readonly applied?: string;
};

/**
 * Replaces the book by one with the comps of the table and those that have changed.
 *
 * @throws when somebody else has replaced it meanwhile; then nothing has changed
 */
export async function fileIntoBook(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { known: { before, rows }, changed, applied }: Filed,
  now: Date,
): Promise<void> {
  const comps = new Map<CompId, ReadComp>([...rows.map((each) => [each.stored.compId, each] as const), ...changed]);
  await replaceBook(workspaceId, kind, { before, comps: comps.values(), applied }, now);
}

type Left = { readonly moved: number; readonly overtaken: readonly Comp[] };

/**
 * Deletes the comps of the table that are in the book as they are, or later. Safe to repeat. One that was written since the book was
 * stays, and is read in the place of the book's.
 *
 * @returns their number, and what the book says of those that both an import and somebody else have written at the same time
 */
export async function leaveTable(workspaceId: WorkspaceId, kind: AssetKind, now: Date): Promise<Left> {
  const book = await openBook(workspaceId, kind);
  const { comps: rows } = await allRows(workspaceId, kind, { limit: ROWS_MOVED, ConsistentRead: true });
  if (!book || rows.length === 0) return { moved: 0, overtaken: [] };
  const places = rows.map(({ stored }) => positionIn(workspaceId, stored.compId));
  const filed = (await findInBook(book.file, { places, titles: [] }, now)).map(inBook);
  const byId = new Map(filed.map((each) => [each.stored.compId, each]));
  const isSame = (one: ReadComp, other: ReadComp) => JSON.stringify(one.stored) === JSON.stringify(other.stored);
  const gone: FoundComp[] = [];
  const overtaken: Comp[] = [];
  for (const row of rows) {
    const other = byId.get(row.stored.compId);
    if (!other || other.writes < row.writes) continue;
    if (other.writes > row.writes || isSame(other, row)) gone.push(row);
    else overtaken.push(other.stored.comp);
  }
  await forEach(gone, (row) => deleteRow(workspaceId, row));
  return { moved: gone.length, overtaken };
}

/**
 * Moves the comps of the table into the book. Safe to repeat, and to be killed: until the book has them they are in the table, and
 * afterwards in both, until they are deleted there.
 *
 * @returns number of comps that were moved
 * @throws when somebody else has replaced the book meanwhile
 */
export async function moveIntoBook(workspaceId: WorkspaceId, kind: AssetKind, now: Date): Promise<number> {
  const known = await knownForImport(workspaceId, kind, [], now);
  if (known.rows.length === 0) return 0;
  await fileIntoBook(workspaceId, kind, { known, changed: new Map() }, now);
  return (await leaveTable(workspaceId, kind, now)).moved;
}
