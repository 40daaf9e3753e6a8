import { z } from 'zod';

/** A version of a policy that a result rests on. */
export const PolicyUse = z.strictObject({
  name: z.string().describe('Name of the policy.'),
  version: z
    .int()
    .nonnegative()
    .describe("The workspace's version, as under `/policies/{name}/versions`; 0 is the default of this release."),
  source: z
    .enum(['default', 'workspace', 'file'])
    .describe('`default` of this release, a version of the `workspace`, or a `file` given to the command line.'),
  digest: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe('The first 64 bits of the SHA-256 of the document, in hex: documents with one digest are equal.'),
  trial: z
    .enum(['active', 'candidate'])
    .optional()
    .describe('Which of the two versions of a trial it had; absent when no trial was running.'),
});
export type PolicyUse = z.infer<typeof PolicyUse>;

/** The versions of the policies that a result rests on. */
export const PolicyUses = z
  .array(PolicyUse)
  .describe('The versions of the policies that it rests on: with them and the facts it can be recomputed.');
