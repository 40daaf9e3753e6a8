import { mkdir, mkdtemp, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPhotos, type LeftOut, leftOutText, refuseUnfit } from '../../bin/photo-files.ts';
import { UsageError } from '../../bin/usage-error.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';

/** A new folder with these empty files; their folders are made, too. */
async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'photos-'));
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), '');
  }
  return folder;
}

/** What is found in a folder, by paths within it. */
async function foundIn(folder: string) {
  const { files, leftOut } = await findPhotos([folder]);
  return {
    files: files.map((file) => relative(folder, file)),
    leftOut: Object.fromEntries(leftOut.map(({ file, reason }) => [relative(folder, file), reason])),
  };
}

describe('findPhotos', () => {
  it('takes the photos of a folder and of those in it, in the order of their names', async () => {
    const folder = await folderWith('c.webp', 'a.JPG', 'b/a.JPG', 'b/c/d.jfif', 'e.Jpe', 'b.png');

    expect((await foundIn(folder)).files).toEqual(['a.JPG', 'b/a.JPG', 'b/c/d.jfif', 'b.png', 'c.webp', 'e.Jpe']);
  });

  it('says what it leaves out, and why', async () => {
    const folder = await folderWith('a.jpg', '._a.jpg', '.cache/b.jpg', '__MACOSX/c.jpg', 'IMG_1.HEIC', 'notes.txt');

    expect(await foundIn(folder)).toEqual({
      files: ['a.jpg'],
      leftOut: {
        '._a.jpg': 'hidden or a companion of macOS',
        '.cache': 'hidden or a companion of macOS',
        __MACOSX: 'hidden or a companion of macOS',
        'IMG_1.HEIC': expect.stringMatching(/^not a JPEG, PNG or WebP by its ending \(\.jpg, \.jpeg,/),
        'notes.txt': expect.stringMatching(/^not a JPEG, PNG or WebP/),
      },
    });
  });

  it('enters a folder that is named like a photo', async () => {
    expect((await foundIn(await folderWith('x.jpg/a.jpg'))).files).toEqual(['x.jpg/a.jpg']);
  });

  it('follows links, but neither to nothing nor twice to the same folder', async () => {
    const folder = await folderWith('a.jpg', 'sub/b.jpg');
    await symlink('nowhere.jpg', join(folder, 'dead.jpg'));
    await symlink('a.jpg', join(folder, 'link.jpg'));
    await symlink('..', join(folder, 'sub', 'loop'));

    expect(await foundIn(folder)).toEqual({
      files: ['a.jpg', 'link.jpg', 'sub/b.jpg'],
      leftOut: { 'dead.jpg': 'a link to nothing', 'sub/loop': 'a link to a folder that was read' },
    });
  });

  it('takes a named file whatever its ending, for its content will tell', async () => {
    const folder = await folderWith('scan.dat');

    expect(await findPhotos([join(folder, 'scan.dat')])).toEqual({ files: [join(folder, 'scan.dat')], leftOut: [] });
  });

  it('refuses a path with nothing at it', async () => {
    await expect(findPhotos(['no/such/place'])).rejects.toThrow(UsageError);
  });

  it('refuses what is neither a file nor a folder', async () => {
    await expect(findPhotos(['/dev/null'])).rejects.toThrow('/dev/null is neither');
  });

  it('refuses a folder without photos, and says what is there', async () => {
    await expect(findPhotos([await folderWith()])).rejects.toThrow(/there are none$/);
    await expect(findPhotos([await folderWith('sub/IMG_1.HEIC')])).rejects.toThrow(
      /there are none\nLeft out 1 file, .*IMG_1\.HEIC$/,
    );
  });
});

describe('leftOutText', () => {
  const leftOut = (count: number, reason: string): LeftOut[] =>
    Array.from({ length: count }, (_, index) => ({ file: `${reason} ${index}`, reason }));

  it('says each reason with its number, and names a few', () => {
    expect(leftOutText([...leftOut(5, 'hidden'), ...leftOut(1, 'a link to nothing')])).toBe(
      'Left out 5 files, hidden: hidden 0, hidden 1, hidden 2 and 2 more\n' +
        'Left out 1 file, a link to nothing: a link to nothing 0\n',
    );
  });

  it('says nothing when nothing is left out', () => {
    expect(leftOutText([])).toBe('');
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

  it('names the file that is not there, or may not be read', async () => {
    await expect(refuseUnfit(['nowhere.jpg'])).rejects.toThrow('nowhere.jpg cannot be read');
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
