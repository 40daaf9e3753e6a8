import { z } from 'zod';

export const EVIDENCE_TESTS = [
  'declared_generated',
  'declared_edited',
  'editing_software',
  'camera_and_times',
  'structure',
  'seen_before',
] as const;

/** One test of whether a photo can be trusted. */
export const EvidenceTest = z
  .strictObject({
    test: z
      .enum(EVIDENCE_TESTS)
      .describe(
        'What was tested. `declared_generated`, `declared_edited`: what the file says by its digital source type (IPTC, C2PA) and the programs it names. `editing_software`: programs that edited it. `camera_and_times`: whether the tags of the camera are complete and consistent. `structure`: whether the picture shows anything. `seen_before`: whether an earlier photo of the job shows the same picture.',
      ),
    outcome: z
      .enum(['pass', 'warn', 'fail', 'not_applicable'])
      .describe('`warn` is worth a look and decides nothing. `not_applicable`: the file has nothing to test.'),
    meaning: z.string().describe('What was found, in words.'),
    where: z.string().optional().describe('The field of the file, or the photo, in which it was found.'),
  })
  .describe('One test, and what came of it.');
export type EvidenceTest = z.infer<typeof EvidenceTest>;

export const Evidence = z
  .strictObject({
    verdict: z
      .enum(['authentic', 'suspicious', 'synthetic', 'undetermined'])
      .describe(
        '`synthetic`: the file declares that it was generated. `suspicious`: it declares a generative edit, or its camera tags contradict each other or the clock. `undetermined`: everything else. `authentic` needs a verified signature of the camera, and is not given at present.',
      ),
    // Release 0.1.0 stored neither of the two.
    summary: z.string().default('assessed by release 0.1.0').describe('What the verdict rests on, in a sentence.'),
    tests: z.array(EvidenceTest).default([]).describe('All tests of the photo, from which the verdict follows.'),
  })
  .describe('Whether the photo can be trusted.');
export type Evidence = z.infer<typeof Evidence>;
