import { SEVERITIES, type Severity } from '../photos/photo-assessment.ts';
import type { Panel, PlaceIs } from './defect.ts';
import type { View } from './photo-views.ts';
import { type PanelPlace, type PanelWords, panelOfPart, panelPlace, panelWords } from './vehicle-panels.ts';

/** A panel that one picture shows damaged, and how that is known. */
export type SeenPanel = PanelPlace & {
  readonly is: PlaceIs;
  /** of the part, by the model */
  readonly confidenceRatio: number | null;
  readonly damageType: Panel['damageType'];
  /** in the owner's words */
  readonly location: string | undefined;
};

/** A damaged panel, or what a photo shows where no panel is certain. */
export type DamagedPanel = {
  readonly panel: SeenPanel;
  readonly severity: Severity;
  /** that there is damage of this severity */
  readonly confidenceRatio: number;
  readonly photoIds: readonly string[];
};

export type Damage = Omit<DamagedPanel, 'panel'> & { readonly panels: readonly SeenPanel[] };

/**
 * The damage on one photo: none, or one entry with its panels.
 *
 * @param experimental the damage that moves nothing: an experimental severity, or experimental parts of one that counts
 */
export function damageOf(view: View, { experimental }: { readonly experimental: boolean }): Damage[] {
  const { photoId, vehicle } = view;
  const severity = SEVERITIES.find((each) => each === vehicle?.severity);
  if (!vehicle || !severity) return [];
  const counting = vehicle.experimental ? [] : panelsOn(view, false);
  const known = new Set(counting.map(nameOfPanel));
  const doubtful = panelsOn(view, true).filter(
    (panel) => vehicle.experimental || (panel.confidenceRatio !== null && !known.has(nameOfPanel(panel))),
  );
  const panels = experimental ? doubtful : counting;
  return panels.length > 0 ? [{ severity, confidenceRatio: vehicle.confidenceRatio, panels, photoIds: [photoId] }] : [];
}

/**
 * The panels on a photo of damage: the one that the owner names, otherwise the parts that the model names, on the sides that the
 * owner names; without either the vehicle as a whole.
 */
function panelsOn({ vehicle, hint }: View, experimental: boolean): SeenPanel[] {
  const words = panelWords(hint);
  const { damageType } = words;
  const of = (parts: NonNullable<View['vehicle']>['parts']): SeenPanel[] =>
    parts.map(({ part, confidenceRatio }) => ({
      ...panelPlace(panelOfPart(part), words),
      ...{ is: 'seen', confidenceRatio, damageType, location: undefined },
    }));
  const parts = (vehicle?.parts ?? []).filter((part) => experimental || part.experimental === false);
  const named = of(parts.filter((part) => !experimental || part.experimental || vehicle?.experimental === true));
  const stated = words.name ? panelPlace(words.name, words) : undefined;
  if (stated) {
    const seen = of(vehicle?.parts ?? []).find(({ name }) => name === stated.name);
    const panel: SeenPanel = {
      ...stated,
      ...{ is: 'stated', confidenceRatio: seen?.confidenceRatio ?? null, damageType, location: hint?.trim() },
    };
    return experimental ? [panel, ...named.filter(({ name }) => name !== stated.name)] : [panel];
  }
  if (named.length > 0) return named;
  const whole = panelPlace(undefined, words);
  return [
    {
      ...whole,
      is: isTold(words) ? 'stated' : 'guessed',
      confidenceRatio: null,
      damageType,
      location: isTold(words) ? hint?.trim() : undefined,
    },
  ];
}

const isTold = ({ end, side }: PanelWords): boolean => end !== undefined || side !== undefined;
const nameOfPanel = ({ name, end, side }: PanelPlace): string => [name, end, side].join(' ');

/**
 * The damaged panels, the worst and surest first: one for each panel, and for each picture without one.
 *
 * @param pictures the damage of each picture's copies
 */
export function panelsOf(pictures: readonly (readonly Damage[])[]): DamagedPanel[] {
  const panels = new Map<string, DamagedPanel>();
  for (const copies of pictures) {
    const found = copies
      .map((copy): DamagedPanel => ({ ...copy, panel: copy.panels[0] as SeenPanel }))
      .reduce<DamagedPanel | undefined>(worse, undefined);
    if (!found) continue;
    const all = copies.flatMap((copy) => copy.panels);
    const known = all.filter(({ name }) => name !== 'unknown');
    for (const panel of known.length > 0 ? known : all.slice(0, 1)) {
      const key = panel.name === 'unknown' ? `photo ${found.photoIds[0]}` : nameOfPanel(panel);
      panels.set(key, worse(panels.get(key), { ...found, panel }));
    }
  }
  return joined([...panels.values()]).toSorted(
    (a, b) =>
      rankOf(b.severity) - rankOf(a.severity) ||
      b.confidenceRatio - a.confidenceRatio ||
      sortName(a).localeCompare(sortName(b)),
  );
}

/** A panel of which a side is not known is the one that agrees with it, when there is just one: it counts once. */
function joined(panels: readonly DamagedPanel[]): DamagedPanel[] {
  const kept: DamagedPanel[] = [];
  for (const each of panels.toSorted((a, b) => told(b.panel) - told(a.panel))) {
    const same = kept.filter(({ panel }) => panel.name !== 'unknown' && agrees(panel, each.panel));
    const [one] = same;
    if (one && same.length === 1) kept[kept.indexOf(one)] = worse(each, one);
    else kept.push(each);
  }
  return kept;
}

const told = ({ end, side }: PanelPlace): number => [end, side].filter((each) => each !== 'unknown').length;
const agrees = (one: PanelPlace, other: PanelPlace): boolean =>
  one.name === other.name && fits(one.end, other.end) && fits(one.side, other.side);
const fits = (one: string, other: string): boolean => one === other || one === 'unknown' || other === 'unknown';

/** Of two views of a panel the worst severity and the highest confidence, so that another photo never makes it look better. */
const worse = (one: DamagedPanel | undefined, other: DamagedPanel): DamagedPanel =>
  one
    ? {
        panel: betterKnown(other.panel, one.panel),
        severity: rankOf(one.severity) > rankOf(other.severity) ? one.severity : other.severity,
        confidenceRatio: Math.max(one.confidenceRatio, other.confidenceRatio),
        photoIds: [...new Set([...one.photoIds, ...other.photoIds])].toSorted(),
      }
    : other;

/** The place of the first, with what either knows of it. */
function betterKnown(one: SeenPanel, other: SeenPanel): SeenPanel {
  const confidences = [one, other].flatMap(({ confidenceRatio }) => confidenceRatio ?? []);
  return {
    ...one,
    is: [one.is, other.is].includes('stated') ? 'stated' : one.is,
    location: [one.location, other.location].filter((each) => each !== undefined).toSorted()[0],
    damageType: [one.damageType, other.damageType].filter((each) => each !== 'unknown').toSorted()[0] ?? 'unknown',
    confidenceRatio: confidences.length > 0 ? Math.max(...confidences) : null,
  };
}

export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);
const sortName = ({ panel, photoIds }: DamagedPanel): string =>
  `${panel.name === 'unknown' ? '' : nameOfPanel(panel)} ${photoIds.join(' ')}`;

/** As rows for people: pictures of one severity without a panel are one, because nobody can tell whether they show the same damage. */
export function asRows(panels: readonly DamagedPanel[]): DamagedPanel[] {
  const rows = Map.groupBy(panels, ({ panel, severity }) => `${nameOfPanel(panel)} ${severity}`);
  return [...rows.values()].map((same) => ({
    ...(same[0] as DamagedPanel),
    confidenceRatio: Math.max(...same.map(({ confidenceRatio }) => confidenceRatio)),
    photoIds: [...new Set(same.flatMap(({ photoIds }) => photoIds))].toSorted(),
  }));
}

/** Whether the owner's words name a damaged panel. */
export const toldPanel = ({ panel }: DamagedPanel): boolean => panel.is === 'stated';

/** Whether a photo shows the panel too, by the owner's words: the panel itself, or its whole side or end of the vehicle. */
export function showsFaceOf({ panel }: DamagedPanel, { hint }: View): boolean {
  const words = panelWords(hint);
  if (words.name) return agreesFully(panel, panelPlace(words.name, words));
  if (panel.side === 'left' || panel.side === 'right')
    return words.side === panel.side && (!words.end || words.end === panel.end);
  return (panel.end === 'front' || panel.end === 'rear') && words.end === panel.end && !words.side;
}

/** Two unknown sides are no same side: a vehicle has up to four doors. */
const agreesFully = (one: PanelPlace, other: PanelPlace): boolean =>
  one.name === other.name && isSame(one.end, other.end) && isSame(one.side, other.side);

const isSame = (one: string, other: string): boolean => one !== 'unknown' && one === other;
