import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';

/** An assessed photo p001, on which these findings were made. */
export const assessedPhoto = (findings: readonly object[] = []): PhotoAssessment =>
  PhotoAssessment.parse({
    photoId: 'p001',
    status: 'assessed',
    media: { widthPx: 10, heightPx: 10, bytes: 1, sha256: '0'.repeat(64), phash: '0'.repeat(16) },
    quality: {
      scoreRatio: 1,
      sharpness: { scoreRatio: 1, laplacianVariance: 1 },
      exposure: { scoreRatio: 1, meanLuma: 0.5, clippedDarkRatio: 0, clippedBrightRatio: 0 },
      resolution: { scoreRatio: 1, megapixels: 1 },
    },
    subject: { label: 'kitchen', confidenceRatio: 1 },
    findings,
    evidence: { verdict: 'undetermined', summary: 'nothing proves it', tests: [] },
    models: {},
    timings: {},
  });
