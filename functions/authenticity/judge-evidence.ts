import type { Evidence, EvidenceTest } from '../photos/evidence.ts';
import { type Testable, testEvidence } from './evidence-tests.ts';

/**
 * The verdict that a failed test gives, the first in this order. No test proves that a photo is authentic: that would take a
 * valid signature of the camera, which nothing here verifies yet.
 */
const VERDICT_OF_FAILED = [
  { test: 'declared_generated', verdict: 'synthetic' },
  { test: 'declared_edited', verdict: 'suspicious' },
  { test: 'camera_and_times', verdict: 'suspicious' },
  { test: 'structure', verdict: 'undetermined' },
] as const satisfies readonly { readonly test: EvidenceTest['test']; readonly verdict: Evidence['verdict'] }[];

const NO_PROOF = 'nothing proves where the photo comes from, and the absence of proof proves nothing';

/** Whether a photo can be trusted: tests of what its file says of itself, and the verdict that follows from them. */
export function judgeEvidence(photo: Testable, now: Date): Evidence {
  const tests = testEvidence(photo, now);
  return { ...concludeTests(tests), tests };
}

function concludeTests(tests: readonly EvidenceTest[]): Pick<Evidence, 'verdict' | 'summary'> {
  for (const { test, verdict } of VERDICT_OF_FAILED) {
    const failed = tests.find((each) => each.test === test && each.outcome === 'fail');
    if (failed)
      return { verdict, summary: verdict === 'undetermined' ? `${failed.meaning}; ${NO_PROOF}` : failed.meaning };
  }
  return { verdict: 'undetermined', summary: NO_PROOF };
}
