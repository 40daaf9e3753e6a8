import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkspaceId } from '../../../functions/platform/ids.ts';
import { bookRowOf, type ReadComp, readComp } from '../../../functions/valuation/comp-book.ts';
import {
  BOOKS_DIR,
  countedInBook,
  findInBook,
  pageOfBook,
  writeBook,
} from '../../../functions/valuation/comp-book-runtime.ts';
import { compIdOf } from '../../../functions/valuation/comp-rows.ts';
import { EVERY_TITLE, matchesNames, nameTest } from '../../../functions/valuation/related-comps.ts';
import { RELEVANCE_RULES } from '../../../functions/valuation/relevance-rules.ts';

const WORKSPACE = WorkspaceId.parse('acme');
const NOW = new Date('2026-11-29T09:00:00.000Z');

let files = 0;
const newFile = (): string => {
  files += 1;
  return join(BOOKS_DIR, `test-${files}.parquet`);
};

function named(title: string, at: number, changes: Partial<ReadComp['stored']> = {}): ReadComp {
  const comp = {
    title,
    status: 'sold',
    priceCents: 100 + at,
    currency: 'USD',
    source: 'test',
    sourceId: `${at}`,
  } as const;
  const stored = { compId: compIdOf('product', comp), comp, state: 'counted', addedAt: NOW.toISOString() } as const;
  return { stored: { ...stored, ...changes }, writes: 1 };
}

async function bookOf(comps: readonly ReadComp[], before?: string): Promise<string> {
  const file = newFile();
  await writeBook(
    file,
    comps.map((comp) => bookRowOf(WORKSPACE, comp)),
    before,
    NOW,
  );
  return file;
}

const readAll = (comps: readonly string[]): ReadComp[] => comps.map((comp) => readComp(JSON.parse(comp)));
const titlesOf = (comps: readonly string[]): string[] =>
  readAll(comps)
    .map(({ stored }) => stored.comp.title)
    .sort();

describe('countedInBook', () => {
  const letters = fc.constantFrom(
    'a',
    'griffey',
    'ken',
    'Dončić',
    'ポケモン',
    'us-175',
    '1989',
    "o'neil",
    '#',
    ' ',
    '-',
    '.',
    '𐌰𐌱𐌲𐌳𐌴',
  );
  const title = fc
    .array(fc.oneof(letters, fc.string({ unit: 'grapheme', maxLength: 6 })), { minLength: 1, maxLength: 6 })
    .map((words) => words.join(' ').trim() || 'x');

  it('finds the titles that share a name with a query, as the rules do by themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(title, { minLength: 1, maxLength: 20 }), title, async (titles, query) => {
        const file = await bookOf(titles.map((each, at) => named(each, at)));
        const question = { kind: 'collectible', query } as const;
        const names = nameTest(question, RELEVANCE_RULES);
        const { comps, counted } = await countedInBook(file, { names, except: [], limit: 100 }, NOW);
        expect(titlesOf(comps)).toEqual(titles.filter(matchesNames(names)).sort());
        expect(counted).toBe(titles.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('writeBook', () => {
  it('has new rows in the place of their earlier selves, and keeps the others until their time is over', async () => {
    const old = named('old', 3, { addedAt: '2020-01-01T00:00:00.000Z' });
    const first = await bookOf([named('one', 1), named('two', 2), old]);
    const edited = { ...named('one', 1), writes: 2 };
    const second = await bookOf(
      [{ ...edited, stored: { ...edited.stored, state: 'dropped' } }, named('four', 4)],
      first,
    );
    const all = readAll(await pageOfBook(second, { after: ' ', limit: 10 }, NOW));
    expect(all.map(({ stored, writes }) => [stored.comp.title, stored.state, writes]).sort()).toEqual([
      ['four', 'counted', 1],
      ['one', 'dropped', 2],
      ['two', 'counted', 1],
    ]);
    expect((await countedInBook(second, { names: EVERY_TITLE, except: [], limit: 10 }, NOW)).counted).toBe(2);
  });
});

describe('findInBook', () => {
  it('finds comps by place and by title', async () => {
    const comps = ['one two', 'Two, one', 'three'].map((each, at) => named(each, at));
    const rows = comps.map((comp) => bookRowOf(WORKSPACE, comp));
    const file = await bookOf(comps);
    const find = async (places: readonly string[], titles: readonly string[]) =>
      titlesOf(await findInBook(file, { places, titles }, NOW));
    expect(await find([], [rows[0]?.titleDigest ?? ''])).toEqual(['Two, one', 'one two']);
    expect(await find([rows[2]?.sk ?? ''], [])).toEqual(['three']);
    expect(await find([], [])).toEqual([]);
  });
});

describe('DuckDB', () => {
  it('opens no file but those of books', async () => {
    await expect(pageOfBook('/etc/passwd', { after: ' ', limit: 1 }, NOW)).rejects.toThrow(/Permission Error/);
    await expect(pageOfBook('https://example.com/x', { after: ' ', limit: 1 }, NOW)).rejects.toThrow();
  });
});
