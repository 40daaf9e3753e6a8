import { z } from 'zod';
import { type Contradiction, type DocumentOf, definePolicy } from '../platform/policy.ts';
import { eachOf } from '../platform/policy-relations.ts';
import { EVIDENCE_RULES } from './evidence-rules.ts';

/** The verdicts that a test can give, the mildest first. "Authentic" is none: no test proves it. */
export const VERDICTS = ['undetermined', 'suspicious', 'synthetic'] as const;
export type GivenVerdict = (typeof VERDICTS)[number];

/** The tests that can fail, and those that can warn, in the order in which they are shown. */
export const FAILING_TESTS = ['declared_generated', 'declared_edited', 'camera_and_times', 'structure'] as const;
export const WARNING_TESTS = ['declared_edited', 'editing_software', 'camera_and_times'] as const;

const shape = z.strictObject({
  failed: eachOf(FAILING_TESTS, (test) =>
    z
      .enum(VERDICTS)
      .describe(`The verdict on a photo whose test \`${test}\` failed, unless another test gives a worse one.`),
  ).describe('The verdict by the test that failed.'),
  warned: eachOf(WARNING_TESTS, (test) =>
    z
      .enum(VERDICTS)
      .describe(`The verdict on a photo of which the test \`${test}\` warns; \`undetermined\` lets it pass.`),
  ).describe('The verdict by the test that warns; never worse than when it failed.'),
  countsForRating: z
    .strictObject({
      suspicious: z.boolean().describe('Whether suspicious photos count.'),
      synthetic: z.boolean().describe('Whether synthetic photos count; only where suspicious ones do.'),
    })
    .describe('Which doubtful photos count for a rating; all others do.'),
});

type Document = z.output<typeof shape>;

const isWorse = (one: GivenVerdict, other: GivenVerdict): boolean => VERDICTS.indexOf(one) > VERDICTS.indexOf(other);

const contradictionsIn = ({ failed, warned, countsForRating }: Document): Contradiction[] => [
  ...(['declared_edited', 'camera_and_times'] as const)
    .filter((test) => isWorse(warned[test], failed[test]))
    .map((test) => ({
      path: ['warned', test],
      message: `expected no worse verdict than "${failed[test]}" of failed.${test}`,
    })),
  ...(isWorse(failed.declared_edited, failed.declared_generated)
    ? [
        {
          path: ['failed', 'declared_generated'],
          message: `expected no milder verdict than "${failed.declared_edited}" of failed.declared_edited`,
        },
      ]
    : []),
  ...(countsForRating.synthetic && !countsForRating.suspicious
    ? [{ path: ['countsForRating', 'synthetic'], message: 'expected false where suspicious photos do not count' }]
    : []),
];

/** Whether a photo can be trusted. */
export const EVIDENCE = definePolicy({
  name: 'evidence',
  title: 'Evidence',
  summary: 'Which verdict the tests of a photo give, and which doubtful photos count for a rating.',
  shape,
  contradictionsIn,
  defaults: EVIDENCE_RULES,
});
export type EvidenceRules = DocumentOf<typeof EVIDENCE>;
