import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAsset } from '../../bin/asset-facts.ts';
import { describeWithCases, readCase } from '../shared-cases.ts';

const factsFile = async (text: string | Uint8Array): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'facts-')), 'facts.json');
  await writeFile(file, text);
  return file;
};

describe('readAsset', () => {
  it('joins kind, facts and value, in dollars when no currency is named', async () => {
    const facts = await factsFile('{"yearBuilt": 1994}');
    expect(await readAsset({ kind: 'property', facts, value: 45_000_000 })).toEqual({
      kind: 'property',
      yearBuilt: 1994,
      valueCents: 45_000_000,
      currency: 'USD',
    });
  });

  it('keeps the currency of the facts', async () => {
    const facts = await factsFile('{"currency": "EUR"}');
    expect(await readAsset({ kind: 'property', facts, value: 1 })).toMatchObject({ currency: 'EUR', valueCents: 1 });
  });

  it('names the fact that is not one of the kind', async () => {
    const facts = await factsFile('{"odometerMiles": 10}');
    await expect(readAsset({ kind: 'property', facts })).rejects.toThrow(
      'the facts are not those of a property: facts.odometerMiles: expected no such field, received number 10',
    );
  });

  it('refuses a kind among the facts, which would contradict the one that is asked for', async () => {
    const facts = await factsFile('{"kind": "vehicle"}');
    await expect(readAsset({ kind: 'property', facts })).rejects.toThrow(/without a kind/);
  });

  it('says where the file is not JSON', async () => {
    await expect(readAsset({ kind: 'property', facts: await factsFile('{year: 1994}') })).rejects.toThrow(
      /is not JSON/,
    );
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff{"address": "Grüne Gasse 1"}')],
    ['UTF-16, little-endian', Buffer.from('\ufeff{"address": "Grüne Gasse 1"}', 'utf16le')],
    ['UTF-16, big-endian', Buffer.from('\ufeff{"address": "Grüne Gasse 1"}', 'utf16le').swap16()],
  ])('reads what editors on Windows write: %s', async (_, bytes) => {
    expect(await readAsset({ kind: 'property', facts: await factsFile(bytes) })).toMatchObject({
      address: 'Grüne Gasse 1',
    });
  });

  it('refuses a file that is not UTF-8', async () => {
    const facts = await factsFile(Buffer.from('{"address": "Gr\xfcne Gasse 1"}', 'latin1'));
    await expect(readAsset({ kind: 'property', facts })).rejects.toThrow(/expected UTF-8/);
  });

  it('refuses a list of facts', async () => {
    await expect(readAsset({ kind: 'property', facts: await factsFile('[1]') })).rejects.toThrow(/JSON object/);
  });

  it('says which file cannot be read', async () => {
    await expect(readAsset({ kind: 'property', facts: 'nowhere.json' })).rejects.toThrow(
      /nowhere\.json cannot be read/,
    );
  });
});

describeWithCases('readAsset of the shared cases', () => {
  it('reads facts with a byte order mark', async () => {
    const facts = await factsFile(await readCase('facts-bom.json'));
    expect(await readAsset({ kind: 'property', facts })).toMatchObject({
      kind: 'property',
      yearBuilt: expect.any(Number),
    });
  });
});
