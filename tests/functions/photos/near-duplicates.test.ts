import { describe, expect, it } from 'vitest';
import { groupNearDuplicates } from '../../../functions/photos/near-duplicates.ts';
import { orientationsOf } from '../../../functions/photos/perceptual-hash.ts';

/** The hashes of a picture in all orientations, in hex. */
const turned = (hash: string): string[] =>
  orientationsOf(hash).map((halves) => halves.map((half) => half.toString(16).padStart(8, '0')).join(''));

const hashed = (...hashes: readonly string[]) =>
  hashes.map((phash, index) => ({ photoId: `p${index + 1}`, phash: phash.padStart(16, '0') }));

describe('groupNearDuplicates', () => {
  it('takes hashes that differ in 8 bits for one picture, in 9 for two', () => {
    expect(groupNearDuplicates(hashed('0', 'ff'))).toEqual([['p1', 'p2']]);
    expect(groupNearDuplicates(hashed('0', '1ff'))).toEqual([['p1'], ['p2']]);
  });

  it('joins a photo that is near any of a group', () => {
    expect(groupNearDuplicates(hashed('0', 'ff', 'ffff'))).toEqual([['p1', 'p2', 'p3']]);
  });

  it('puts each photo into one group, in the order given', () => {
    expect(groupNearDuplicates(hashed('ffffffff', '0', 'ffffffff00000000', '1', 'fffffff0'))).toEqual([
      ['p1', 'p5'],
      ['p2', 'p4'],
      ['p3'],
    ]);
  });

  it('takes a picture and its mirrored and turned copies for one, whichever comes first', () => {
    const all = turned('e1c3870f1e3c78f0');

    expect(groupNearDuplicates(hashed(...all))).toHaveLength(1);
    expect(groupNearDuplicates(hashed(...all.toReversed()))).toHaveLength(1);
  });

  it('takes the left side of a thing and its right side for two, though they are mirror images', () => {
    const [one = '', , mirrored = ''] = turned('e1c3870f1e3c78f0');
    const sides = (left: string, right: string | undefined) =>
      groupNearDuplicates([
        { photoId: 'p1', phash: one, side: left },
        { photoId: 'p2', phash: mirrored, side: right },
      ]);

    expect(sides('left', 'right')).toHaveLength(2);
    expect(sides('left', 'left')).toHaveLength(1);
    expect(sides('left', undefined)).toHaveLength(1);
  });

  it('takes the very same picture for one, whatever its owner says of it', () => {
    const photos = ['left', 'right'].map((side, index) => ({ photoId: `p${index}`, phash: 'e1c3870f1e3c78f0', side }));

    expect(groupNearDuplicates(photos)).toHaveLength(1);
  });

  it('groups no photo without a hash with any other', () => {
    const photos = [...hashed('0'), { photoId: 'p2', phash: null }, { photoId: 'p3', phash: null }];

    expect(groupNearDuplicates(photos)).toEqual([['p1'], ['p2'], ['p3']]);
  });
});
