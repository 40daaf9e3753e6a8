import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const WIDTH_PX = 4000;
const HEIGHT_PX = 3000;
/** Gives 2.6 MB; 12-megapixel photos of phones have 2.7. */
const JPEG_QUALITY = 82;

/** Layers of brightness from broad to fine: cells across the picture, and how strongly each shows, in grey levels. */
const LAYERS = [
  { cells: 6, strength: 110 },
  { cells: 40, strength: 60 },
  { cells: 250, strength: 44 },
  { cells: 1300, strength: 28 },
  { cells: 4000, strength: 9 },
] as const;
/** Colour changes slowly across a photo. */
const TINT = { cells: 30, strength: 50 } as const;

/**
 * Writes 12-megapixel JPEGs with a photo's mixture of broad and fine detail, each different, and gives their paths.
 *
 * The same on every machine, up to the version of sharp.
 */
export async function makePhotos(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const path = join(folder, `photo-${String(seed).padStart(3, '0')}.jpg`);
    await writeFile(path, await makePhoto(seed));
    paths.push(path);
  }
  return paths;
}

/** One such photo. */
async function makePhoto(seed: number): Promise<Buffer> {
  const brightness = new Int16Array(WIDTH_PX * HEIGHT_PX).fill(128);
  // One after the other: a layer has 12 MB.
  for (const [layer, { cells, strength }] of LAYERS.entries()) {
    add(brightness, await noise(cells, seed * 100 + layer), strength);
  }
  const pixels = Buffer.alloc(WIDTH_PX * HEIGHT_PX * 3);
  for (const channel of [0, 1, 2]) {
    const tinted = Int16Array.from(brightness);
    add(tinted, await noise(TINT.cells, seed * 100 + 50 + channel), TINT.strength);
    for (let from = 0, at = channel; from < tinted.length; from += 1, at += 3) {
      pixels[at] = Math.max(0, Math.min(255, tinted[from] ?? 0));
    }
  }
  return sharp(pixels, { raw: { width: WIDTH_PX, height: HEIGHT_PX, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

function add(sum: Int16Array, layer: Uint8Array, strength: number): void {
  for (let at = 0; at < sum.length; at += 1) {
    sum[at] = (sum[at] ?? 0) + (((layer[at] ?? 128) - 128) * strength) / 128;
  }
}

/** Noise of so many cells across, smooth between them. */
async function noise(cells: number, seed: number): Promise<Buffer> {
  const rows = Math.round((cells * HEIGHT_PX) / WIDTH_PX);
  const pixels = Buffer.alloc(cells * rows);
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  for (let at = 0; at < pixels.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width: cells, height: rows, channels: 1 } })
    .resize(WIDTH_PX, HEIGHT_PX, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
}
