import { z } from 'zod';
import { FINDING_KINDS, FindingKind, SEVERITIES } from '../photos/photo-assessment.ts';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { eachOf, neverFall, rise } from '../platform/policy-relations.ts';
import { FINDING_RULES } from './finding-rules.ts';

const Share = z.number().min(0).max(1);
const Cells = z.number().min(0).max(1000);

const steps = (what: string) =>
  z
    .strictObject({
      moderate: Share.describe(`From this ${what} on it is at least moderate.`),
      severe: Share.describe(`From this ${what} on it is severe; no less than moderate.`),
    })
    .describe(`The ${what} at which a finding becomes moderate, and severe.`);

const Kinds = (what: string) => z.array(FindingKind).max(FINDING_KINDS.length).describe(what);

const shape = z.strictObject({
  crackLengthRatio: steps("length of a crack, in shares of the photo's diagonal,"),
  damagedAreaRatio: steps("damaged share of the photo's area"),
  neverMinor: Kinds('Kinds of damage that are at least moderate at any size.'),
  alwaysSevere: Kinds('Kinds of damage that are severe at any size.'),
  marginOfSevereRatio: Share.describe(
    'Severe by size needs a confidence of at least threshold + this x (1 - threshold); with 0 the threshold is enough.',
  ),
  severityPoints: eachOf(SEVERITIES, (severity) =>
    z.number().min(0.01).max(100).describe(`Points of a ${severity} finding.`),
  ).describe('Points of a severity; findings are in the order of points x confidence. Never less for a worse one.'),
  crackCells: z
    .strictObject({
      thin: Cells.describe('A crack is thin up to this width; no more than `open`.'),
      open: Cells.describe('A crack is open from this width on.'),
      leastLength: Cells.describe('A shorter region says nothing of the width of a crack.'),
    })
    .describe("What is said of the width of a crack, in cells of the model's map; it may name a crack structural."),
});

const contradictionsIn = ({
  crackLengthRatio,
  damagedAreaRatio,
  severityPoints,
  crackCells,
}: z.output<typeof shape>): Contradiction[] => [
  ...neverFall('a length', [
    [['crackLengthRatio', 'moderate'], crackLengthRatio.moderate],
    [['crackLengthRatio', 'severe'], crackLengthRatio.severe],
  ]),
  ...neverFall('an area', [
    [['damagedAreaRatio', 'moderate'], damagedAreaRatio.moderate],
    [['damagedAreaRatio', 'severe'], damagedAreaRatio.severe],
  ]),
  ...neverFall(
    'points',
    SEVERITIES.map((severity) => [['severityPoints', severity], severityPoints[severity]]),
  ),
  ...rise('a width', [
    [['crackCells', 'thin'], crackCells.thin],
    [['crackCells', 'open'], crackCells.open],
  ]),
];

/** How bad a finding is. */
export const FINDINGS = definePolicy({
  name: 'findings',
  title: 'Findings',
  summary:
    'How bad a finding on a photo is by its size and kind, in which order findings are listed, and what is said of a crack.',
  shape,
  contradictionsIn,
  defaults: FINDING_RULES,
});
export type FindingRules = DocumentOf<typeof FINDINGS>;
