import type { Severity, VehiclePart } from '../photos/photo-assessment.ts';
import { PANEL_NAMES, type Panel, type PanelName, type Trade } from './defect.ts';
import { tokensOf } from './place-tokens.ts';

type Remedy = Panel['remedy'];

/** A panel: how owners call it, where it is, and what its damage needs. */
type PanelRow = {
  readonly says: readonly string[];
  readonly end: Panel['end'];
  readonly side: Panel['side'];
  readonly remedies: Remedies;
  readonly trade: Trade;
};

type Remedies = Readonly<Record<Severity, Remedy>>;
/** Sheet metal is pulled and painted until it is torn or folded. */
const METAL: Remedies = { minor: 'repair', moderate: 'repair', severe: 'replace' };
/** Plastic and glass are repaired while small: a scuff, a chip. */
const PLASTIC_OR_GLASS: Remedies = { minor: 'repair', moderate: 'replace', severe: 'replace' };
/** Sheet metal that is welded on is replaced by cutting: repaired where possible. */
const WELDED: Remedies = { minor: 'repair', moderate: 'repair', severe: 'repair' };
/** Tempered glass and grilles break, and cannot be filled. */
const BRITTLE: Remedies = { minor: 'replace', moderate: 'replace', severe: 'replace' };

const ACROSS = { side: 'not_applicable' } as const;

/**
 * The panels of a car in the words of the US trade. Repair or replace by severity and material is the practice of US body
 * shops; the steps were chosen by eye, because severity is all that a photo says.
 */
const PANELS: Readonly<Record<PanelName, PanelRow>> = {
  hood: { says: ['bonnet'], end: 'front', ...ACROSS, remedies: METAL, trade: 'body_shop' },
  bumper: {
    says: ['bumper cover', 'fascia'],
    end: 'unknown',
    ...ACROSS,
    remedies: PLASTIC_OR_GLASS,
    trade: 'body_shop',
  },
  trunk: {
    says: ['trunk lid', 'boot', 'tailgate', 'liftgate', 'hatch'],
    end: 'rear',
    ...ACROSS,
    remedies: METAL,
    trade: 'body_shop',
  },
  door: { says: [], end: 'unknown', side: 'unknown', remedies: METAL, trade: 'body_shop' },
  fender: { says: [], end: 'front', side: 'unknown', remedies: METAL, trade: 'body_shop' },
  quarter_panel: {
    says: ['quarter panel', 'quarter', 'rear fender'],
    end: 'rear',
    side: 'unknown',
    remedies: WELDED,
    trade: 'body_shop',
  },
  light: {
    says: ['headlight', 'head light', 'taillight', 'tail light', 'lamp', 'headlamp', 'fog light'],
    end: 'unknown',
    side: 'unknown',
    remedies: PLASTIC_OR_GLASS,
    trade: 'body_shop',
  },
  windshield: {
    says: ['windscreen', 'wind shield', 'front glass'],
    end: 'front',
    ...ACROSS,
    remedies: PLASTIC_OR_GLASS,
    trade: 'auto_glass_shop',
  },
  window: {
    says: ['side glass', 'door glass'],
    end: 'unknown',
    side: 'unknown',
    remedies: BRITTLE,
    trade: 'auto_glass_shop',
  },
  rear_window: {
    says: ['rear window', 'rear windshield', 'back glass', 'rear glass', 'back window'],
    end: 'rear',
    ...ACROSS,
    remedies: BRITTLE,
    trade: 'auto_glass_shop',
  },
  roof: { says: ['roof panel'], end: 'not_applicable', ...ACROSS, remedies: WELDED, trade: 'body_shop' },
  mirror: {
    says: ['side mirror', 'wing mirror'],
    end: 'not_applicable',
    side: 'unknown',
    remedies: PLASTIC_OR_GLASS,
    trade: 'body_shop',
  },
  wheel: {
    says: ['rim', 'alloy', 'hubcap'],
    end: 'unknown',
    side: 'unknown',
    remedies: PLASTIC_OR_GLASS,
    trade: 'body_shop',
  },
  grille: {
    says: ['grill', 'radiator grille'],
    end: 'front',
    ...ACROSS,
    remedies: BRITTLE,
    trade: 'body_shop',
  },
  rocker_panel: {
    says: ['rocker panel', 'rocker'],
    end: 'not_applicable',
    side: 'unknown',
    remedies: WELDED,
    trade: 'body_shop',
  },
};

/** Which panel, and where: all that tells two of them apart. */
export type PanelPlace = Pick<Panel, 'name' | 'end' | 'side'>;

/** What an owner's words say of a vehicle's photo. */
export type PanelWords = {
  readonly name: PanelName | undefined;
  readonly end: 'front' | 'rear' | undefined;
  readonly side: 'left' | 'right' | undefined;
  readonly damageType: Panel['damageType'];
};

/** The sides of a car are those of its driver, who in the US sits on the left. */
const END_WORDS: Readonly<Record<string, 'front' | 'rear'>> = {
  ...{ front: 'front', head: 'front', headlight: 'front', headlamp: 'front' },
  ...{ rear: 'rear', back: 'rear', tail: 'rear', taillight: 'rear' },
};
const SIDE_WORDS: Readonly<Record<string, 'left' | 'right'>> = {
  ...{ left: 'left', lh: 'left', driver: 'left', 'of:driver': 'left', l: 'left' },
  ...{ right: 'right', rh: 'right', passenger: 'right', 'of:passenger': 'right', r: 'right' },
};
const TYPE_WORDS: Readonly<Record<string, Panel['damageType']>> = {
  ...{ dent: 'dent', ding: 'dent', dented: 'dent', hail: 'dent' },
  ...{ scratch: 'scratch', scratched: 'scratch', scuff: 'scratch', scrape: 'scratch', chip: 'scratch' },
  ...{ crack: 'crack', cracked: 'crack', broken: 'crack', shattered: 'crack' },
  ...{ rust: 'rust', rusted: 'rust', rusty: 'rust', corrosion: 'rust' },
  ...{ missing: 'missing' },
};

const NAMES: ReadonlyMap<string, PanelName> = new Map(
  PANEL_NAMES.flatMap((name) =>
    [name, ...PANELS[name].says].map((words) => [tokensOf(words).join(' '), name] as const),
  ),
);

/** The panel, end and side that an owner's words name. */
export function panelWords(hint = ''): PanelWords {
  const tokens = tokensOf(hint).filter((token) => token !== '|');
  const name = [...NAMES]
    .toSorted(([one], [other]) => other.length - one.length)
    .find(([words]) => ` ${tokens.join(' ')} `.includes(` ${words} `))?.[1];
  const told = <Told>(words: Readonly<Record<string, Told>>): Told[] => tokens.flatMap((token) => words[token] ?? []);
  const ends = new Set(told(END_WORDS));
  const sides = new Set(told(SIDE_WORDS));
  return {
    name,
    // Words of both ends or sides tell neither.
    end: ends.size === 1 ? [...ends][0] : undefined,
    side: sides.size === 1 ? [...sides][0] : undefined,
    damageType: told(TYPE_WORDS)[0] ?? 'unknown',
  };
}

const UNKNOWN_PANEL: PanelPlace = { name: 'unknown', end: 'unknown', side: 'unknown' };

/** Where a panel is: at its only end, otherwise by the words. */
export function panelPlace(name: PanelName | undefined, { end, side }: Pick<PanelWords, 'end' | 'side'>): PanelPlace {
  const row = name ? PANELS[name] : UNKNOWN_PANEL;
  // In the US a fender is in front of the door; what is said to be the rear one is the quarter panel.
  if (name === 'fender' && end === 'rear') return panelPlace('quarter_panel', { end, side });
  return {
    name: name ?? 'unknown',
    end: row.end === 'unknown' ? (end ?? 'unknown') : row.end,
    side: row.side === 'unknown' ? (side ?? 'unknown') : row.side,
  };
}

/** The panel that the model names, by the words of the US trade. */
export const panelOfPart = (part: VehiclePart): PanelName => PANEL_OF_PART[part];

const PANEL_OF_PART: Readonly<Record<VehiclePart, PanelName>> = {
  bonnet: 'hood',
  bumper: 'bumper',
  dickey_boot: 'trunk',
  door: 'door',
  fender: 'fender',
  light: 'light',
  windshield: 'windshield',
};

/** Repair or replace, by the severity and what the panel is made of. */
export const remedyFor = (name: Panel['name'], severity: Severity): Remedy =>
  name === 'unknown' ? 'unknown' : PANELS[name].remedies[severity];

export const tradeFor = (name: Panel['name']): Trade => (name === 'unknown' ? 'body_shop' : PANELS[name].trade);
