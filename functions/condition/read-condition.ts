import { type Subject, SubjectLabel, type VehicleCondition, VehiclePart } from '../photos/photo-assessment.ts';
import type { ModelAnswer, Word } from './model-answer.ts';
import { VEHICLE_SEVERITIES } from './model-outputs.ts';

/** The photo's subject; `undetermined` when the model is below its threshold or abstains. */
export function readSubject({ classes, abstains }: ModelAnswer): Subject {
  const best = classes[0]?.[0];
  const label = SubjectLabel.safeParse(best?.word);
  if (!best || !label.success) return { label: 'undetermined', confidenceRatio: 0 };
  return {
    label: best.reachesThreshold && !abstains ? label.data : 'undetermined',
    confidenceRatio: best.confidenceRatio,
  };
}

/** The damage severity of a vehicle, and the damaged parts, if any. */
export function readVehicle({ classes, labels, abstains }: ModelAnswer): VehicleCondition {
  const severities: readonly string[] = VEHICLE_SEVERITIES;
  const best = classes.find((words) => words.some(({ word }) => severities.includes(word)))?.[0];
  const severity = VEHICLE_SEVERITIES.find((each) => each === best?.word);
  if (!best || !severity) return { severity: 'undetermined', confidenceRatio: 0, experimental: false, parts: [] };
  const settled = best.reachesThreshold && !abstains ? severity : 'undetermined';
  const damaged = settled !== 'undamaged' && settled !== 'undetermined';
  return {
    severity: settled,
    confidenceRatio: best.confidenceRatio,
    experimental: best.experimental,
    parts: damaged ? labels.flatMap(partOf) : [],
  };
}

function partOf({ word, reachesThreshold, confidenceRatio, experimental }: Word): VehicleCondition['parts'] {
  const part = VehiclePart.safeParse(word);
  return reachesThreshold && part.success ? [{ part: part.data, confidenceRatio, experimental }] : [];
}
