import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseTooLarge, UNZIPPED_BYTES } from '../../lib/unzipped-size.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-size-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A folder with one file, which takes no space on the disk. */
function folder(name: string, bytes: number): string {
  mkdirSync(join(dir, name, 'deep'), { recursive: true });
  const file = join(dir, name, 'deep', 'file');
  writeFileSync(file, '');
  truncateSync(file, bytes);
  return join(dir, name);
}

describe('refuseTooLarge', () => {
  it('takes what Lambda takes to the byte, a function and its layer together', () => {
    const zip = folder('zip', 1000);
    expect(() => refuseTooLarge('Price', { zip, layer: folder('fits', UNZIPPED_BYTES - 1000) })).not.toThrow();
    expect(() => refuseTooLarge('Price', { zip, layer: folder('more', UNZIPPED_BYTES - 999) })).toThrow(
      'Price is 250.0 MB unzipped (zip 0.0 MB, layer 250.0 MB); Lambda takes 250.0 MB with all layers',
    );
  });
});
