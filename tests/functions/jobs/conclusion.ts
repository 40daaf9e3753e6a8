import { Conclusion } from '../../../functions/assessments/assessment.ts';

/** A conclusion that says next to nothing. */
export const conclusionAt = (createdAt: string): Conclusion =>
  Conclusion.parse({
    findings: [],
    rating: { scale: 'none', status: 'not_rated', reasons: [] },
    quality: {
      photos: { total: 1, assessed: 0, rejected: 1, failed: 0, usable: 0 },
      meanScoreRatio: null,
      duplicates: [],
      doubtful: [],
      notes: [],
    },
    versions: { rules: '1', models: {} },
    createdAt,
  });
