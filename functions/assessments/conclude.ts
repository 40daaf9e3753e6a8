import { valueAsset } from '../asset-value/value-asset.ts';
import type { ValueEvidence } from '../asset-value/value-evidence.ts';
import type { Asset, AssetKind } from '../assets/asset.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import type { ClassShares } from '../valuation/condition-worth.ts';
import { asksAbout } from './asks.ts';
import type { Conclusion, MergedFinding } from './assessment.ts';
import { summariseExamined } from './examined-summary.ts';
import { mergeFindings } from './merge-findings.ts';
import { asOnePlace, isUsable, showsAsset, type View, viewsOf, withoutCopies } from './photo-views.ts';
import { summariseQuality } from './quality-summary.ts';
import { rateProperty } from './rate-property.ts';
import { rateVehicle } from './rate-vehicle.ts';
import type { NoRating, Rating } from './rating.ts';
import { type RatingPolicies, usesOf } from './rating-policies.ts';

/** Changes with every change of the rules that merge and rate, the defaults of policies included. */
const RULES_VERSION = '2.7.0';

type Job = {
  readonly asset: Asset;
  /** the photos as announced, with what their owner says that they show */
  readonly photos: readonly { readonly photoId: string; readonly subject?: string | undefined }[];
};

/** What was found out about the asset of a job. */
export type JobEvidence = {
  readonly photos: readonly PhotoAssessment[];
  readonly value: ValueEvidence;
};

/** The answer of a job, from the evidence and the facts of its asset, by the policies that are in force for it. */
export function conclude(
  { asset, photos: announced }: Job,
  { photos, value }: JobEvidence,
  policies: RatingPolicies,
  now: Date,
): Conclusion {
  const { documents } = policies;
  const hints = new Map(announced.flatMap(({ photoId, subject }) => (subject ? [[photoId, subject]] : [])));
  const views = viewsOf(photos, hints);
  // Copies of a picture are one view, but a finding on any of them counts.
  const usable = asOnePlace(views).filter((view) => isUsable(view, documents) && showsAsset(asset.kind, view));
  const models = Object.assign({}, ...views.map((view) => view.models)) as Record<string, string>;
  const findings = mergeFindings(
    usable.map((view) => aboutAsset(asset.kind, view)),
    documents.findings,
    asset.kind === 'property' ? asset.yearBuilt : undefined,
  );
  const rating = rate(asset, { usable, findings }, policies, now);
  return {
    findings,
    asks: asksAbout(findings),
    examined: summariseExamined(asset.kind, usable),
    rating,
    value: valueAsset({ asset, evidence: value, condition: classesOf(rating) }, documents.fusedValue, now),
    quality: summariseQuality(photos, views, asset.kind, documents),
    versions: { rules: RULES_VERSION, models },
    policies: usesOf(asset.kind, policies),
    createdAt: now.toISOString(),
  };
}

/** Without what other models than those of the asset's kind say, such as damage of a car before the house. */
function aboutAsset(kind: AssetKind, { vehicle, ...view }: View): View {
  const findings = kind === 'property' ? view.findings : [];
  return { ...view, findings, ...(kind === 'vehicle' && vehicle && { vehicle }) };
}

type Evidence = { readonly usable: readonly View[]; readonly findings: readonly MergedFinding[] };

function rate(asset: Asset, { usable, findings }: Evidence, { documents }: RatingPolicies, now: Date): Rating {
  switch (asset.kind) {
    case 'property':
      return rateProperty(asset, { views: withoutCopies(usable), findings }, now, documents.propertyRating);
    case 'vehicle':
      return rateVehicle(asset, usable, documents.vehicleRating);
    case 'product':
    case 'collectible':
      return notRated(asset.kind, asset.statedCondition);
  }
}

/** How likely each class of a property as a whole is; undefined where it is undetermined, and of other things. */
const classesOf = (rating: Rating): ClassShares | undefined =>
  rating.scale === 'UAD' && rating.overall.status === 'rated' ? rating.overall.probabilities : undefined;

function notRated(kind: 'product' | 'collectible', statedCondition: string | undefined): NoRating {
  return {
    scale: 'none',
    status: 'not_rated',
    ...(statedCondition && { statedCondition }),
    reasons: [
      `condition not examined: no model judges the condition of a ${kind} yet`,
      ...(statedCondition ? [`stated condition ${statedCondition.replaceAll('_', ' ')}, not checked`] : []),
    ],
  };
}
