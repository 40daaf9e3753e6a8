import type { Colour } from './canvas.ts';
import { certaintyInWords } from './certainty.ts';
import { SEVERITIES, type Severity, type VehicleCondition } from './photo-assessment.ts';
import { placeInWords } from './subject-words.ts';

/** RGB 0..255: dark enough for white letters, redder the worse. Chosen by eye. */
const COLOURS: Record<Severity, Colour> = { minor: [96, 78, 20], moderate: [164, 72, 0], severe: [176, 22, 40] };
/** RGB 0..255. */
const WHITE: Colour = [255, 255, 255];

const severityOf = ({ severity }: VehicleCondition): Severity | undefined =>
  SEVERITIES.find((each) => each === severity);

/** Whether a vehicle model saw damage. */
export const isDamaged = (vehicle: VehicleCondition): boolean => severityOf(vehicle) !== undefined;

/** What is said of a vehicle's damage on its photo: how bad, then the damaged parts, surest first, in the words of the US trade. */
export function captionOf(vehicle: VehicleCondition) {
  const colour = COLOURS[severityOf(vehicle) ?? 'minor'];
  const [ground, letters] = vehicle.experimental ? [WHITE, colour] : [colour, WHITE];
  const parts = vehicle.parts.toSorted((a, b) => b.confidenceRatio - a.confidenceRatio);
  return {
    ground,
    letters,
    lines: [line(`${vehicle.severity} damage`, vehicle), ...parts.map((part) => line(placeInWords(part.part), part))],
  };
}

const line = (
  what: string,
  { confidenceRatio, experimental }: Pick<VehicleCondition, 'confidenceRatio' | 'experimental'>,
) => `${what} ${certaintyInWords(confidenceRatio)}${experimental ? ' (experimental)' : ''}`;
