import { LIMITS } from '../platform/names/limits.ts';
import { type Canvas, type Colour, canvasOf, fill, type Point } from './canvas.ts';
import { captionOfFindings, captionOfVehicle, isDamaged } from './caption.ts';
import { certaintyInWords } from './certainty.ts';
import { kindInWords } from './finding-words.ts';
import { placeLabels } from './label-places.ts';
import type { Box, FindingKind, PhotoFinding, VehicleCondition } from './photo-assessment.ts';
import { drawPlate, PLATE_RULES, type Plate, plateOf, type Words } from './plate.ts';
import type { Raster } from './raster.ts';
import { type Rectangle, strokeDashes, strokeLoop } from './shapes.ts';

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
  /** below this share of the size of the font, the lines of a caption have no room */
  readableShare: 0.75,
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
  const plates = [
    ...captionsOf(findings, vehicle).map((words) => ({ ...captionOf(words, photo, unit), region: footOf(photo) })),
    ...findings.flatMap(({ finding }) =>
      finding.box ? [{ ...labelOf(finding, photo, unit), region: regionOf(finding.box, photo) }] : [],
    ),
  ];
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

function labelOf({ kind, confidenceRatio, experimental }: PhotoFinding, photo: Raster, unit: number): Plate {
  const colour = COLOURS[kind];
  const [ground, letters] = experimental ? [WHITE, colour] : [colour, WHITE];
  return plateOf(
    { lines: [`${kindInWords(kind)} ${certaintyInWords(confidenceRatio)}`], ground, letters },
    photo,
    unit,
  );
}

/** What no region shows. */
function captionsOf(findings: readonly DrawnFinding[], vehicle: VehicleCondition | undefined): Words[] {
  const nowhere = findings.map(({ finding }) => finding).filter(({ box }) => box === null);
  return [
    ...(vehicle && isDamaged(vehicle) ? [captionOfVehicle(vehicle)] : []),
    ...(nowhere.length > 0 ? [captionOfFindings(nowhere)] : []),
  ];
}

/** In lines; where they have no room, all in one line or each in two: a picture may be low or narrow. */
function captionOf(words: Words, photo: Raster, unit: number): Plate {
  const plate = (lines: readonly string[]): Plate => plateOf({ ...words, lines }, photo, unit);
  const list = plate(words.lines);
  if (list.textPx >= RULES.readableShare * PLATE_RULES.textPx * unit) return list;
  const others = [plate([words.lines.join(' · ')]), plate(words.lines.flatMap(halves))];
  return others.reduce((best, other) => (other.textPx > best.textPx ? other : best), list);
}

/** A line in two, at the space nearest to its middle. */
function halves(line: string): string[] {
  const offCentre = (at: number): number => Math.abs(at - line.length / 2);
  const spaces = [...line.matchAll(/ /g)].map(({ index }) => index);
  const [at = line.length] = spaces.toSorted((a, b) => offCentre(a) - offCentre(b));
  return [line.slice(0, at), line.slice(at + 1)].filter((half) => half !== '');
}

const regionOf = (box: Box, { widthPx, heightPx }: Size): Rectangle => ({
  left: box.x * widthPx,
  top: box.y * heightPx,
  width: box.width * widthPx,
  height: box.height * heightPx,
});

const footOf = ({ heightPx }: Size): Rectangle => ({ left: 0, top: heightPx, width: 0, height: 0 });
