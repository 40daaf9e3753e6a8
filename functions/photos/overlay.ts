import { type Canvas, type Colour, canvasOf, fill, type Point } from './canvas.ts';
import { certaintyInWords } from './certainty.ts';
import { kindInWords } from './finding-words.ts';
import { placeLabels } from './label-places.ts';
import { CAPITAL_HEIGHT, textPolygons, textWidthPx } from './lettering.ts';
import type { FindingKind, PhotoFinding } from './photo-assessment.ts';
import type { Raster } from './raster.ts';
import { type Rectangle, roundedRectangle, strokeDashes, strokeLoop } from './shapes.ts';

/** A finding and the line around it, in shares of the photo's width and height; no line: only its label is shown. */
export type DrawnFinding = { readonly finding: PhotoFinding; readonly outline: readonly (readonly Point[])[] };

/** RGB 0..255: unlike one another and unlike walls, brick and grass; dark enough for white letters. Chosen by eye. */
const COLOURS: Record<FindingKind, Colour> = {
  crack: [214, 40, 57],
  damp_stain: [0, 103, 194],
  peeling_paint: [186, 82, 0],
  mould: [24, 121, 78],
  spalling: [130, 63, 196],
  hole: [194, 24, 120],
  broken_window: [0, 118, 133],
  roof_damage: [125, 84, 10],
  unknown_damage: [84, 84, 92],
  destroyed: [72, 12, 20],
};
/** RGB 0..255. */
const WHITE: Colour = [255, 255, 255];
/** RGB 0..255. */
const BLACK: Colour = [0, 0, 0];

/** How findings are drawn; lengths are in pixels of a picture 400 px wide, where it must be readable. Chosen by eye. */
export const OVERLAY_RULES = {
  /** the width that the lengths below are for; wider pictures scale them up */
  shownWidthPx: 400,
  /** the size of the font of labels */
  textPx: 12,
  /** between a label's text and its edge */
  labelPaddingPx: 5,
  /** between labels, and between a label and its region */
  gapPx: 3,
  /** the coloured line around a region */
  linePx: 2,
  /** the white casing below the line, line included */
  casingPx: 4,
  /** dashes around experimental findings, and the gaps between them */
  dashPx: 6,
  /** of the colour over the region */
  regionOpacity: 0.22,
  /** of the casing; half of it for experimental findings */
  casingOpacity: 0.85,
  /** of the shadow below labels */
  shadowOpacity: 0.35,
} as const;

const RULES = OVERLAY_RULES;

/**
 * A copy of the photo with its findings drawn on it: the region in the colour of its kind, cased in white so that it shows
 * on any photo, and a label with kind and confidence. Experimental findings are dashed, and their labels are white.
 */
export function drawFindings(photo: Raster, findings: readonly DrawnFinding[]): Raster {
  const canvas = canvasOf(photo);
  const unit = photo.widthPx / RULES.shownWidthPx;
  for (const drawn of findings) drawRegion(canvas, drawn, unit);
  const labels = findings.map((drawn) => ({ ...labelOf(drawn.finding, photo, unit), region: regionOf(drawn, photo) }));
  const places = placeLabels(labels, { width: photo.widthPx, height: photo.heightPx }, RULES.gapPx * unit);
  for (const [index, label] of labels.entries()) {
    const place = places[index];
    if (place) drawLabel(canvas, label, place, unit);
  }
  return canvas;
}

function drawRegion(canvas: Canvas, { finding, outline }: DrawnFinding, unit: number): void {
  const colour = COLOURS[finding.kind];
  const loops = outline.map((loop) => loop.map(([x, y]): Point => [x * canvas.widthPx, y * canvas.heightPx]));
  fill(canvas, loops, colour, RULES.regionOpacity);
  fill(
    canvas,
    loops.flatMap((loop) => strokeLoop(loop, RULES.casingPx * unit)),
    WHITE,
    finding.experimental ? RULES.casingOpacity / 2 : RULES.casingOpacity,
  );
  const line = finding.experimental
    ? loops.flatMap((loop) => strokeDashes(loop, RULES.linePx * unit, RULES.dashPx * unit))
    : loops.flatMap((loop) => strokeLoop(loop, RULES.linePx * unit));
  fill(canvas, line, colour);
}

type Label = {
  readonly text: string;
  readonly textPx: number;
  readonly size: { width: number; height: number };
  readonly finding: PhotoFinding;
};

/** As large as the text asks for, and smaller where the picture is too narrow for it. */
function labelOf(finding: PhotoFinding, { widthPx }: Raster, unit: number): Label {
  const text = `${kindInWords(finding.kind)} ${certaintyInWords(finding.confidenceRatio)}`;
  const padding = 2 * (RULES.labelPaddingPx + RULES.gapPx) * unit;
  const textPx = Math.min(RULES.textPx * unit, (widthPx - padding) / textWidthPx(text, 1));
  const width = textWidthPx(text, textPx) + 2 * RULES.labelPaddingPx * unit;
  return { text, textPx, size: { width, height: textPx * CAPITAL_HEIGHT + 2 * RULES.labelPaddingPx * unit }, finding };
}

function drawLabel(canvas: Canvas, { text, textPx, finding }: Label, place: Rectangle, unit: number): void {
  const radius = place.height / 3;
  const colour = COLOURS[finding.kind];
  const [ground, letters] = finding.experimental ? [WHITE, colour] : [colour, WHITE];
  fill(
    canvas,
    [roundedRectangle(grown({ ...place, top: place.top + unit }, unit), radius + unit)],
    BLACK,
    RULES.shadowOpacity,
  );
  fill(canvas, [roundedRectangle(grown(place, unit), radius + unit)], letters);
  fill(canvas, [roundedRectangle(place, radius)], ground);
  const baseline = place.top + place.height - RULES.labelPaddingPx * unit;
  fill(canvas, textPolygons(text, [place.left + RULES.labelPaddingPx * unit, baseline], textPx), letters);
}

const grown = ({ left, top, width, height }: Rectangle, by: number): Rectangle => ({
  left: left - by,
  top: top - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** A finding without a region is labelled at the foot of the picture. */
function regionOf({ finding: { box } }: DrawnFinding, { widthPx, heightPx }: Raster): Rectangle {
  if (!box) return { left: 0, top: heightPx, width: 0, height: 0 };
  return { left: box.x * widthPx, top: box.y * heightPx, width: box.width * widthPx, height: box.height * heightPx };
}
