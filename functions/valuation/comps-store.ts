import type { AssetKind } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import type { Page } from '../platform/paging.ts';
import { forEach } from './at-once-store.ts';
import { positionIn, readComp } from './comp-book.ts';
import { countedInBook, findInBook, pageOfBook } from './comp-book-runtime.ts';
import { openBook } from './comp-book-store.ts';
import { type CompId, kindOf, type StoredComp } from './comp-rows.ts';
import {
  allRows,
  type Decision,
  decideRow,
  type FoundComp,
  idsWithTitle,
  pageOfRows,
  rowsNamed,
  writeComp,
} from './comps-table-store.ts';
import { EVERY_TITLE, type NameTest } from './related-comps.ts';

/**
 * Comps are in the table, one by one as they arrive, and in the workspace's book of their kind, one Parquet object. What is in both
 * is as the table has it.
 */

/** Most comps that a valuation reads of the table, and of those in the book that have enough names of its query. */
const COMPS_READ = 20_000;

/** Comps of the table from which they are moved into the book. Chosen by eye: a valuation reads them in a tenth of a second. */
export const BOOK_FROM_ROWS = 2_000;

/** Comps are filtered after reading, so a page can be short. */
const COMPS_PER_PAGE = 1000;

/** A comp of a book, as it was read. */
export const inBook = (comp: string): FoundComp => ({ ...readComp(JSON.parse(comp)), place: 'book' });

/** The comps with these ids, and those with titles of these digests, as they are now. */
export async function findComps(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { compIds, titles }: { readonly compIds: readonly CompId[]; readonly titles: readonly string[] },
  now: Date,
): Promise<ReadonlyMap<CompId, FoundComp>> {
  const byTitle: CompId[] = [];
  await forEach(titles, async (title) => {
    byTitle.push(...(await idsWithTitle(workspaceId, kind, title)));
  });
  // The table before the book: what is moved between the two reads is then in the book.
  const rows = await rowsNamed(workspaceId, [...compIds, ...byTitle]);
  const book = await openBook(workspaceId, kind);
  const places = [...new Set([...compIds, ...byTitle])].map((compId) => positionIn(workspaceId, compId));
  const found = book ? (await findInBook(book.file, { places, titles }, now)).map(inBook) : [];
  return new Map([...found, ...rows].map((each) => [each.stored.compId, each]));
}

/** Stores a comp. False when somebody else has written it since it was read. Safe to repeat. */
export const saveComp = writeComp;

/** A person's decision. Undefined when there is no such comp. Safe to repeat. */
export async function decideComp(
  workspaceId: WorkspaceId,
  compId: CompId,
  decision: Decision,
  now: Date,
): Promise<StoredComp | undefined> {
  const decided = await decideRow(workspaceId, compId, decision);
  if (decided) return decided;
  const found = (await findComps(workspaceId, kindOf(compId), { compIds: [compId], titles: [] }, now)).get(compId);
  if (!found) return undefined;
  const { state, by, at } = decision;
  const comp = { ...found.stored, state, decidedAt: at, decidedBy: by };
  // Somebody else has written it into the table meanwhile.
  return (await writeComp(workspaceId, comp, found)) ? comp : decideRow(workspaceId, compId, decision);
}

export type CompFilter = {
  readonly limit: number;
  /** the last comp of the page before */
  readonly after?: string | undefined;
  readonly isWanted: (comp: StoredComp) => boolean;
  /** of the titles that may be wanted, by which those of the book are chosen */
  readonly names: NameTest;
  /** reads what was added a moment ago, too, at twice the price */
  readonly justAdded: boolean;
};

/** A page of a workspace's comps of a kind, in the order of their ids. */
export async function pageOfComps(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { limit, after = ' ', isWanted, names, justAdded }: CompFilter,
  now: Date,
): Promise<Page<StoredComp>> {
  const rows = await pageOfRows(workspaceId, kind, { after, limit: COMPS_PER_PAGE, ConsistentRead: justAdded });
  const book = await openBook(workspaceId, kind);
  const found = book ? (await pageOfBook(book.file, { after, limit: COMPS_PER_PAGE, names }, now)).map(inBook) : [];
  const placeOf = ({ stored }: FoundComp): string => positionIn(workspaceId, stored.compId);
  // Beyond the last comp of a part that has more, the next page begins.
  const ends = [rows.hasMore ? rows.comps : [], found.length === COMPS_PER_PAGE ? found : []].flatMap((part) =>
    part.slice(-1).map(placeOf),
  );
  const end = ends.toSorted()[0];
  const byPlace = new Map([...found, ...rows.comps].map((each) => [placeOf(each), each.stored]));
  const places = [...byPlace.keys()].filter((place) => end === undefined || place <= end).sort();
  const entries: StoredComp[] = [];
  for (const [at, place] of places.entries()) {
    const comp = byPlace.get(place);
    if (comp && isWanted(comp)) entries.push(comp);
    const isLast = at === places.length - 1 && end === undefined;
    if (entries.length === limit && !isLast) return { entries, nextPosition: place };
  }
  return { entries, ...(end !== undefined && { nextPosition: end }) };
}

export type AllComps = {
  readonly comps: readonly StoredComp[];
  /** of all comps that count, those which do not match the names included */
  readonly counted: number;
  readonly isComplete: boolean;
  /** comps that are in the table */
  readonly rows: number;
};

export type CountedFilter = {
  /** only those of which the title matches; default: all */
  readonly names?: NameTest;
  /** reads what was added a moment ago, too, at twice the price; default: false */
  readonly justAdded?: boolean;
};

/** The comps of a kind that count. */
export async function countedComps(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { names = EVERY_TITLE, justAdded = false }: CountedFilter,
  now: Date,
): Promise<AllComps> {
  const { comps: rows, isComplete } = await allRows(workspaceId, kind, {
    limit: COMPS_READ,
    ConsistentRead: justAdded,
  });
  const inTable = rows.flatMap(({ stored }) => (stored.state === 'counted' ? [stored] : []));
  const book = await openBook(workspaceId, kind);
  if (!book) return { comps: inTable, counted: inTable.length, isComplete, rows: rows.length };
  const except = rows.map(({ stored }) => positionIn(workspaceId, stored.compId));
  const { comps, counted } = await countedInBook(book.file, { names, except, limit: COMPS_READ }, now);
  return {
    comps: [...inTable, ...comps.map((comp) => inBook(comp).stored)],
    counted: inTable.length + counted,
    isComplete: isComplete && comps.length < COMPS_READ,
    rows: rows.length,
  };
}
