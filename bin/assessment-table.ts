import Table from 'cli-table3';
import type { Assessment } from '../functions/assessments/assessment.ts';
import type { PropertyPartRating, Rating, VehicleRating } from '../functions/assessments/rating.ts';
import { certaintyInWords } from '../functions/photos/certainty.ts';
import { kindInWords } from '../functions/photos/finding-words.ts';
import type {
  AssessedPhoto,
  PhotoAssessment,
  PhotoFinding,
  VehicleCondition,
} from '../functions/photos/photo-assessment.ts';
import { assessmentBars } from './assessment-bars.ts';
import { barLines } from './bars.ts';
import { findingTable } from './finding-table.ts';
import type { SubjectWords } from './photo-subjects.ts';
import { valueLines } from './value-lines.ts';

/** Plain lines, whatever the terminal. */
const PLAIN = { style: { head: [], border: [] } };

/** Columns fit so many characters with their borders. */
const COLUMNS = 100;
const SAID_WIDTH = 42;

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
/** Of the rating: a heading, or none, and a text beside it. */
const line = (heading: string, text: string): string => `${heading.padEnd(HEADING_WIDTH)} ${text}`;
/** As of the names of bars. */
const HEADING_WIDTH = 10;
const words = (label: string): string => label.replaceAll('_', ' ');

export type AboutPhotos = {
  /** the words for what each photo shows, by its id */
  readonly called?: ReadonlyMap<string, SubjectWords>;
  /** they are drawings, of which nobody asks whether they can be trusted */
  readonly drawn?: boolean;
  /** of the terminal; default: as wide as the table */
  readonly columns?: number | undefined;
};

/**
 * An assessment for people to read: photos, findings, the rating with its reasons, and the value; both of them as bars at the end.
 *
 * @param names what each photo is called, by its id
 * @param about what else is known of the photos
 */
export function assessmentTable(
  assessment: Assessment,
  names: ReadonlyMap<string, string>,
  { columns = COLUMNS, ...about }: AboutPhotos = {},
): string {
  const sections = [
    ...(assessment.findings.length > 0 ? [findingTable(assessment, (id) => names.get(id) ?? id)] : []),
    ...assessment.asks.map((question) => `Question: ${question}`),
    ...assessment.examined.summary.map(sentence),
    ...ratingLines(assessment.rating),
    ...valueLines(assessment.value, columns - HEADING_WIDTH).map(({ heading, text }) => line(heading, text)),
    ...barLines(assessmentBars(assessment), columns),
    ...assessment.quality.notes.map((note) => `Note: ${note}`),
  ];
  return [photoTable(assessment.photos, names, about), named(sections.join('\n'), names), ''].join('\n');
}

/** A text that names photos by their ids, with what they are called instead. */
const named = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replaceAll(/\bp\d{3}\b/g, (photoId) => names.get(photoId) ?? photoId);

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function photoTable(
  photos: readonly PhotoAssessment[],
  names: ReadonlyMap<string, string>,
  { called, drawn = false }: AboutPhotos,
): string {
  const table = new Table({
    ...PLAIN,
    head: ['photo', 'shows', 'quality', 'evidence', 'said'],
    wordWrap: true,
    colWidths: [24, 14, 9, 14, SAID_WIDTH],
  });
  for (const photo of photos) {
    const name = names.get(photo.photoId) ?? photo.photoId;
    table.push(
      photo.status === 'assessed'
        ? assessedRow(name, photo, { called: called?.get(photo.photoId), drawn })
        : [name, '-', '-', '-', `${photo.status}: ${photo.detail}`],
    );
  }
  return table.toString();
}

type AboutPhoto = { readonly called: SubjectWords | undefined; readonly drawn: boolean };

function assessedRow(name: string, photo: AssessedPhoto, { called, drawn }: AboutPhoto): string[] {
  const { subject, quality, evidence, findings, vehicle } = photo;
  const { verdict, summary } = evidence;
  const said = [
    ...(verdict === 'suspicious' || verdict === 'synthetic' ? [`${verdict}: ${summary}`] : []),
    ...(vehicle ? [damageOf(vehicle)] : []),
    ...findings.map((each) => `${each.severity} ${kindInWords(each.kind)} (${surenessOf(each)})`),
    ...notFound(photo),
  ];
  const heading = called ? `called "${called.text}" (${called.from})\n` : '';
  return [
    name,
    words(subject.label),
    percent(quality.scoreRatio),
    drawn ? 'not judged' : verdict,
    `${heading}${said.join(', ')}`,
  ];
}

function damageOf(vehicle: VehicleCondition): string {
  if (vehicle.severity === 'undetermined') return 'not sure whether it is damaged';
  const what = vehicle.severity === 'undamaged' ? 'no damage visible' : `${vehicle.severity} damage`;
  return `${what} (${surenessOf(vehicle)})`;
}

const surenessOf = ({
  confidenceRatio,
  experimental,
}: Pick<PhotoFinding, 'confidenceRatio' | 'experimental'>): string =>
  `${certaintyInWords(confidenceRatio)}${experimental ? ', experimental' : ''}`;

/** What was looked for and not found on a photo without findings; of a photo that was not examined, why. */
function notFound({ examined, findings, vehicle }: AssessedPhoto): string[] {
  if (findings.length > 0 || vehicle) return [];
  const damage = examined.filter(({ question }) => question !== 'subject');
  const quiet = damage
    .filter(({ outcome }) => outcome === 'nothing_found')
    .map(({ question }) => `no ${kindInWords(question)}`);
  return quiet.length > 0 ? quiet : [`not examined: ${damage.find(({ why }) => why)?.why ?? 'by release 0.1.0'}`];
}

function ratingLines(rating: Rating): string[] {
  if (rating.scale === 'UAD') {
    const parts = (['exterior', 'interior', 'overall'] as const).flatMap((part) => partLines(part, rating[part]));
    return [...parts, ...(rating.stated ? [line('stated', rating.stated.meaning)] : [])];
  }
  return rating.scale === 'NAAA' ? vehicleLines(rating) : [line('Rating', words(rating.status)), ...explain(rating)];
}

function vehicleLines(rating: VehicleRating): string[] {
  const beside = factsInWords(rating.facts ?? {});
  return [
    line('Rating', gradeOf(rating)),
    ...explain(rating),
    ...(rating.categories ? categoryLines(rating.categories) : []),
    ...(beside ? [line('', `beside the grade, not in it: ${beside}`)] : []),
    ...(rating.stated ? [line('stated', rating.stated.meaning)] : []),
  ];
}

const factsInWords = ({ odometerMiles, modelYear }: NonNullable<VehicleRating['facts']>): string =>
  [
    ...(odometerMiles === undefined ? [] : [`${odometerMiles} miles`]),
    ...(modelYear === undefined ? [] : [`model year ${modelYear}`]),
  ].join(', ');

function categoryLines(categories: NonNullable<VehicleRating['categories']>): string[] {
  const named = Object.entries(categories).map(([name, category]) => ({ name: categoryInWords(name), ...category }));
  const notInspected = named.filter(({ status }) => status === 'not_inspected').map(({ name }) => name);
  return [
    ...named
      .filter(({ status }) => status !== 'not_inspected')
      .map(({ name, meaning }) => line('', `${name}: ${meaning}`)),
    ...(notInspected.length > 0 ? [line('', `not inspected: ${notInspected.join(', ')}`)] : []),
  ];
}

/** The grade with its class and range, such as `NAAA 4.5 clean (4-5), 4.38 on 0-5`. */
function gradeOf(rating: VehicleRating): string {
  if (rating.status !== 'rated') {
    return rating.noBetterThan === undefined
      ? rating.status
      : `${rating.status}, no better than ${rating.noBetterThan}`;
  }
  const { grade, class: name, range, score } = rating;
  const spread = range && range.from !== range.to ? ` (${range.to}-${range.from})` : '';
  return `NAAA ${grade} ${words(name)}${spread}, ${score.toFixed(2)} on 0-5`;
}

const categoryInWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function partLines(part: string, rating: PropertyPartRating): string[] {
  return [line(part, verdictOf(rating)), ...explain(rating)];
}

/** The class with its range, such as `C3 (C3-C4), 3.4 on UAD 1-6`. */
function verdictOf(rating: PropertyPartRating): string {
  if (rating.status !== 'rated') {
    return rating.noBetterThan ? `${rating.status}, no better than ${rating.noBetterThan}` : rating.status;
  }
  const { class: name, range, score } = rating;
  const spread = range && range.from !== range.to ? ` (${range.from}-${range.to})` : '';
  return `${name}${spread}, ${score.toFixed(1)} on UAD 1-6`;
}

function explain(rating: { readonly reasons: readonly string[]; readonly missing?: readonly string[] }): string[] {
  return [...rating.reasons, ...(rating.missing ?? []).map((missing) => `missing: ${missing}`)].map((text) =>
    line('', text),
  );
}
