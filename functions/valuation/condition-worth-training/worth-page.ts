import { UAD_CLASSES } from '../../assets/asset.ts';
import type { ConditionWorthTable, MeasuredLevels } from '../condition-worth-table.ts';

/** 90 % quantile of the standard normal distribution. */
const Z_90 = 1.2816;

const percent = (logRatio: number): string => {
  const rounded = (100 * (Math.exp(logRatio) - 1)).toFixed(1);
  return `${Number(rounded) > 0 ? '+' : ''}${rounded} %`;
};

function rowsOf({ levels, covariance }: MeasuredLevels, label = (level: string): string => level): string[] {
  return levels.map(({ level, sales, logRatio, isMeasured }, at) => {
    const reach = Z_90 * Math.sqrt(covariance[at]?.[at] ?? 0);
    const figures =
      reach === 0
        ? ['reference', '']
        : [percent(logRatio), `${percent(logRatio - reach)} to ${percent(logRatio + reach)}`];
    return `| ${[label(level), String(sales), ...figures, isMeasured ? '' : 'too few sales'].join(' | ')} |`;
  });
}

const HEAD = '| Sales | Value | 80 % interval | |\n|---|---:|---:|---|---|';
const table = (title: string, rows: readonly string[]): string => [`| ${title} ${HEAD}`, ...rows].join('\n');

/** docs/models/condition-worth.md: the estimates, and what they are not. */
export function conditionWorthPage(worth: ConditionWorthTable): string {
  const { fit, ratings, condition, finish, elsewhere, mappings, market } = worth;
  const [ames, other] = elsewhere.towns;
  const [from, to] = [market.vintage.from.slice(0, 4), market.vintage.to.slice(0, 4)];
  return `# What condition and finish of a house are worth

Written by \`bin/fit-condition-worth.ts\`, as are the estimates in \`models/worth/house-condition.json\` (version ${worth.version}). Ratios of value from sales in Ames, Iowa, ${from} to ${to}: ${fit.sales.toLocaleString('en-US')} sales between strangers of houses below 4,000 sqft. The table and its licence are in [data-cards.md](../data-cards.md#ameshousing).

**Associations, not returns.** A house in better condition differs in more than its condition, and a repair buys some of it. Nothing here says what a repair brings in.

Method: least squares on ln(price), controlled for living area, basement, lot, age (cubic), quality of construction, bathrooms, bedrooms, fireplaces, garage, storeys, traffic, year of sale, neighbourhood and type of building; intervals from ${fit.resamples} resamples of the sales (bootstrap).

## Overall condition

Of the ${fit.usedSales.toLocaleString('en-US')} houses older than ten years, since the assessor rated nearly all newer ones 5; with whatever finish goes with a condition. R² is ${fit.r2.toFixed(3)}, the scatter that is left ${(100 * fit.residualDeviation).toFixed(1)} % (standard deviation of ln(price)).

${table("Assessor's rating", rowsOf(ratings))}

No table has both these ratings and UAD classes, and their words differ. Three readings stand side by side; a class is worth the mean of the three, and resamples take them in turn, so that intervals hold their disagreement.

${mappings.map(({ why, ratings: read }) => `- ${UAD_CLASSES.map((name) => `${name}: ${read[name].join(', ') || 'none'}`).join('; ')} — ${why}`).join('\n')}

Against the mix of sold houses older than ten years ("typical"), in Ames:

${table('UAD class', rowsOf(condition))}

A class with too few sales is known no better than its step to the next one: the square of that step is added to its variance. C1 has no sales at all, because new houses are rated like others; it is taken as C2 with that uncertainty. What C6 says rests on houses that somebody bought in the ordinary way; of the worst ones many are sold in distress, and these are left out.

## In other towns

The same words are worth less in ${other?.name} (${other?.sales.toLocaleString('en-US')} sales, the same kind of fit with ZIP codes), each against Average:

| Word | Sales in Ames | Value | Sales there | Value |
|---|---:|---:|---:|---:|
${elsewhere.compared.map((each) => `| ${[each.word, each.amesSales, percent(each.amesLogRatio), each.sales, percent(each.logRatio)].join(' | ')} |`).join('\n')}

Over the words with 30 sales in both, effects there are ${other?.factor.toFixed(2)} times those of ${ames?.name}. One more town is taken as drawn like these two: what Fettle answers is every effect multiplied by ${elsewhere.meanFactor.toFixed(2)}, with a standard deviation of ${elsewhere.deviationFactor.toFixed(2)}. Two towns say little about a third, hence the wide intervals. ${checkInWords(elsewhere)} Whether finish carries over in the same way was not measured; it gets the same factor.

## Finish

Each feature with the overall condition and all other features equal, in Ames; all ${fit.sales.toLocaleString('en-US')} sales. Levels with fewer than 30 sales are not used.

${Object.entries(finish)
  .map(([name, scale]) => table(name, rowsOf(scale)))
  .join('\n\n')}

## Again

\`\`\`sh
node bin/fit-condition-worth.ts --ames AmesHousing.csv --king-county kc_house_data.csv
\`\`\`
`;
}

/** How many parts of the other town have their factor within the 80 % interval of a factor. */
function checkInWords({ partFactors, meanFactor, deviationFactor }: ConditionWorthTable['elsewhere']): string {
  const within = partFactors.filter((factor) => Math.abs(factor - meanFactor) <= Z_90 * deviationFactor).length;
  const [lowest, highest] = [Math.min(...partFactors), Math.max(...partFactors)].map((factor) => factor.toFixed(2));
  return `Each of ${partFactors.length} parts of King County, from south to north and west to east, was measured by itself: their factors are from ${lowest} to ${highest}, and the 80 % interval of a factor holds ${within} of them. Parts of one county are more alike than towns.`;
}
