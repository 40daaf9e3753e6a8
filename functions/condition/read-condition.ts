import type { AssetKind } from '../assets/asset.ts';
import { type Subject, SubjectLabel, type VehicleCondition, VehiclePart } from '../photos/photo-assessment.ts';
import type { ModelAnswer, Word } from './model-answer.ts';
import { VEHICLE_SEVERITIES } from './model-outputs.ts';
import { SHOWS_NO } from './questions.ts';

/** Among photos of an asset other things are rarer than among those that the model learnt from, so it has to be surer of them. */
const SURE_OF_OTHER_THING_RATIO = 0.8;

/** The photo's subject; `undetermined` when the model is below its threshold or abstains, or not sure of another thing than the asset. */
export function readSubject({ classes, abstains }: ModelAnswer, assetKind?: AssetKind): Subject {
  const best = classes[0]?.[0];
  const label = SubjectLabel.safeParse(best?.word);
  if (!best || !label.success) return { label: 'undetermined', confidenceRatio: 0 };
  const otherThing = assetKind !== undefined && SHOWS_NO[assetKind].includes(label.data);
  const sure = best.reachesThreshold && !(otherThing && best.confidenceRatio < SURE_OF_OTHER_THING_RATIO);
  return { label: sure && !abstains ? label.data : 'undetermined', confidenceRatio: best.confidenceRatio };
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
