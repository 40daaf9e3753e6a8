import type { View } from '../../../functions/assessments/photo-views.ts';
import { type AssessedPhoto, FINDING_KINDS, type PhotoFinding } from '../../../functions/photos/photo-assessment.ts';
import { examinedOn } from '../by-default.ts';

/** Photo assessments that tests of the rules start from. */

const QUALITY = {
  scoreRatio: 0.8,
  sharpness: { scoreRatio: 0.8, laplacianVariance: 500 },
  exposure: { scoreRatio: 1, meanLuma: 0.5, clippedDarkRatio: 0, clippedBrightRatio: 0 },
  resolution: { scoreRatio: 1, megapixels: 12 },
};

/** Of a model that counts for cracks and stains, and is experimental for the rest. */
const SURFACE_KINDS = new Map(FINDING_KINDS.map((kind) => [kind, kind !== 'crack' && kind !== 'damp_stain']));

/** The same photo with the answers that models like today's give of it. */
export const examinedAgain = <Photo extends Omit<View, 'examined'>>(view: Photo): Photo & Pick<View, 'examined'> => ({
  ...view,
  examined: examinedOn(view, { surfaceKinds: SURFACE_KINDS, abstained: new Set() }),
});

let pictures = 0;

/** A hash that differs from every other one in half of its bits or so. */
function nextHash(): string {
  pictures += 1;
  return ((BigInt(pictures) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn).toString(16).padStart(16, '0');
}

/** A sharp photo of its own; every call another picture. */
export function photo(photoId: string, label: AssessedPhoto['subject']['label'], rest: Partial<View> = {}): View {
  return examinedAgain({
    photoId,
    status: 'assessed' as const,
    media: { widthPx: 4000, heightPx: 3000, bytes: 2_700_000, sha256: 'a'.repeat(64), phash: nextHash() },
    quality: QUALITY,
    subject: { label, confidenceRatio: 0.9 },
    findings: [],
    evidence: { verdict: 'undetermined', summary: 'nothing proves it', tests: [] },
    models: { subject: '1.0.0' },
    policies: [],
    timings: {},
    ...rest,
  });
}

export const finding = (rest: Partial<PhotoFinding> = {}): PhotoFinding => ({
  kind: 'crack',
  severity: 'moderate',
  confidenceRatio: 0.8,
  areaRatio: 0.05,
  box: { x: 0.1, y: 0.1, width: 0.5, height: 0.5 },
  experimental: false,
  ...rest,
});

/** Enough of a house to be rated. */
export const house = (): View[] => [
  photo('p001', 'exterior'),
  photo('p002', 'kitchen'),
  photo('p003', 'bathroom'),
  photo('p004', 'bedroom'),
];

export const vehicleOf = (severity: 'undamaged' | 'minor' | 'moderate' | 'severe', confidenceRatio = 0.8) => ({
  vehicle: { severity, confidenceRatio, experimental: false, parts: [] },
});

/** The views with further findings on one of them. */
export const withFindings = (views: readonly View[], index: number, findings: readonly PhotoFinding[]): View[] =>
  views.map((view, at) =>
    at === index ? examinedAgain({ ...view, findings: [...view.findings, ...findings] }) : view,
  );
