import type { FindingKind, Severity } from '../photos/photo-assessment.ts';
import type { Action, Feature, Side, Soundness, Trade, Urgency } from './defect.ts';
import { type Advice, type Defect, PLACE_RULES } from './defect-place-rules.ts';

type Columns = readonly [Soundness, Action, Urgency, Trade, task: string];

const advice = ([affectsSoundness, action, urgency, trade, task]: Columns): Advice => ({
  affectsSoundness,
  action,
  urgency,
  trade,
  task,
});

const REPAINT = 'scrape, prime and repaint it';
const JUDGE_CRACK = 'find whether it moves and what it goes through';
const FIND_WATER = 'find where the water comes from, and stop it';
const REMOVE_MOULD = 'remove it and the moisture that feeds it';
const REPLACE_GLASS = 'replace the glass';
const REBUILD_MASONRY = 'cut out the loose material and patch it';
const JUDGE_MASONRY = 'find how deep it goes and what it carries';
const COVER_ROOF = 'cover it now and mend it';
const LOOK = 'look at it: the photo does not tell what it is';
const STAY_OUT = 'say whether anyone may enter';

/**
 * Advice by kind and severity.
 *
 * `affectsSoundness` follows the wording of the UAD classes: "yes" where the finding is C6, "affects safety, soundness or
 * structural integrity"; "unknown" where its depth decides. Who is called is the practice of US home inspection reports; the
 * assignment was chosen by eye.
 */
const ADVICE: Readonly<Record<FindingKind, Readonly<Record<Severity, Columns>>>> = {
  // Paint protects and covers: its loss by itself weakens nothing.
  peeling_paint: {
    minor: ['no', 'repair', 'planned', 'painter', REPAINT],
    moderate: ['no', 'repair', 'planned', 'painter', REPAINT],
    severe: ['no', 'repair', 'soon', 'painter', REPAINT],
  },
  // BRE Digest 251 classes cracks by their width in mm, which no photo tells; so a longer one is for an engineer.
  crack: {
    minor: ['no', 'monitor', 'planned', 'painter', 'fill it; mark its ends and look again in six months'],
    moderate: ['unknown', 'inspect', 'soon', 'structural_engineer', JUDGE_CRACK],
    severe: ['unknown', 'inspect', 'soon', 'structural_engineer', JUDGE_CRACK],
  },
  // A stain tells of water, and not where it comes from: EPA, "A Brief Guide to Mold, Moisture and Your Home", fix the water first.
  damp_stain: {
    minor: ['no', 'inspect', 'soon', 'plumber', FIND_WATER],
    moderate: ['no', 'inspect', 'soon', 'plumber', FIND_WATER],
    severe: ['unknown', 'inspect', 'soon', 'plumber', FIND_WATER],
  },
  // The same guide: clean up mould promptly, and fix the water problem.
  mould: {
    minor: ['no', 'repair', 'soon', 'mould_remediation', REMOVE_MOULD],
    moderate: ['no', 'repair', 'soon', 'mould_remediation', REMOVE_MOULD],
    severe: ['unknown', 'inspect', 'soon', 'mould_remediation', REMOVE_MOULD],
  },
  hole: {
    minor: ['no', 'repair', 'planned', 'drywall_contractor', 'patch it'],
    moderate: ['no', 'repair', 'soon', 'drywall_contractor', 'close it'],
    severe: ['unknown', 'inspect', 'soon', 'drywall_contractor', 'find what is behind it, and close it'],
  },
  broken_window: {
    minor: ['no', 'repair', 'soon', 'glazier', REPLACE_GLASS],
    moderate: ['no', 'repair', 'soon', 'glazier', REPLACE_GLASS],
    severe: ['no', 'repair', 'immediate', 'glazier', 'board it up now and replace the glass'],
  },
  // The reinforcement rusts below spalled concrete: from some depth on it is structural.
  spalling: {
    minor: ['no', 'repair', 'planned', 'mason', REBUILD_MASONRY],
    moderate: ['unknown', 'inspect', 'soon', 'mason', JUDGE_MASONRY],
    severe: ['yes', 'inspect', 'soon', 'structural_engineer', JUDGE_MASONRY],
  },
  // An open roof lets the weather into everything below it.
  roof_damage: {
    minor: ['no', 'repair', 'soon', 'roofer', 'mend it'],
    moderate: ['unknown', 'repair', 'soon', 'roofer', 'mend it, and look at the deck below'],
    severe: ['yes', 'repair', 'immediate', 'roofer', COVER_ROOF],
  },
  unknown_damage: {
    minor: ['unknown', 'inspect', 'soon', 'home_inspector', LOOK],
    moderate: ['unknown', 'inspect', 'soon', 'home_inspector', LOOK],
    severe: ['unknown', 'inspect', 'immediate', 'home_inspector', LOOK],
  },
  // ATC-20, "Procedures for Postearthquake Safety Evaluation of Buildings": collapsed or partially collapsed is UNSAFE.
  destroyed: {
    minor: ['yes', 'inspect', 'immediate', 'structural_engineer', STAY_OUT],
    moderate: ['yes', 'inspect', 'immediate', 'structural_engineer', STAY_OUT],
    severe: ['yes', 'inspect', 'immediate', 'structural_engineer', STAY_OUT],
  },
};

/** What to do about a defect of a property: the rule of its kind and severity, then those of its part, then safety. */
export function adviceOn(defect: Defect): Advice {
  const base = advice(ADVICE[defect.kind][defect.severity]);
  const { affectsSoundness } = base;
  const changes = PLACE_RULES.filter(({ when }) => when(defect)).map(({ gives }) => gives);
  const advised: Advice = Object.assign({}, base, ...changes);
  // No rule of a part takes back that a finding is unsound.
  return affectsSoundness === 'yes' ? { ...advised, affectsSoundness } : advised;
}

/** The component that is damaged: by what the words name, otherwise by what damage of this kind is on. */
export function featureOf(kind: FindingKind, named: Feature | 'walls', side: Side): Feature {
  const byKind = FEATURE_OF_KIND[kind];
  if (byKind && !(kind === 'broken_window' && named === 'doors')) return byKind;
  // A crack "above the window" is in the wall: cracked glass is a broken window, and so is a hole in it.
  const isBesideOpening = (kind === 'crack' || kind === 'hole') && (named === 'windows' || named === 'doors');
  if (named !== 'walls' && !isBesideOpening) return named;
  return side === 'interior' ? 'interior_walls' : side === 'exterior' ? 'exterior_walls' : 'unknown';
}

/** Whether the kind of damage says what it is on, as a broken window does. */
export const namesFeature = (kind: FindingKind, feature: Feature): boolean => FEATURE_OF_KIND[kind] === feature;

/** Kinds that name their component. */
const FEATURE_OF_KIND: Partial<Record<FindingKind, Feature>> = {
  roof_damage: 'roof',
  broken_window: 'windows',
  destroyed: 'whole_structure',
};
