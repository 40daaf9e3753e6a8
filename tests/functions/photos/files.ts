import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Pictures that tests need, as files. Same arguments, same bytes. */

const scenes = new Map<string, Buffer>();

/** RGB pixels with structure at every scale: slow waves, edges and a little grain. */
export function scene(widthPx: number, heightPx: number, seed = 1): Buffer {
  const name = `${widthPx} ${heightPx} ${seed}`;
  const pixels = scenes.get(name) ?? drawScene(widthPx, heightPx, seed);
  scenes.set(name, pixels);
  return pixels;
}

function drawScene(widthPx: number, heightPx: number, seed: number): Buffer {
  const pixels = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const [u, v] = [x / widthPx, y / heightPx];
      const wave = Math.sin((u * 5 + v * 3) * (1 + seed * 0.37)) + Math.cos((v * 7 - u * 2) * (1 + seed * 0.21) + seed);
      const edge = Math.floor(u * (5 + seed)) % 2 === Math.floor(v * (4 + seed)) % 2 ? 30 : -30;
      const grain = (Math.imul(x * 73_856_093 + y * 19_349_663, 2_654_435_761) >>> 28) - 8;
      for (const tint of [20, 0, -20]) pixels[at++] = 128 + wave * 40 + edge + grain + tint;
    }
  }
  return pixels;
}

export const picture = (widthPx = 640, heightPx = 480, seed = 1): Sharp =>
  sharp(scene(widthPx, heightPx, seed), { raw: { width: widthPx, height: heightPx, channels: 3 } });

export const jpeg = (widthPx = 640, heightPx = 480, seed = 1): Promise<Buffer> =>
  picture(widthPx, heightPx, seed).jpeg({ quality: 90 }).toBuffer();

/** A PNG chunk: length, type, content, checksum. */
export function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const HEADER_END = SIGNATURE.length + 25;

/** A PNG that claims this size and holds next to nothing. */
export function bombPng(sidePx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(64)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A still PNG that announces an animation of so many frames. */
export async function animatedPng(frames = 2): Promise<Buffer> {
  const still = await picture(80, 80).png().toBuffer();
  const announcement = chunk('acTL', Buffer.from([0, 0, 0, frames, 0, 0, 0, 0]));
  return Buffer.concat([still.subarray(0, HEADER_END), announcement, still.subarray(HEADER_END)]);
}

export async function animatedWebp(frames = 2): Promise<Buffer> {
  const pictures = await Promise.all([1, 2].map((seed) => picture(80, 80, seed).png().toBuffer()));
  const file = await sharp(pictures, { join: { animated: true } })
    .webp()
    .toBuffer();
  // Of one frame: what stands before the second.
  return frames === 1 ? file.subarray(0, file.lastIndexOf('ANMF')) : file;
}
