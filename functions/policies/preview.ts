import type { Conclusion } from '../assessments/assessment.ts';
import { conclude } from '../assessments/conclude.ts';
import type { PropertyPartRating, Rating } from '../assessments/rating.ts';
import type { RatingPolicies } from '../assessments/rating-policies.ts';
import type { Asset } from '../assets/asset.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import type { JobId } from '../platform/ids.ts';
import { differencesBetween } from './differences.ts';
import { judgedAgain } from './judged-again.ts';
import type { Previewed } from './policies-contract.ts';

/** A completed job as it is stored. */
export type StoredResult = {
  readonly job: {
    readonly jobId: JobId;
    readonly asset: Asset;
    readonly photos: readonly { readonly photoId: string; readonly subject?: string | undefined }[];
  };
  readonly photos: readonly PhotoAssessment[];
  readonly conclusion: Conclusion;
};

/** Most differences of one result that are listed. Chosen by eye: a screenful. */
const LISTED_DIFFERENCES = 20;

/** What a job's answer is under the policies in force, and what it would be under others; as of the time of its conclusion. */
export function previewOf(
  { job, photos, conclusion }: StoredResult,
  { active, proposed }: { readonly active: RatingPolicies; readonly proposed: RatingPolicies },
): Previewed {
  const then = new Date(conclusion.createdAt);
  const [before, after] = [active, proposed].map((policies) => {
    const judged = photos.map((photo) => judgedAgain(photo, policies));
    return conclude(job, { photos: judged, value: conclusion.value.evidence }, policies, then);
  }) as [Conclusion, Conclusion];
  const differences = differencesBetween(before, after);
  return {
    jobId: job.jobId,
    kind: job.asset.kind,
    concludedAt: conclusion.createdAt,
    given: ratingInWords(conclusion.rating),
    active: ratingInWords(before.rating),
    proposed: ratingInWords(after.rating),
    differences: differences.slice(0, LISTED_DIFFERENCES),
    moreDifferences: Math.max(0, differences.length - LISTED_DIFFERENCES),
  };
}

/** A rating in short, such as "C3 (3.42)" or "grade 4.5 (4.35)". */
export function ratingInWords(rating: Rating): string {
  if (rating.scale === 'UAD') return partInWords(rating.overall);
  if (rating.scale === 'none') return 'not rated';
  return rating.status === 'rated' ? `grade ${rating.grade} (${rating.score.toFixed(2)})` : 'undetermined';
}

const partInWords = (part: PropertyPartRating): string =>
  part.status === 'rated' ? `${part.class} (${part.score.toFixed(2)})` : 'undetermined';
