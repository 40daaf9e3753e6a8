import { z } from 'zod';
import { UAD_CLASSES, UadClass } from '../assets/asset.ts';
import { FINDING_KINDS, SEVERITIES } from '../photos/photo-assessment.ts';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import {
  addUpToOne,
  type Entry,
  eachOf,
  neverFall,
  noBetterThan,
  rangeQuantiles,
} from '../platform/policy-relations.ts';
import { rankOf } from './class-distribution.ts';
import { FINDING_WEIGHTS, PROPERTY_RATING_RULES, WEIGHTS } from './property-rating-rules.ts';

const Share = z.number().min(0).max(1);
const Distribution = (what: string) =>
  z.array(Share).length(UAD_CLASSES.length).describe(`Probability of C1 … C6 of ${what}; they add up to 1.`);
const Years = z.int().min(0).max(100);

/** Places that a side must show; more than a job has photos would rate nothing. */
const Views = z.int().min(1).max(100);

const shape = z.strictObject({
  newConstructionYears: Years.describe(
    'Years after its construction in which a house may be C1; the standard says one.',
  ),
  remodelledYears: Years.describe(
    'Years after its construction, or its remodelling to the studs, in which a house may be C2; the standard says three.',
  ),
  priors: z
    .strictObject({
      new: Distribution('a house within `newConstructionYears` of its construction'),
      renewed: Distribution('a house within `remodelledYears` of its construction or remodelling; of C1 none'),
      typical: Distribution('every other house; of C1 and C2 none'),
    })
    .describe('How likely each class is before any photo; a newer house is nowhere worse.'),
  bestClassWith: eachOf(WEIGHTS, (weight) =>
    UadClass.describe(
      weight === 'inspect'
        ? 'The best class that a finding leaves whose severity nobody can tell; every class from it to C6 is equally likely.'
        : `The best class that a finding of the weight "${weight}" leaves.`,
    ),
  ).describe('The best class that a finding leaves by its weight; a heavier one leaves no better class.'),
  cosmeticFindingsOfC4: z
    .int()
    .min(1)
    .max(100)
    .describe('So many findings together, however slight, leave the class of a moderate one.'),
  weightOf: eachOf(FINDING_KINDS, (kind) =>
    eachOf(SEVERITIES, (severity) =>
      z.enum(WEIGHTS).describe(`How much a ${severity} finding of the kind "${kind}" weighs.`),
    ).describe(
      `The weights of a finding of the kind "${kind}": never less for a worse severity; "inspect" for all or none.`,
    ),
  ).describe('How much a finding weighs, by kind and severity.'),
  statedShareByDistance: z
    .array(z.number().min(0.001).max(1))
    .length(UAD_CLASSES.length)
    .describe(
      'How much less likely a class becomes by its distance (0 … 5 classes) to the class that the owner states; never more with the distance. Used only where the rating becomes worse by it.',
    ),
  againstInterestFrom: UadClass.describe(
    "The best class that is against the owner's interest to state: the rating is no better than such a statement.",
  ),
  leastViews: z
    .strictObject({
      interior: Views.describe('Rooms that photos must show before the inside is rated.'),
      exterior: Views.describe('Photos of the outside before it is rated.'),
    })
    .describe('What must be shown; with less a side is `undetermined`.'),
  interiorShare: Share.describe('Share of the inside in the whole; the outside has the rest.'),
  rangeQuantiles: rangeQuantiles(),
});

type Document = z.output<typeof shape>;

function contradictionsIn(document: Document): Contradiction[] {
  const { priors, bestClassWith, weightOf, statedShareByDistance, newConstructionYears, remodelledYears } = document;
  return [
    ...neverFall('years', [
      [['newConstructionYears'], newConstructionYears],
      [['remodelledYears'], remodelledYears],
    ]),
    ...(['new', 'renewed', 'typical'] as const).flatMap((prior) => addUpToOne(['priors', prior], priors[prior])),
    ...closedClasses(['priors', 'renewed'], priors.renewed, 1),
    ...closedClasses(['priors', 'typical'], priors.typical, 2),
    ...noBetterThan(['priors', 'renewed'], priors.renewed, ['priors', 'new'], priors.new),
    ...noBetterThan(['priors', 'typical'], priors.typical, ['priors', 'renewed'], priors.renewed),
    ...noBetterWithMoreWeight(bestClassWith),
    ...FINDING_KINDS.flatMap((kind) => noLighterWhenWorse(['weightOf', kind], weightOf[kind])),
    ...statedShareByDistance.slice(1).flatMap((share, index) =>
      share <= (statedShareByDistance[index] ?? 0)
        ? []
        : [
            {
              path: ['statedShareByDistance', index + 1],
              message: 'expected no larger share than at a smaller distance',
            },
          ],
    ),
  ];
}

/** Classes that the gates close have no share, or the reasons of a rating would be untrue. */
const closedClasses = (path: Contradiction['path'], shares: readonly number[], closed: number): Contradiction[] =>
  shares
    .slice(0, closed)
    .flatMap((share, index) =>
      share === 0
        ? []
        : [{ path: [...path, index], message: `expected 0: ${UAD_CLASSES[index]} is closed to such a house` }],
    );

const noBetterWithMoreWeight = (bestClassWith: Document['bestClassWith']): Contradiction[] =>
  neverFallingClasses(FINDING_WEIGHTS.map((weight) => [['bestClassWith', weight], rankOf(bestClassWith[weight])]));

const neverFallingClasses = (entries: readonly Entry[]): Contradiction[] =>
  entries.slice(1).flatMap(([path, rank], index) => {
    const [beforePath, before] = entries[index] ?? [path, rank];
    return rank >= before
      ? []
      : [{ path, message: `expected no better class than ${UAD_CLASSES[before - 1]} of ${beforePath.join('.')}` }];
  });

/** With "inspect" for some severities only, a worse severity could leave a better class. */
function noLighterWhenWorse(path: Contradiction['path'], weights: Document['weightOf']['crack']): Contradiction[] {
  const toInspect = SEVERITIES.filter((severity) => weights[severity] === 'inspect');
  if (toInspect.length === SEVERITIES.length) return [];
  if (toInspect.length > 0) return [{ path, message: 'expected "inspect" for every severity, or for none' }];
  const order: readonly string[] = FINDING_WEIGHTS;
  return SEVERITIES.slice(1).flatMap((severity, index) => {
    const before = weights[SEVERITIES[index] ?? 'minor'];
    return order.indexOf(weights[severity]) >= order.indexOf(before)
      ? []
      : [{ path: [...path, severity], message: `expected no lighter weight than "${before}" of ${SEVERITIES[index]}` }];
  });
}

/** How facts and findings become the condition of a property. */
export const PROPERTY_RATING = definePolicy({
  name: 'property-rating',
  title: 'Rating of a property',
  summary: 'How facts and findings become the class of a property on the UAD scale, inside, outside and overall.',
  shape,
  contradictionsIn,
  defaults: PROPERTY_RATING_RULES,
});
export type PropertyRatingRules = DocumentOf<typeof PROPERTY_RATING>;
