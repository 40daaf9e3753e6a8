import { wholeMoney } from '../platform/whole-money.ts';
import { nameInAsset } from './price-facts-of.ts';
import type { Source } from './sources-of.ts';
import type { CompsEvidence, ModelEvidence, ValueEvidence } from './value-evidence.ts';

/** What a value rests on, and what is not in it. */
export const reasonsOf = ({ comps, model }: ValueEvidence): string[] => [
  ...compsReasons(comps),
  ...modelReasons(model),
];

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

function compsReasons(comps: CompsEvidence): string[] {
  if (!('query' in comps)) return [];
  const found = `comps of "${comps.query}": ${comps.keptCount} count, ${comps.droppedCount} do not`;
  return comps.status === 'valued' ? [found] : [`${found}: too few sales for a value`];
}

function modelReasons(model: ModelEvidence): string[] {
  if (model.status !== 'predicted') return [];
  const { vintage, kindOfPrice, interval, flags } = model.prediction;
  const { name, version } = model.prediction.model;
  return [
    `model ${name} ${version}: ${model.market}`,
    `it learnt ${kindOfPrice} prices of ${vintage.from} to ${vintage.to}; what prices did since then is not in it`,
    `${percent(interval.coverageRatio)} of ${interval.heldOutRows.toLocaleString('en-US')} held-out prices were within such intervals`,
    ...flags.filter(({ code }) => code !== 'missing').map(({ message }) => message),
    ...model.leftOut,
  ];
}

/** Why no evidence values it. */
export const noEvidenceReasons = ({ comps, model }: ValueEvidence): string[] => [
  model.status === 'facts_missing'
    ? `no price model can value it without ${model.missing.join(' and ')}`
    : `no value by a price model: ${'why' in model ? model.why : 'its value is not used'}`,
  ...('why' in comps ? [`no value by comps: ${comps.why}`] : compsReasons(comps)),
];

/** Facts of an asset that would make a value possible, or surer. */
export function missingFacts({ comps, model }: ValueEvidence): string[] {
  const flags = model.status === 'predicted' ? model.prediction.flags : [];
  const unsure = flags.filter(({ code }) => code === 'missing').flatMap(({ fact }) => nameInAsset(fact) ?? []);
  return [
    ...(model.status === 'facts_missing' ? model.missing : []),
    ...unsure,
    ...(comps.status === 'no_query' ? ['title'] : []),
    ...(comps.status === 'no_currency' ? ['currency'] : []),
  ];
}

/** Two sources that have no price in common. */
export const contradictionText = (one: Source, other: Source): string =>
  `${rangeText(one)} and ${rangeText(other)} have nothing in common`;

const NAMES = { comps: 'comps', model: 'the price model' } as const;

const rangeText = ({ source, estimate: { from, to }, currency }: Source): string =>
  `${NAMES[source]} (${wholeMoney(from, currency)} to ${wholeMoney(to, currency)})`;
