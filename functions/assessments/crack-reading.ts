import type { CrackShape } from '../photos/finding-size.ts';
import type { CrackReading, Feature } from './defect.ts';

/** What a photo tells of a crack. Widths are in cells of the model's map; the steps were chosen by eye. */
export const CRACK_RULES = {
  /**
   * up to 2.5 cells wide a region holds a crack thinner than a cell, because the map marks about a cell beside it. Measured on
   * validation photos: the regions of 9 survey photos are 1.6 to 3.0 cells wide (median 2.0), those of 24 close-ups of METU,
   * whose cracks are about a cell wide, 2.3 to 4.5 (median 3.3)
   */
  thinCells: 2.5,
  /** from 3.3 cells on there is a gap, or several cracks side by side */
  openCells: 3.3,
  /** shorter regions are too small to compare width and length */
  leastLengthCells: 5,
  /** a line is at least twice as long as it reaches across; others are bent, branched or map-like */
  lineRatio: 2,
} as const;

/** A crack as one photo shows it. */
export type SeenCrack = {
  readonly shape: CrackShape | undefined;
  readonly feature: Feature;
  /** the owner's words name a window or a door */
  readonly atOpening: boolean;
  readonly hint: string | undefined;
};

/** Words of owners by which a crack is one of movement; "hairline" betters nothing and is not among them. */
const WORDS_OF_MOVEMENT = /\b(stepped|settlement|settling|structural|bulging|leaning|widening)\b/i;

const UNKNOWN: Omit<CrackReading, 'structural' | 'structuralBecause'> = {
  width: 'unknown',
  pattern: 'unknown',
  direction: 'unknown',
  readFrom: 'none',
};

/** What can be read of a crack: thin or open against its length, its pattern and direction, and why it may be structural. */
export function readCrack(crack: SeenCrack): CrackReading {
  const read = crack.shape ? readShape(crack.shape) : UNKNOWN;
  const [because] = reasonsOf(crack, read);
  return { ...read, structural: because ? 'suspected' : 'unknown', structuralBecause: because ?? null };
}

function readShape({ lengthRatio, widthRatio, spanRatio, cellRatio, direction }: CrackShape): typeof UNKNOWN {
  const [length, width] = [lengthRatio / cellRatio, widthRatio / cellRatio];
  if (length < CRACK_RULES.leastLengthCells) return { ...UNKNOWN, readFrom: 'width_against_length' };
  return {
    width: width <= CRACK_RULES.thinCells ? 'thin' : width >= CRACK_RULES.openCells ? 'open' : 'unknown',
    pattern: lengthRatio >= CRACK_RULES.lineRatio * spanRatio ? 'line' : 'branched',
    direction,
    readFrom: 'width_against_length',
  };
}

/** Signs of movement that home inspectors refer to an engineer; the strongest first. */
function reasonsOf({ feature, atOpening, hint = '' }: SeenCrack, { direction, width }: typeof UNKNOWN): string[] {
  const said = WORDS_OF_MOVEMENT.exec(hint)?.[0];
  return [
    ...(said ? [`its owner calls it ${said.toLowerCase()}`] : []),
    ...(feature === 'foundation' && direction === 'horizontal'
      ? ['horizontal on a foundation: soil may press on it']
      : []),
    ...(atOpening && direction === 'diagonal' ? ['diagonal at an opening: the wall may settle unevenly'] : []),
    ...(width === 'open' && isMasonry(feature) ? ['open, in an outside wall'] : []),
  ];
}

const isMasonry = (feature: Feature): boolean => feature === 'exterior_walls' || feature === 'chimney';

/** In words, such as "a line over 70 % of the photo's diagonal, thin against its length". */
export function crackInWords({ width, pattern, direction }: CrackReading, shape: CrackShape): string {
  const percent = Math.max(1, Math.round(shape.lengthRatio * 100));
  const what =
    pattern === 'line'
      ? `a ${direction === 'unknown' ? '' : `${direction} `}line`
      : pattern === 'branched'
        ? 'bent, branched or map-like'
        : 'a short piece';
  const wide = { thin: 'thin against its length', open: 'open: a gap against its length', unknown: 'width unknown' }[
    width
  ];
  return `${what} over ${percent} % of the photo's diagonal, ${wide}`;
}
