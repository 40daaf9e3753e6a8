import type { Asset } from '../assets/asset.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import type { Conclusion } from './assessment.ts';
import { mergeFindings } from './merge-findings.ts';
import { isUsable, usableViews, viewsOf } from './photo-views.ts';
import { summariseQuality } from './quality-summary.ts';
import { rateProperty } from './rate-property.ts';
import { rateVehicle } from './rate-vehicle.ts';
import type { NoRating, Rating } from './rating.ts';

/** Changes with every change of the rules that merge and rate. */
const RULES_VERSION = '2.1.0';

type Job = {
  readonly asset: Asset;
  /** the photos as announced, with what their owner says that they show */
  readonly photos: readonly { readonly photoId: string; readonly subject?: string | undefined }[];
};

/** The answer of a job, from the assessments of its photos and the facts of its asset. */
export function conclude({ asset, photos: announced }: Job, photos: readonly PhotoAssessment[], now: Date): Conclusion {
  const hints = new Map(announced.flatMap(({ photoId, subject }) => (subject ? [[photoId, subject]] : [])));
  const views = viewsOf(photos, hints);
  const models = Object.assign({}, ...views.map((view) => view.models)) as Record<string, string>;
  return {
    findings: mergeFindings(views),
    rating: rate(asset, views, now),
    quality: summariseQuality(photos, views),
    versions: { rules: RULES_VERSION, models },
    createdAt: now.toISOString(),
  };
}

function rate(asset: Asset, views: ReturnType<typeof viewsOf>, now: Date): Rating {
  // Copies of a picture are one view, but a finding on any of them counts.
  const usable = views.filter(isUsable);
  switch (asset.kind) {
    case 'property':
      return rateProperty(asset, { views: usableViews(views), findings: mergeFindings(usable) }, now);
    case 'vehicle':
      return rateVehicle(asset, usable);
    case 'product':
    case 'collectible':
      return notRated(asset.kind, asset.statedCondition);
  }
}

function notRated(kind: 'product' | 'collectible', statedCondition: string | undefined): NoRating {
  return {
    scale: 'none',
    status: 'not_rated',
    ...(statedCondition && { statedCondition }),
    reasons: [
      `no model judges the condition of a ${kind} yet`,
      ...(statedCondition ? [`stated condition ${statedCondition.replaceAll('_', ' ')}, not checked`] : []),
    ],
  };
}
