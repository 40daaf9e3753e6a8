import { mkdir, mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { photoFiles, refuseUnfit } from '../../bin/photo-files.ts';
import { UsageError } from '../../bin/usage-error.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';

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

describe('refuseUnfit', () => {
  it('names the limit when there are too many', async () => {
    const files = Array.from({ length: LIMITS.photosPerJob + 1 }, (_, index) => `${index}.jpg`);
    await expect(refuseUnfit(files)).rejects.toThrow(/at most 100 photos for a job; these are 101/);
  });

  it('names the file whose ending is none of a photo', async () => {
    const folder = await folderWith('notes.txt');
    await expect(refuseUnfit([join(folder, 'notes.txt')])).rejects.toThrow(/notes\.txt/);
  });

  it('names the file that is empty', async () => {
    const folder = await folderWith('a.jpg');
    await expect(refuseUnfit([join(folder, 'a.jpg')])).rejects.toThrow(/a\.jpg is empty/);
  });

  it('names the file that is larger than a form takes', async () => {
    const folder = await folderWith('a.jpg');
    await truncate(join(folder, 'a.jpg'), LIMITS.photoBytes + 1);
    await expect(refuseUnfit([join(folder, 'a.jpg')])).rejects.toThrow(/at most 8388608 bytes.*has 8388609/);
  });
});
