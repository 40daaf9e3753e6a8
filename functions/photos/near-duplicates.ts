import { bitsOf, type HashBits, hammingDistance, orientationsOf } from './perceptual-hash.ts';

/**
 * Hashes that differ in at most this many of 64 bits belong to the same picture, in any of its eight orientations.
 *
 * Measured on 495 listing photos of the validation data: copies at half the size and JPEG quality 60 differ in at most 3 bits,
 * brightened ones in 7, mirrored ones and those turned by 90, 180 and 270 degrees in 6; of the 122,265 pairs of different photos
 * none differs in fewer than 13 bits as they are, and none in fewer than 12 in any orientation. Of 159 close-ups of walls, of which
 * many frequencies are noise, 83 % of mirrored copies are recognised.
 */
export const NEAR_DUPLICATE_BITS = 8;

type Hashed = {
  readonly photoId: string;
  readonly phash: string | null;
  /** which side of the thing it shows, as its owner says: its sides may be mirror images of each other, and are two pictures */
  readonly side?: string | undefined;
};

type Prepared = Hashed & { readonly bits: HashBits | undefined; readonly orientations: readonly HashBits[] };

/**
 * Groups of photos that show the same picture, mirrored and turned ones too: each photo in exactly one group, groups and members
 * in the order given. A photo without a hash has a group of its own.
 */
export function groupNearDuplicates(photos: readonly Hashed[]): string[][] {
  const groups: Prepared[][] = [];
  for (const photo of photos.map(prepared)) {
    const group = groups.find((members) => members.some((member) => isNear(member, photo)));
    if (group) group.push(photo);
    else groups.push([photo]);
  }
  return groups.map((members) => members.map(({ photoId }) => photoId));
}

const prepared = (photo: Hashed): Prepared => ({
  ...photo,
  bits: photo.phash === null ? undefined : bitsOf(photo.phash),
  orientations: photo.phash === null ? [] : orientationsOf(photo.phash),
});

function isNear({ orientations, side: one }: Prepared, { bits, side: other }: Prepared): boolean {
  if (!bits) return false;
  const areOpposite = one !== undefined && other !== undefined && one !== other;
  // The first orientation is the picture as it is.
  return orientations
    .slice(0, areOpposite ? 1 : undefined)
    .some((turned) => hammingDistance(turned, bits) <= NEAR_DUPLICATE_BITS);
}
