import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assetHashOf, normalizeModes } from '../../lib/file-modes.ts';

let assembly: string;
beforeEach(() => {
  assembly = mkdtempSync(join(tmpdir(), 'fettle-modes-'));
  mkdirSync(join(assembly, 'asset.1/models'), { recursive: true });
  for (const file of ['asset.1/index.mjs', 'asset.1/models/card.json', 'asset.1/run', 'manifest.json']) {
    writeFileSync(join(assembly, file), file);
    chmodSync(join(assembly, file), 0o600);
  }
  chmodSync(join(assembly, 'asset.1/run'), 0o700);
  for (const folder of ['asset.1/models', 'asset.1']) chmodSync(join(assembly, folder), 0o700);
});
afterEach(() => rmSync(assembly, { recursive: true }));

const modeOf = (path: string) => (statSync(join(assembly, path)).mode & 0o777).toString(8);

describe('normalizeModes', () => {
  it('makes an asset readable to everyone, and executable where its owner may execute it', () => {
    normalizeModes(assembly);
    expect(
      ['asset.1', 'asset.1/models', 'asset.1/run', 'asset.1/index.mjs', 'asset.1/models/card.json'].map(modeOf),
    ).toEqual(['755', '755', '755', '644', '644']);
  });

  it('leaves alone what is no asset', () => {
    normalizeModes(assembly);
    expect(modeOf('manifest.json')).toBe('600');
  });
});

describe('assetHashOf', () => {
  it('is another than the CDK’s, which was also that of wrong modes', () => {
    const dir = join(assembly, 'asset.1');
    expect(assetHashOf(dir)).not.toBe(FileSystem.fingerprint(dir));
  });

  it('changes with the content', () => {
    const dir = join(assembly, 'asset.1');
    const before = assetHashOf(dir);
    writeFileSync(join(dir, 'index.mjs'), 'changed');
    expect(assetHashOf(dir)).not.toBe(before);
  });
});
