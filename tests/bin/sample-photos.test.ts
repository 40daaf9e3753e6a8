import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSamplePhotos } from '../../bin/sample-photos.ts';
import { groupNearDuplicates } from '../../functions/photos/near-duplicates.ts';
import { perceptualHash } from '../../functions/photos/perceptual-hash.ts';
import { greyCopy, openPhoto } from '../../functions/photos/photo-runtime.ts';
import { temporaryFolder } from '../functions/condition/tiny-models.ts';

describe('writeSamplePhotos', () => {
  it('renders four different photos of a house', { timeout: 30_000 }, async () => {
    const paths = await writeSamplePhotos(await temporaryFolder());

    const hashed = await Promise.all(
      paths.map(async (path) => {
        const photo = await openPhoto(await readFile(path));
        if (photo.status !== 'readable') throw new Error(photo.detail);
        return { photoId: basename(path), phash: perceptualHash(await greyCopy(photo.working, 64)) };
      }),
    );
    expect(groupNearDuplicates(hashed)).toEqual([
      ['facade.jpg'],
      ['kitchen.jpg'],
      ['bathroom.jpg'],
      ['living-room-wall.jpg'],
    ]);
  });
});
