import { describe, expect, it } from 'vitest';
import { groupNearDuplicates } from '../../../functions/photos/near-duplicates.ts';

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

  it('groups no photo without a hash with any other', () => {
    const photos = [...hashed('0'), { photoId: 'p2', phash: null }, { photoId: 'p3', phash: null }];

    expect(groupNearDuplicates(photos)).toEqual([['p1'], ['p2'], ['p3']]);
  });
});
