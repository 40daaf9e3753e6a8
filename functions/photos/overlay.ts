import { LIMITS } from '../platform/names/limits.ts';
import { type Canvas, type Colour, canvasOf, fill, type Point } from './canvas.ts';
import { certaintyInWords } from './certainty.ts';
import { kindInWords } from './finding-words.ts';
import { placeLabels } from './label-places.ts';
import type { FindingKind, PhotoFinding, VehicleCondition } from './photo-assessment.ts';
import { drawPlate, PLATE_RULES, type Plate, plateOf } from './plate.ts';
import type { Raster } from './raster.ts';
import { type Rectangle, strokeDashes, strokeLoop } from './shapes.ts';
import { captionOf, isDamaged } from './vehicle-caption.ts';

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

/** How findings are drawn; lengths are in pixels of a picture 400 px wide, where it must be readable. Chosen by eye. */
export const OVERLAY_RULES = {
  /** the size that the lengths below are for; larger pictures scale them up, smaller ones are enlarged */
  shownWidthPx: 400,
  /** the same of pictures wider than 16:9 */
  shownHeightPx: 225,
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
} as const;

const RULES = OVERLAY_RULES;

type Seen = { readonly findings: readonly unknown[]; readonly vehicle?: VehicleCondition | undefined };

/** Whether there is something to draw on a photo: damage of a building, or of a vehicle. */
export const hasOverlay = ({ findings, vehicle }: Seen): boolean =>
  findings.length > 0 || (vehicle !== undefined && isDamaged(vehicle));

type Size = Pick<Raster, 'widthPx' | 'heightPx'>;

const scaleOf = ({ widthPx, heightPx }: Size): number =>
  Math.min(widthPx / RULES.shownWidthPx, heightPx / RULES.shownHeightPx);

/** The size of a photo's overlay: a photo too small for readable letters is enlarged, to LIMITS.workingPx a side at most. */
export function overlaySize(photo: Size): Size {
  const longestPx = Math.max(photo.widthPx, photo.heightPx);
  const factor = Math.min(1 / scaleOf(photo), LIMITS.workingPx / longestPx);
  if (factor <= 1) return { widthPx: photo.widthPx, heightPx: photo.heightPx };
  return { widthPx: Math.round(photo.widthPx * factor), heightPx: Math.round(photo.heightPx * factor) };
}

/**
 * A copy of the photo with what was found drawn on it. A finding is its region in the colour of its kind, cased in white so that
 * it shows on any photo, and a label with kind and confidence. What has no region, and the damage of a vehicle, is a caption at
 * the foot of the picture. Experimental findings are dashed, and their labels are white.
 *
 * @param photo of the size of an overlay
 */
export function drawFindings(photo: Raster, findings: readonly DrawnFinding[], vehicle?: VehicleCondition): Raster {
  const canvas = canvasOf(photo);
  const unit = Math.max(1, scaleOf(photo));
  for (const drawn of findings) drawRegion(canvas, drawn, unit);
  const labels = findings.map((drawn) => ({ ...labelOf(drawn.finding, photo, unit), region: regionOf(drawn, photo) }));
  const captions =
    vehicle && isDamaged(vehicle) ? [{ ...captionPlate(vehicle, photo, unit), region: footOf(photo) }] : [];
  const plates = [...captions, ...labels];
  const picture = { width: photo.widthPx, height: photo.heightPx };
  const places = placeLabels(plates, picture, PLATE_RULES.gapPx * unit);
  for (const [index, plate] of plates.entries()) {
    const place = places[index];
    if (place) drawPlate(canvas, plate, place, unit);
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

/** Kind and confidence; of a finding without a region its severity too, since no size shows it. */
function labelOf(
  { kind, severity, confidenceRatio, box, experimental }: PhotoFinding,
  photo: Raster,
  unit: number,
): Plate {
  const colour = COLOURS[kind];
  const [ground, letters] = experimental ? [WHITE, colour] : [colour, WHITE];
  const words = `${box ? '' : `${severity} `}${kindInWords(kind)}`;
  return plateOf({ lines: [`${words} ${certaintyInWords(confidenceRatio)}`], ground, letters }, photo, unit);
}

/** One line each for severity and parts, or all in one line where the picture is low, so that the letters stay readable. */
function captionPlate(vehicle: VehicleCondition, photo: Raster, unit: number): Plate {
  const caption = captionOf(vehicle);
  const list = plateOf(caption, photo, unit);
  const line = plateOf({ ...caption, lines: [caption.lines.join(' · ')] }, photo, unit);
  return line.textPx > list.textPx ? line : list;
}

/** A finding without a region is labelled at the foot of the picture. */
function regionOf({ finding: { box } }: DrawnFinding, { widthPx, heightPx }: Raster): Rectangle {
  if (!box) return footOf({ widthPx, heightPx });
  return { left: box.x * widthPx, top: box.y * heightPx, width: box.width * widthPx, height: box.height * heightPx };
}

const footOf = ({ heightPx }: Size): Rectangle => ({ left: 0, top: heightPx, width: 0, height: 0 });
