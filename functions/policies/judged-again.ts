import type { PhotoPolicies } from '../assessments/photo-policies.ts';
import { verdictOf } from '../authenticity/judge-evidence.ts';
import { maybeCloseUp } from '../condition/questions.ts';
import { severityOf } from '../condition/severity.ts';
import type { AssessedPhoto, PhotoAssessment, PhotoFinding } from '../photos/photo-assessment.ts';
import { measuresOf, qualityOf } from '../photos/quality.ts';

/**
 * A stored assessment as other policies would have made it, from what it holds: quality from its measures, the verdict from its
 * tests, severity from size and confidence. What was examined stays as it was; so does what release 0.1.0 stored without
 * tests, and the severity of findings without a threshold, which releases before policies did not store.
 */
export function judgedAgain(
  photo: PhotoAssessment,
  { documents: { photos, evidence, findings } }: Pick<PhotoPolicies, 'documents'>,
): PhotoAssessment {
  if (photo.status !== 'assessed') return photo;
  const closeUp = maybeCloseUp(photo.subject);
  const severityAgain = (finding: PhotoFinding): PhotoFinding => {
    const { thresholdRatio } = finding;
    if (thresholdRatio === undefined) return finding;
    return { ...finding, severity: severityOf({ ...finding, thresholdRatio }, { closeUp }, findings) };
  };
  return {
    ...photo,
    quality: qualityOf(measuresOf(photo.quality), photos),
    evidence: evidenceAgain(photo.evidence, evidence),
    findings: photo.findings.map(severityAgain),
  };
}

const evidenceAgain = (
  evidence: AssessedPhoto['evidence'],
  rules: PhotoPolicies['documents']['evidence'],
): AssessedPhoto['evidence'] =>
  evidence.tests.length === 0 ? evidence : { ...evidence, ...verdictOf(evidence.tests, rules) };
