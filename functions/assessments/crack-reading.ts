import { CRACK_SHAPE_RULES } from '../condition/crack-shape.ts';
import type { FindingRules } from '../condition/finding-policy.ts';
import type { CrackShape } from '../photos/finding-size.ts';
import type { CrackReading, Feature } from './defect.ts';

/** A crack as one photo shows it. */
export type SeenCrack = {
  readonly shape: CrackShape | undefined;
  readonly feature: Feature;
  /** the owner's words name a window or a door */
  readonly atOpening: boolean;
  readonly hint: string | undefined;
};

const MOVEMENT = 'stepped|settlement|settling|structural|bulging|leaning|widening';
/** Words of owners by which a crack is one of movement; "hairline" betters nothing and is not among them. */
const WORDS_OF_MOVEMENT = new RegExp(`\\b(${MOVEMENT})\\b`, 'gi');
/**
 * Before such a word, what denies it: "not structural", "no sign of settlement", "neither stepped nor leaning". Other words between
 * deny nothing: "not only hairline, settlement".
 */
const DENIED = new RegExp(
  `(?:\\b(?:no|not|non|without|never|neither)|n['’]t)(?:[\\s-]+(?:${MOVEMENT}|an?|the|any|visible|obvious|apparent|signs?|evidence|of|look|looks|seem|appear|like|to|be|caused|by|due|or|nor|cracks?|damage|movement))*[\\s-]+$`,
  'i',
);

const UNKNOWN: Omit<CrackReading, 'structural' | 'structuralBecause'> = {
  width: 'unknown',
  pattern: 'unknown',
  direction: 'unknown',
  readFrom: 'none',
};

/** What can be read of a crack: thin or open against its length, its pattern and direction, and why it may be structural. */
export function readCrack(crack: SeenCrack, rules: FindingRules): CrackReading {
  const read = crack.shape ? readShape(crack.shape, rules) : UNKNOWN;
  const [because] = reasonsOf(crack, read);
  return { ...read, structural: because ? 'suspected' : 'unknown', structuralBecause: because ?? null };
}

function readShape(
  { lengthRatio, widthRatio, spanRatio, cellRatio, direction }: CrackShape,
  { crackCells }: FindingRules,
): typeof UNKNOWN {
  const [length, width] = [lengthRatio / cellRatio, widthRatio / cellRatio];
  if (length < crackCells.leastLength) return UNKNOWN;
  return {
    width: width <= crackCells.thin ? 'thin' : width >= crackCells.open ? 'open' : 'unknown',
    pattern: lengthRatio >= CRACK_SHAPE_RULES.lineRatio * spanRatio ? 'line' : 'branched',
    direction,
    readFrom: 'width_against_length',
  };
}

/** Signs of movement that home inspectors refer to an engineer; the strongest first. */
function reasonsOf({ feature, atOpening, hint = '' }: SeenCrack, { direction, width }: typeof UNKNOWN): string[] {
  const said = [...hint.matchAll(WORDS_OF_MOVEMENT)].find(({ index }) => !DENIED.test(hint.slice(0, index)))?.[0];
  return [
    ...(said ? [`its owner calls it ${said.toLowerCase()}`] : []),
    ...(feature === 'foundation' && direction === 'horizontal'
      ? ['horizontal on a foundation: soil may press on it']
      : []),
    ...(atOpening && direction === 'diagonal' ? ['diagonal at an opening: the wall may settle unevenly'] : []),
    ...(width === 'open' && isAslant(direction) && MASONRY[feature]
      ? [`open and ${direction}, in ${MASONRY[feature]}`]
      : []),
  ];
}

/** Masonry shrinks in upright cracks; a width on a map as coarse as this one is by itself no sign. */
const isAslant = (direction: CrackReading['direction']): boolean =>
  direction === 'diagonal' || direction === 'horizontal';
const MASONRY: Partial<Record<Feature, string>> = { exterior_walls: 'an outside wall', chimney: 'a chimney' };

/** In words, such as "a line, 70 % of the photo's diagonal long, thin against its length". */
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
  return `${what}, ${percent} % of the photo's diagonal long, ${wide}`;
}
