import type { Box } from '../photos/photo-assessment.ts';
import type { Raster } from '../photos/raster.ts';
import type { InputSize, ModelInput } from './model-card.ts';

type Sides = { readonly widthPx: number; readonly heightPx: number };

/** The size to which a photo is scaled for a model. */
export type ResizePlan = Sides & { readonly fit: 'fill' | 'cover' };

/** In shares of width and height. */
const WHOLE_PHOTO: Box = { x: 0, y: 0, width: 1, height: 1 };

/**
 * The size to which the card scales a photo; undefined when its pixels are used unscaled.
 *
 * `tiles` need at least `px` on the short side; smaller photos are enlarged to that.
 */
export function planResize(size: InputSize, photo: Sides): ResizePlan | undefined {
  switch (size.mode) {
    case 'stretch':
      return { widthPx: size.widthPx, heightPx: size.heightPx, fit: 'fill' };
    case 'cover':
      return { widthPx: size.widthPx, heightPx: size.heightPx, fit: 'cover' };
    case 'shortSide':
      return { ...shortSideSize(size, photo), fit: 'fill' };
    case 'tiles':
      return tileSource(size.px, photo);
  }
}

function shortSideSize({ px, maxLongSidePx, multipleOf }: InputSize & { mode: 'shortSide' }, photo: Sides): Sides {
  const [short, long] = [Math.min(photo.widthPx, photo.heightPx), Math.max(photo.widthPx, photo.heightPx)];
  const scale = Math.min(px / short, maxLongSidePx / long);
  const rounded = (sidePx: number): number => Math.max(1, Math.round((sidePx * scale) / multipleOf)) * multipleOf;
  return { widthPx: rounded(photo.widthPx), heightPx: rounded(photo.heightPx) };
}

function tileSource(px: number, { widthPx, heightPx }: Sides): ResizePlan | undefined {
  if (Math.min(widthPx, heightPx) >= px) return undefined;
  const scale = px / Math.min(widthPx, heightPx);
  return {
    widthPx: Math.max(px, Math.round(widthPx * scale)),
    heightPx: Math.max(px, Math.round(heightPx * scale)),
    fit: 'fill',
  };
}

/** The part of the photo in the input: all of it, except for `cover`, which crops two edges. */
export function inputRegion(size: InputSize, photo: Sides): Box {
  if (size.mode !== 'cover') return WHOLE_PHOTO;
  const scale = Math.max(size.widthPx / photo.widthPx, size.heightPx / photo.heightPx);
  const width = Math.min(1, size.widthPx / (photo.widthPx * scale));
  const height = Math.min(1, size.heightPx / (photo.heightPx * scale));
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

/** The windows on which the model runs, one after the other: the resized photo, or tiles of it. */
export function inputWindows(size: InputSize, resized: Sides): readonly (Sides & { left: number; top: number })[] {
  if (size.mode !== 'tiles') return [{ left: 0, top: 0, ...resized }];
  const centres = size.count === 1 ? [CENTRE] : [CENTRE, ...QUADRANT_CENTRES];
  const place = (centre: number, sidePx: number): number =>
    Math.min(sidePx - size.px, Math.max(0, Math.round(centre * sidePx - size.px / 2)));
  return centres.map(([x, y]) => ({
    left: place(x, resized.widthPx),
    top: place(y, resized.heightPx),
    widthPx: size.px,
    heightPx: size.px,
  }));
}

/** Centres of the tiles, in shares of width and height: of the photo, and of each of its quarters. */
const CENTRE = [0.5, 0.5] as const;
/** Tiles 2 to 5, when the card has 5 tiles. */
const QUADRANT_CENTRES = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

/** The channel of an RGB pixel (0 red, 1 green, 2 blue) at each place of the input. */
const CHANNELS = { RGB: [0, 1, 2], BGR: [2, 1, 0] } as const;

export type Tensor = { readonly data: Float32Array; readonly shape: readonly [number, number, number, number] };

/** One window of an RGB picture as the model's input: scaled, channels in its order, in its layout. */
export function toTensor(input: ModelInput, picture: Raster, window: Sides & { left: number; top: number }): Tensor {
  const { widthPx, heightPx } = window;
  const planes = input.colorOrder === 'GRAY' ? 1 : 3;
  const data = new Float32Array(planes * widthPx * heightPx);
  // step between neighbouring pixels, and between channels, of the tensor
  const [step, planeStep] = input.layout === 'NCHW' ? [1, widthPx * heightPx] : [planes, 1];
  for (let plane = 0; plane < planes; plane += 1) {
    const scaled = scale(input, plane);
    for (let y = 0; y < heightPx; y += 1) {
      const from = ((window.top + y) * picture.widthPx + window.left) * 3;
      const row = { data, at: plane * planeStep + y * widthPx * step, step, widthPx };
      if (input.colorOrder === 'GRAY') fillLuma(picture.data, from, scaled, row);
      else fillChannel(picture.data, from + (CHANNELS[input.colorOrder][plane] ?? 0), scaled, row);
    }
  }
  const shape =
    input.layout === 'NCHW' ? ([1, planes, heightPx, widthPx] as const) : ([1, heightPx, widthPx, planes] as const);
  return { data, shape };
}

/** (value / 255 - mean) / std for each of the 256 values. */
function scale({ mean, std }: ModelInput, plane: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value / 255 - (mean[plane] ?? 0)) / (std[plane] ?? 1));
}

type Row = { readonly data: Float32Array; readonly at: number; readonly step: number; readonly widthPx: number };

// One function per layout, without branches in the loop, for V8's optimizer.

function fillChannel(pixels: Uint8Array, from: number, scaled: Float32Array, { data, at, step, widthPx }: Row): void {
  const end = at + widthPx * step;
  for (let to = at, pixel = from; to < end; to += step, pixel += 3) data[to] = scaled[pixels[pixel] ?? 0] ?? 0;
}

function fillLuma(pixels: Uint8Array, from: number, scaled: Float32Array, { data, at, step, widthPx }: Row): void {
  const end = at + widthPx * step;
  for (let to = at, pixel = from; to < end; to += step, pixel += 3) data[to] = scaled[lumaAt(pixels, pixel)] ?? 0;
}

/** ITU-R BT.601, in 1/256. */
const lumaAt = (pixels: Uint8Array, at: number): number =>
  (77 * (pixels[at] ?? 0) + 150 * (pixels[at + 1] ?? 0) + 29 * (pixels[at + 2] ?? 0)) >> 8;
