import { openTiff, readFolder, uint16 } from './tiff.ts';

/** How a stored picture becomes upright: mirrored left to right, if so, and then turned clockwise. */
export type Orientation = { readonly mirrored: boolean; readonly degrees: 0 | 90 | 180 | 270 };

/** The tag `Orientation` (TIFF 6.0). */
const ORIENTATION = 0x0112;

/** By the value of the tag, 1 to 8 (Exif 2.32, 4.6.4). */
const ORIENTATIONS: readonly Orientation[] = [
  { mirrored: false, degrees: 0 },
  { mirrored: true, degrees: 0 },
  { mirrored: false, degrees: 180 },
  { mirrored: true, degrees: 180 },
  { mirrored: true, degrees: 270 },
  { mirrored: false, degrees: 90 },
  { mirrored: true, degrees: 90 },
  { mirrored: false, degrees: 270 },
];

/** Of a photo that states no orientation. */
const UPRIGHT: Orientation = { mirrored: false, degrees: 0 };

/** The orientation that an EXIF block states; upright when it states none. */
export function orientationOf(exif: Uint8Array | undefined): Orientation {
  const tiff = exif && openTiff(exif);
  const entry = tiff && readFolder(tiff).get(ORIENTATION);
  return (entry && ORIENTATIONS[uint16(tiff, entry.valueOffset) - 1]) ?? UPRIGHT;
}

/** Whether width and height are exchanged. */
export const isOnItsSide = ({ degrees }: Orientation): boolean => degrees === 90 || degrees === 270;
