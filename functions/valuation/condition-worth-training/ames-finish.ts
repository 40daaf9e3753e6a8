import type { Finish } from '../condition-worth-table.ts';
import type { AmesSale } from './ames-sales.ts';

/** How a column of the table is read: the level of each code, worst first; codes without one are a term of their own. */
export type FinishScale = {
  readonly column: string;
  readonly reference: string;
  readonly levels: Readonly<Record<string, readonly string[]>>;
};

const QUALITY = { fair: ['Po', 'Fa'], typical: ['TA'], good: ['Gd'], excellent: ['Ex'] };

export const FINISH_SCALES: Record<Finish, FinishScale> = {
  kitchen: { column: 'Kitchen Qual', reference: 'typical', levels: QUALITY },
  exteriorCondition: { column: 'Exter Cond', reference: 'typical', levels: QUALITY },
  exteriorFinish: { column: 'Exter Qual', reference: 'typical', levels: QUALITY },
  heating: { column: 'Heating QC', reference: 'typical', levels: QUALITY },
  basementFinish: {
    column: 'BsmtFin Type 1',
    reference: 'unfinished',
    levels: { unfinished: ['Unf'], low: ['LwQ', 'BLQ'], recreation: ['Rec'], average: ['ALQ'], good: ['GLQ'] },
  },
  garageFinish: {
    column: 'Garage Finish',
    reference: 'unfinished',
    levels: { unfinished: ['Unf'], rough: ['RFn'], finished: ['Fin'] },
  },
  defects: {
    column: 'Functional',
    reference: 'none',
    levels: { severe: ['Mod', 'Maj1', 'Maj2', 'Sev', 'Sal'], minor: ['Min1', 'Min2'], none: ['Typ'] },
  },
  wiring: {
    column: 'Electrical',
    reference: 'breakers',
    levels: { fuses: ['FuseA', 'FuseF', 'FuseP', 'Mix'], breakers: ['SBrkr'] },
  },
  airConditioning: { column: 'Central Air', reference: 'without', levels: { without: ['N'], with: ['Y'] } },
  drive: { column: 'Paved Drive', reference: 'paved', levels: { unpaved: ['N'], partly: ['P'], paved: ['Y'] } },
};

/** The level of a house on a scale; "none" of the feature, such as no garage, is undefined. */
export const levelIn = ({ column, levels }: FinishScale, sale: AmesSale): string | undefined =>
  Object.keys(levels).find((level) => levels[level]?.includes(sale[column] ?? ''));

/** A term for each level but the reference, then one for houses without the feature. */
export function finishTerms(scale: FinishScale, sale: AmesSale): number[] {
  const level = levelIn(scale, sale);
  const others = Object.keys(scale.levels).filter((name) => name !== scale.reference);
  return [...others.map((name) => Number(name === level)), Number(level === undefined)];
}
