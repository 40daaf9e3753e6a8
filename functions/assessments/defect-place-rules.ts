import type { FindingKind, Severity } from '../photos/photo-assessment.ts';
import type { Action, Feature, Side, Soundness, Trade, Urgency } from './defect.ts';

/** What follows from a defect: the columns of a UAD 3.6 row, who is called, and for what. */
export type Advice = {
  readonly affectsSoundness: Soundness;
  readonly action: Action;
  readonly urgency: Urgency;
  readonly trade: Trade;
  /** after "A roofer should" */
  readonly task: string;
};

/** What the rules look at. */
export type Defect = {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly feature: Feature;
  readonly side: Side;
  /** the place's name in the vocabulary, such as "attic" */
  readonly room: string | undefined;
  /** the owner's words name anything electrical there */
  readonly electrical: boolean;
  readonly yearBuilt: number | undefined;
  /** a crack of which place, direction or words are those of movement */
  readonly isMovement: boolean;
};

/** Year before which paint in US housing may hold lead: the rule on renovation, EPA RRP, 40 CFR 745, subpart E. */
const LEAD_PAINT_BEFORE = 1978;

/** A rule about a part of the building: what it changes, and where it is from. */
type PlaceRule = {
  readonly source: string;
  readonly when: (defect: Defect) => boolean;
  readonly gives: Partial<Advice>;
};

const kinds = (defect: Defect, ...some: FindingKind[]): boolean => some.includes(defect.kind);
const features = (defect: Defect, ...some: Feature[]): boolean => some.includes(defect.feature);
const isOpening = (defect: Defect): boolean =>
  defect.severity === 'severe' && defect.side === 'exterior' && kinds(defect, 'hole', 'broken_window', 'roof_damage');

/** What follows when a thing that may carry others is damaged, or may move. */
const MAY_CARRY: Partial<Advice> = {
  affectsSoundness: 'unknown',
  action: 'inspect',
  urgency: 'soon',
  trade: 'structural_engineer',
  task: 'find whether it moves and what it carries',
};

/** Where the part decides: later rules override earlier ones, so that safety has the last word. */
export const PLACE_RULES: readonly PlaceRule[] = [
  {
    source: 'home inspection practice: roofs, chimneys and attics are wet from above',
    when: (defect) =>
      kinds(defect, 'damp_stain') && (features(defect, 'roof', 'chimney', 'gutters') || defect.room === 'attic'),
    gives: { trade: 'roofer' },
  },
  {
    source: 'home inspection practice: basements and foundations are wet from the ground',
    when: (defect) => kinds(defect, 'damp_stain') && (features(defect, 'foundation') || defect.room === 'basement'),
    gives: { trade: 'waterproofing_contractor' },
  },
  {
    source: 'home inspection practice: water at a window comes through its seals and flashing',
    when: (defect) => kinds(defect, 'damp_stain') && features(defect, 'windows'),
    gives: { trade: 'glazier' },
  },
  {
    source: 'home inspection practice: walls outside are wet from the weather',
    when: (defect) => kinds(defect, 'damp_stain') && features(defect, 'exterior_walls'),
    gives: { trade: 'waterproofing_contractor' },
  },
  {
    source: 'home inspection practice: shrinkage cracks of paving are mended, and carry nothing',
    when: (defect) => kinds(defect, 'crack', 'spalling', 'hole') && features(defect, 'driveway', 'walkway', 'patio'),
    gives: {
      affectsSoundness: 'no',
      action: 'repair',
      urgency: 'planned',
      trade: 'concrete_contractor',
      task: 'fill or replace the section',
    },
  },
  {
    source: 'home inspection practice: a crack of a pool is tested for leaks',
    when: (defect) => kinds(defect, 'crack', 'spalling', 'hole') && features(defect, 'pool'),
    gives: { action: 'inspect', trade: 'pool_contractor', task: 'test it for leaks' },
  },
  {
    source: 'the trade that makes the part',
    when: (defect) => kinds(defect, 'hole', 'crack') && features(defect, 'fence', 'deck', 'cabinets', 'stairs'),
    gives: { trade: 'carpenter', action: 'repair', task: 'mend or replace the damaged part' },
  },
  {
    source: 'the trade that makes the part',
    when: (defect) => kinds(defect, 'hole') && features(defect, 'flooring'),
    gives: { trade: 'flooring_contractor' },
  },
  {
    source: 'the trade that makes the part',
    when: (defect) => kinds(defect, 'hole', 'crack') && features(defect, 'roof'),
    gives: { trade: 'roofer', action: 'repair', task: 'mend it' },
  },
  {
    source: 'the trade that makes the part: outside are masonry and siding, no drywall',
    when: (defect) =>
      defect.side === 'exterior' && kinds(defect, 'hole') && features(defect, 'exterior_walls', 'unknown'),
    gives: { trade: 'mason' },
  },
  {
    source: 'the trade that makes the part: outside a hairline crack is in stucco or masonry',
    when: (defect) =>
      defect.side === 'exterior' &&
      kinds(defect, 'crack') &&
      defect.severity === 'minor' &&
      features(defect, 'exterior_walls', 'unknown'),
    gives: { trade: 'mason', task: 'seal it against water; mark its ends and look again in six months' },
  },
  {
    source: 'foundation, chimney and retaining wall carry or may fall: UAD C6, "soundness or structural integrity"',
    when: (defect) =>
      kinds(defect, 'crack', 'spalling', 'hole') && features(defect, 'foundation', 'chimney', 'retaining_wall'),
    gives: MAY_CARRY,
  },
  {
    source: 'home inspection practice: a crack with a sign of movement is referred to an engineer, however short it is',
    when: ({ isMovement }) => isMovement,
    gives: MAY_CARRY,
  },
  {
    source: 'EPA Renovation, Repair and Painting Rule, 40 CFR 745, subpart E: housing built before 1978',
    when: ({ kind, yearBuilt }) => kind === 'peeling_paint' && yearBuilt !== undefined && yearBuilt < LEAD_PAINT_BEFORE,
    gives: {
      action: 'inspect',
      urgency: 'soon',
      trade: 'lead_safe_painter',
      task: 'test it for lead before anyone scrapes it, and repaint it',
    },
  },
  {
    source: 'safety: an open building lets in people and weather; chosen by eye',
    when: isOpening,
    gives: { urgency: 'immediate' },
  },
  {
    source:
      'safety: NEMA, "Evaluating Water-Damaged Electrical Equipment": it is judged by a qualified person before use',
    when: (defect) => defect.electrical && kinds(defect, 'damp_stain', 'mould'),
    gives: {
      action: 'inspect',
      urgency: 'immediate',
      trade: 'electrician',
      task: 'cut the power there and test it before anyone uses it',
    },
  },
];
