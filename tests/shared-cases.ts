import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const SHARED_DIR = join(import.meta.dirname, '..', '..', 'shared');
/** Small inputs after public bug reports; they lie beside the project and are no part of it. */
const CASES_DIR = join(SHARED_DIR, 'cases');
/** Photos to train and to judge models on; they lie beside the project, too. */
const DATA_DIR = join(SHARED_DIR, 'data');

export const readCase = (name: string): Promise<Buffer> => readFile(join(CASES_DIR, name));

/** At most `count` photos of a folder of the data, such as `room_type/val/kitchen`, evenly from its whole list. */
export async function readPhotos(folder: string, count: number): Promise<Buffer[]> {
  const names = (await readdir(join(DATA_DIR, folder))).toSorted();
  const step = Math.max(1, names.length / count);
  const chosen = names.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
  return Promise.all(chosen.map((name) => readFile(join(DATA_DIR, folder, name))));
}

/** A table of the data, such as `AmesHousing`, as CSV. */
export const readSharedTable = async (name: string): Promise<Buffer> =>
  gunzipSync(await readFile(join(DATA_DIR, 'tabular', `${name}.csv.gz`)));

/** Tests that need the shared cases. Where there are none they are skipped, which one test says by its name and on the console. */
export const describeWithCases = (name: string, tests: () => void): void => describeWith(CASES_DIR, name, tests);

/** Tests that need the shared photos; skipped like those that need the cases. */
export const describeWithPhotos = (name: string, tests: () => void): void => describeWith(DATA_DIR, name, tests);

/** Tests that need the shared tables; skipped likewise. */
export const describeWithTables = (name: string, tests: () => void): void =>
  describeWith(join(DATA_DIR, 'tabular'), name, tests);

function describeWith(folder: string, name: string, tests: () => void): void {
  if (existsSync(folder)) describe(name, tests);
  else describe(name, () => skipLoudly(folder, name));
}

function skipLoudly(folder: string, name: string): void {
  it(`is NOT tested: there is no ${folder}`, () => {
    process.stderr.write(`SKIPPED: ${name}: no ${folder}\n`);
    expect(existsSync(folder)).toBe(false);
  });
}
