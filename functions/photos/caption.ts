import type { Colour } from './canvas.ts';
import { certaintyInWords } from './certainty.ts';
import { kindInWords } from './finding-words.ts';
import { type PhotoFinding, SEVERITIES, type Severity, type VehicleCondition } from './photo-assessment.ts';
import type { Words } from './plate.ts';
import { placeInWords } from './subject-words.ts';

/** RGB 0..255: dark enough for white letters, redder the worse. Chosen by eye. */
const COLOURS: Record<Severity, Colour> = { minor: [96, 78, 20], moderate: [164, 72, 0], severe: [176, 22, 40] };
/** RGB 0..255. */
const WHITE: Colour = [255, 255, 255];

const severityOf = ({ severity }: Pick<VehicleCondition, 'severity'>): Severity | undefined =>
  SEVERITIES.find((each) => each === severity);

/** Whether the model saw damage of a vehicle. */
export const isDamaged = (vehicle: VehicleCondition): boolean => severityOf(vehicle) !== undefined;

/** What is said of a vehicle's damage on its photo: how bad, then the damaged parts, surest first, in the words of the US trade. */
export function captionOfVehicle(vehicle: VehicleCondition): Words {
  const parts = vehicle.parts.toSorted((a, b) => b.confidenceRatio - a.confidenceRatio);
  return {
    ...coloursOf([vehicle]),
    lines: [line(`${vehicle.severity} damage`, vehicle), ...parts.map((part) => line(placeInWords(part.part), part))],
  };
}

/** What is said of findings of which no model says where they are, those that count first. */
export function captionOfFindings(findings: readonly PhotoFinding[]): Words {
  const counted = findings.toSorted((a, b) => Number(a.experimental) - Number(b.experimental));
  return {
    ...coloursOf(findings),
    lines: counted.map((finding) => line(`${finding.severity} ${kindInWords(finding.kind)}`, finding)),
  };
}

type Certainty = { readonly confidenceRatio: number; readonly experimental: boolean };

const line = (what: string, { confidenceRatio, experimental }: Certainty): string =>
  `${what} ${certaintyInWords(confidenceRatio)}${experimental ? ' (experimental)' : ''}`;

type Damage = Pick<VehicleCondition, 'severity' | 'experimental'>;

/** In the colour of the worst that counts; coloured letters on white where everything is experimental. */
function coloursOf(damages: readonly Damage[]): Pick<Words, 'ground' | 'letters'> {
  const counted = damages.filter(({ experimental }) => !experimental);
  const severities = (counted.length > 0 ? counted : damages).map(severityOf);
  const colour = COLOURS[SEVERITIES.findLast((severity) => severities.includes(severity)) ?? 'minor'];
  return counted.length > 0 ? { ground: colour, letters: WHITE } : { ground: WHITE, letters: colour };
}
