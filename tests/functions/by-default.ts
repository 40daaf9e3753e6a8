import * as concluding from '../../functions/assessments/conclude.ts';
import * as cracks from '../../functions/assessments/crack-reading.ts';
import * as merging from '../../functions/assessments/merge-findings.ts';
import * as viewing from '../../functions/assessments/photo-views.ts';
import * as summarising from '../../functions/assessments/quality-summary.ts';
import * as property from '../../functions/assessments/rate-property.ts';
import * as vehicle from '../../functions/assessments/rate-vehicle.ts';
import { RATING_POLICIES } from '../../functions/assessments/rating-policies.ts';
import * as damage from '../../functions/assessments/vehicle-damage.ts';
import type { ValueEvidence } from '../../functions/asset-value/value-evidence.ts';
import * as judging from '../../functions/authenticity/judge-evidence.ts';
import * as examining from '../../functions/condition/examined.ts';
import * as finding from '../../functions/condition/read-findings.ts';
import * as severities from '../../functions/condition/severity.ts';
import * as faults from '../../functions/photos/faults.ts';
import * as measuring from '../../functions/photos/quality.ts';
import { defaultsOf } from '../../functions/platform/policy-choice.ts';

/** The rules under the default policies, for tests that are about something else than policies. */
export const DEFAULTS = defaultsOf(RATING_POLICIES);
const { documents: rules } = DEFAULTS;

/** A function without its last parameter, its rules. */
const under =
  <Arguments extends unknown[], Rules, Result>(rule: (...all: [...Arguments, Rules]) => Result, given: Rules) =>
  (...rest: Arguments): Result =>
    rule(...rest, given);

export const rateProperty = under(property.rateProperty, rules.propertyRating);
export const rateVehicle = under(vehicle.rateVehicle, rules.vehicleRating);
export const boundsOf = under(damage.boundsOf, rules.vehicleRating);
export const readCrack = under(cracks.readCrack, rules.findings);
export const weightOf = under(merging.weightOf, rules.findings);
export const readFindings = under(finding.readFindings, rules.findings);
export const severityOf = under(severities.severityOf, rules.findings);
export const severityReadFrom = under(severities.severityReadFrom, rules.findings);
export const isGoodEnough = under(faults.isGoodEnough, rules.photos);
export const faultsOf = under(faults.faultsOf, rules.photos);
export const usableViews = under(viewing.usableViews, rules);
export const summariseQuality = under(summarising.summariseQuality, rules);
export const judgeEvidence = under(judging.judgeEvidence, rules.evidence);

/** Of a job whose value nobody asked for. */
export const NO_VALUE_EVIDENCE: ValueEvidence = {
  model: { status: 'no_model', why: 'not asked' },
  comps: { status: 'not_searched', why: 'not asked' },
};

type Conclude = typeof concluding.conclude;
export const conclude = (job: Parameters<Conclude>[0], photos: Parameters<Conclude>[1]['photos'], now: Date) =>
  concluding.conclude(job, { photos, value: NO_VALUE_EVIDENCE }, DEFAULTS, now);

export const mergeFindings = (views: Parameters<typeof merging.mergeFindings>[0], yearBuilt?: number) =>
  merging.mergeFindings(views, rules.findings, yearBuilt);

type ExaminedOn = Parameters<typeof examining.examinedOn>;
export const examinedOn = (photo: ExaminedOn[0], asked: Omit<ExaminedOn[1], 'photoRules'>) =>
  examining.examinedOn(photo, { ...asked, photoRules: rules.photos });

export const measureQuality = (...measured: Parameters<typeof measuring.measurePhoto>) =>
  measuring.qualityOf(measuring.measurePhoto(...measured), rules.photos);
