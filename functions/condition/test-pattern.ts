import type { Raster } from '../photos/raster.ts';

/** A picture computed from a formula, in training and at runtime, to compare a model's golden outputs. */
export function testPattern(pattern: 'weave' | 'grey', widthPx: number, heightPx: number): Raster {
  const data = new Uint8Array(widthPx * heightPx * 3).fill(128);
  if (pattern === 'grey') return { data, widthPx, heightPx, channels: 3 };
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      for (let c = 0; c < 3; c += 1, at += 1) {
        data[at] = x * (7 + 2 * c) + y * (3 + 4 * c) + ((x * y) >> 4) * (c + 1);
      }
    }
  }
  return { data, widthPx, heightPx, channels: 3 };
}
