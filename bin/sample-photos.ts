import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Canvas, fill, type Point } from '../functions/photos/canvas.ts';
import { encodeJpeg } from '../functions/photos/photo-runtime.ts';
import { bathroom } from './sample/bathroom.ts';
import { facade } from './sample/facade.ts';
import { kitchen } from './sample/kitchen.ts';
import { randomNumbers, type Scene } from './sample/shapes.ts';
import { crackedWall } from './sample/wall.ts';

const WIDTH_PX = 1280;
const HEIGHT_PX = 960;
/** Grey levels of simulated camera noise. */
const GRAIN = 7;
/** Vignetting: how much darker the corners are. */
const VIGNETTE = 0.22;

/**
 * Renders the sample, four pictures of one house, into `folder/sample`, and returns their paths.
 *
 * Drawn by code, so that no photo with a licence is shipped; the same on every machine.
 */
export async function writeSamplePhotos(folder: string): Promise<string[]> {
  const place = join(folder, 'sample');
  await mkdir(place, { recursive: true });
  const paths: string[] = [];
  // One after the other: each is 4 MB of pixels.
  for (const scene of [facade(), kitchen(), bathroom(), crackedWall()]) paths.push(await write(scene, place));
  return paths;
}

/** Renders one picture of the sample, the kitchen, into `folder`, and returns its path. */
export const writeSamplePhoto = (folder: string): Promise<string> => write(kitchen(), folder);

async function write(scene: Scene, folder: string): Promise<string> {
  const path = join(folder, `${scene.name}.jpg`);
  await writeFile(path, await encodeJpeg(render(scene)));
  return path;
}

function render({ shapes }: Scene): Canvas {
  const canvas: Canvas = {
    data: new Uint8Array(WIDTH_PX * HEIGHT_PX * 3),
    widthPx: WIDTH_PX,
    heightPx: HEIGHT_PX,
    channels: 3,
  };
  for (const { polygon, colour, opacity } of shapes) {
    fill(canvas, [polygon.map(([x, y]): Point => [x * WIDTH_PX, y * HEIGHT_PX])], colour, opacity);
  }
  addLight(canvas);
  return canvas;
}

/** Light from the upper left, darker corners, grain. */
function addLight({ data, widthPx, heightPx }: Canvas): void {
  const random = randomNumbers(1);
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    const v = y / heightPx - 0.45;
    for (let x = 0; x < widthPx; x += 1) {
      const u = x / widthPx - 0.45;
      const light = 1.06 - VIGNETTE * (u * u + v * v) * 2 - 0.06 * (u + v);
      const grain = (random() - 0.5) * 2 * GRAIN;
      for (let channel = 0; channel < 3; channel += 1, at += 1) {
        data[at] = Math.max(0, Math.min(255, (data[at] ?? 0) * light + grain));
      }
    }
  }
}
