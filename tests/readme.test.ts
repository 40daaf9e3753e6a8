import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Asset, type AssetKind } from '../functions/assets/asset.ts';
import { PHOTO_LIMITS } from '../functions/photos/photo-limits.ts';
import { LIMITS } from '../functions/platform/names/limits.ts';
import { ROUTES } from '../functions/platform/names/routes.ts';
import { type Environment, environmentNamed } from '../lib/environments.ts';

const PROJECT_DIR = join(import.meta.dirname, '..');
const README = readFileSync(join(PROJECT_DIR, 'README.md'), 'utf8');

/** The cells of the README's table row that begins with this text. */
function row(beginning: string): string[] {
  const line = README.split('\n').find((each) => each.startsWith(`| ${beginning}`)) ?? '';
  return line
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

const inEach = (show: (environment: Environment) => string): string[] =>
  ['dev', 'staging', 'prod'].map((name) => show(environmentNamed(name)));

const grouped = (value: number): string => value.toLocaleString('en-US');

describe('the README', () => {
  it('shows every path of the API, below its prefix', () => {
    const named = Object.values(ROUTES).map(
      ({ path }) =>
        path
          .replace(/\/\{\w+\}/g, '')
          .split('/')
          .at(-1) ?? '',
    );
    expect(named.filter((word) => !README.includes(`/${word}`))).toEqual([]);
  });

  it.each<[string, (environment: Environment) => string]>([
    ['tables and photos', ({ keepsData }) => (keepsData ? 'kept' : 'deleted')],
    ['originals kept', ({ originalsDays }) => String(originalsDays)],
    ['jobs and display copies kept', ({ jobDays }) => String(jobDays)],
    ['logs kept', ({ logDays }) => String(logDays)],
    ['monthly budget of the account', ({ budgetDollars }) => String(budgetDollars)],
    ['photos assessed at once', ({ photosAtOnce }) => String(photosAtOnce)],
    [
      'traffic shifts',
      ({ shift }) =>
        ({ 'all-at-once': 'at once', canary: '10 % for 5 min, then all', linear: '10 % more every 3 min' })[shift],
    ],
    [
      'requests of one key',
      (each) => `${grouped(each.requestsPerSecond)} (${grouped(each.requestBurst)}), ${grouped(each.requestsPerDay)}`,
    ],
  ])('says of each environment: %s', (beginning, show) => {
    expect(row(beginning)).toEqual(inEach(show));
  });

  it.each([
    ['bytes of an upload', LIMITS.photoBytes],
    ['pixels', PHOTO_LIMITS.pixels],
    ['short side, at least', PHOTO_LIMITS.shortestSidePx],
    ['long side', PHOTO_LIMITS.longestSidePx],
    ['long side', PHOTO_LIMITS.sideRatio],
    ['scans of a JPEG', PHOTO_LIMITS.jpegScans],
  ])('states the limit of a photo: %s', (beginning, limit) => {
    expect(row(beginning)[0]).toContain(grouped(limit));
  });

  it.each<[string, AssetKind]>([
    ['property', 'property'],
    ['vehicle', 'vehicle'],
    ['product, collectible', 'product'],
    ['product, collectible', 'collectible'],
  ])('says of a %s what becomes of its facts (%s)', (beginning, kind) => {
    const facts = Object.entries(Asset.def.options.find(({ shape }) => shape.kind.value === kind)?.shape ?? {});
    const described = (says: RegExp) =>
      facts.filter(([name, { description = '' }]) => name !== 'kind' && says.test(description)).map(([name]) => name);
    const columns = [
      /^(?!.*(no rating|shown beside the rating))/i,
      /shown beside the rating/i,
      /for the value/i,
      /no rating and no value uses it/,
    ];

    for (const [index, says] of columns.entries()) {
      const named = [...(row(beginning)[index] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      expect(named.filter((name) => facts.some(([fact]) => fact === name)).toSorted()).toEqual(
        described(says).toSorted(),
      );
    }
  });
});
