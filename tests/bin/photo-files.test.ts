import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { photoFiles } from '../../bin/photo-files.ts';
import { UsageError } from '../../bin/usage-error.ts';

async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'photos-'));
  for (const name of names) await writeFile(join(folder, name), '');
  return folder;
}

describe('photoFiles', () => {
  it('takes the photos of a folder in the order of their names, and nothing else', async () => {
    const folder = await folderWith('b.png', 'a.JPG', 'notes.txt', 'c.webp');
    expect(await photoFiles([folder])).toEqual(['a.JPG', 'b.png', 'c.webp'].map((name) => join(folder, name)));
  });

  it('takes a named file whatever its ending, for its content will tell', async () => {
    const folder = await folderWith('scan.dat');
    expect(await photoFiles([join(folder, 'scan.dat')])).toEqual([join(folder, 'scan.dat')]);
  });

  it('refuses a path with nothing at it', async () => {
    await expect(photoFiles(['no/such/place'])).rejects.toThrow(UsageError);
  });

  it('refuses a folder without photos', async () => {
    const folder = await folderWith('notes.txt');
    await mkdir(join(folder, 'sub'));
    await expect(photoFiles([folder])).rejects.toThrow(/there are none/);
  });
});
