import { type Canvas, type Colour, fill } from './canvas.ts';
import { CAPITAL_HEIGHT, textPolygons, textWidthPx } from './lettering.ts';
import { type Rectangle, roundedRectangle } from './shapes.ts';

/** RGB 0..255. */
const BLACK: Colour = [0, 0, 0];

/** How plates are drawn; lengths are in pixels of a picture 400 px wide, where they must be readable. Chosen by eye. */
export const PLATE_RULES = {
  /** the size of the font */
  textPx: 12,
  /** from baseline to baseline / size of the font */
  lineHeight: 1.25,
  /** between the text and the edge */
  paddingPx: 5,
  /** between plates, and between a plate and its region */
  gapPx: 3,
  /** of the shadow below */
  shadowOpacity: 0.35,
} as const;

const RULES = PLATE_RULES;

/** Lines of text on a coloured ground. */
export type Plate = {
  readonly lines: readonly string[];
  readonly ground: Colour;
  readonly letters: Colour;
  readonly textPx: number;
  readonly size: { readonly width: number; readonly height: number };
};

/** What a plate says, and in which colours. */
export type Words = Pick<Plate, 'lines' | 'ground' | 'letters'>;
type Picture = { readonly widthPx: number; readonly heightPx: number };

/**
 * A plate as large as its text asks for, and smaller where the picture is too narrow or too low for it.
 *
 * @param unit pixels of the picture for one of the rules
 */
export function plateOf(words: Words, { widthPx, heightPx }: Picture, unit: number): Plate {
  const padding = 2 * RULES.paddingPx * unit;
  const around = padding + 2 * RULES.gapPx * unit;
  const widest = Math.max(...words.lines.map((line) => textWidthPx(line, 1)));
  const tallest = CAPITAL_HEIGHT + (words.lines.length - 1) * RULES.lineHeight;
  const room = Math.min((widthPx - around) / widest, (heightPx - around) / tallest);
  const textPx = Math.max(1, Math.min(RULES.textPx * unit, room));
  return { ...words, textPx, size: { width: widest * textPx + padding, height: tallest * textPx + padding } };
}

/** Draws a plate at its place, with a line around it in the colour of its letters and a shadow. */
export function drawPlate(canvas: Canvas, plate: Plate, place: Rectangle, unit: number): void {
  const { lines, ground, letters, textPx } = plate;
  const radius = Math.min(place.height, textPx * 2) / 3;
  fill(
    canvas,
    [roundedRectangle(grown({ ...place, top: place.top + unit }, unit), radius + unit)],
    BLACK,
    RULES.shadowOpacity,
  );
  fill(canvas, [roundedRectangle(grown(place, unit), radius + unit)], letters);
  fill(canvas, [roundedRectangle(place, radius)], ground);
  const left = place.left + RULES.paddingPx * unit;
  const last = place.top + place.height - RULES.paddingPx * unit;
  for (const [index, line] of lines.entries()) {
    const baseline = last - (lines.length - 1 - index) * RULES.lineHeight * textPx;
    fill(canvas, textPolygons(line, [left, baseline], textPx), letters);
  }
}

const grown = ({ left, top, width, height }: Rectangle, by: number): Rectangle => ({
  left: left - by,
  top: top - by,
  width: width + 2 * by,
  height: height + 2 * by,
});
