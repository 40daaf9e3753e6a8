import sharp, { type Sharp } from 'sharp';
import type { Photo } from './client.ts';

type Size = { readonly widthPx?: number; readonly heightPx?: number };

/** A picture of coloured noise, which is no near duplicate of another seed's. */
export function picture(seed: number, { widthPx = 200, heightPx = 150 }: Size = {}): Sharp {
  const cells = { width: 8, height: 6, channels: 3 } as const;
  let state = seed + 1;
  const pixels = Uint8Array.from({ length: cells.width * cells.height * cells.channels }, () => {
    // Lehmer's generator: the same photo for the same seed.
    state = (state * 48_271) % 2_147_483_647;
    return state & 255;
  });
  return sharp(pixels, { raw: cells }).resize(widthPx, heightPx, { fit: 'fill', kernel: 'cubic' });
}

/** A small JPEG. */
export async function smallPhoto(seed: number, size?: Size): Promise<Photo> {
  const content = await picture(seed, size).jpeg().toBuffer();
  return { filename: `photo-${seed}.jpg`, contentType: 'image/jpeg', content: new Uint8Array(content) };
}

/** Small JPEGs, each unlike the others. */
export const smallPhotos = (count: number, firstSeed = 1): Promise<Photo[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => smallPhoto(firstSeed + index)));

/** A page of lines of text, each drawn as a bar. */
export async function pagePhoto(): Promise<Photo> {
  const [width, height, margin, spacing] = [850, 1200, 90, 28];
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const [row, within] = [Math.floor(y / spacing), y % spacing];
    const isLine = row >= 5 && row < 39 && within < 9 && x >= margin && x < margin + 400 + ((row * 97) % 270);
    const isTitle = y >= 70 && y < 94 && x >= margin && x < margin + 330;
    return isLine || isTitle ? 50 : 250;
  });
  const content = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .jpeg()
    .toBuffer();
  return { filename: 'page.jpg', contentType: 'image/jpeg', content: new Uint8Array(content) };
}
