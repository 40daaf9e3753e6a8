import type { Evidence, EvidenceTest } from '../photos/evidence.ts';
import { type EvidenceRules, FAILING_TESTS, type GivenVerdict, VERDICTS, WARNING_TESTS } from './evidence-policy.ts';
import { type Testable, testEvidence } from './evidence-tests.ts';

const NO_PROOF = 'nothing proves where the photo comes from, and the absence of proof proves nothing';

/**
 * Whether a photo can be trusted: tests of what its file says of itself, and the verdict that follows from them. No test proves
 * that a photo is authentic: that would take a valid signature of the camera, which nothing here verifies yet.
 */
export function judgeEvidence(photo: Testable, now: Date, rules: EvidenceRules): Evidence {
  const tests = testEvidence(photo, now);
  return { ...verdictOf(tests, rules), tests };
}

type Verdict = { readonly verdict: GivenVerdict; readonly meaning: string };

/** The worst verdict that any test gives, by the first that gives it. */
export function verdictOf(
  tests: readonly EvidenceTest[],
  { failed, warned }: EvidenceRules,
): Pick<Evidence, 'verdict' | 'summary'> {
  const given = [
    ...FAILING_TESTS.flatMap((test) => verdictsOf(tests, test, 'fail', failed[test])),
    // A warning that decides nothing is no reason.
    ...WARNING_TESTS.flatMap((test) => verdictsOf(tests, test, 'warn', warned[test])).filter(
      ({ verdict }) => verdict !== 'undetermined',
    ),
  ];
  const worst = VERDICTS.findLast((verdict) => given.some((each) => each.verdict === verdict));
  const first = given.find(({ verdict }) => verdict === worst);
  if (!first) return { verdict: 'undetermined', summary: NO_PROOF };
  const { verdict, meaning } = first;
  return { verdict, summary: verdict === 'undetermined' ? `${meaning}; ${NO_PROOF}` : meaning };
}

const verdictsOf = (
  tests: readonly EvidenceTest[],
  test: EvidenceTest['test'],
  outcome: EvidenceTest['outcome'],
  verdict: GivenVerdict,
): Verdict[] =>
  tests.filter((each) => each.test === test && each.outcome === outcome).map(({ meaning }) => ({ verdict, meaning }));
