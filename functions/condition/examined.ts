import type { AssetKind } from '../assets/asset.ts';
import { darknessOf, faultsOf, isGoodEnough, isTooDarkFor, mayHideDamage } from '../photos/faults.ts';
import {
  type AssessedPhoto,
  type Examined,
  type ExaminedQuestion,
  FINDING_KINDS,
  type FindingKind,
  type Subject,
} from '../photos/photo-assessment.ts';
import type { PhotoRules } from '../photos/photo-policy.ts';
import { type Named, withArticle } from '../photos/subject-words.ts';
import type { ModelCard } from './model-card.ts';
import { ourWord, outputsOf, type Question } from './model-outputs.ts';
import { asksSurface, asksVehicle, BUILT } from './questions.ts';

/** What is known of a photo once its models have answered. */
type AnsweredPhoto = Pick<AssessedPhoto, 'subject' | 'quality' | 'findings' | 'vehicle'> & {
  readonly assetKind?: AssetKind | undefined;
  readonly named?: Named | undefined;
};

type Asked = {
  /** the kinds of damage that the model looks for on a surface; true: its answer is experimental */
  readonly surfaceKinds: ReadonlyMap<string, boolean>;
  /** the models that gave no answer of this photo */
  readonly abstained: ReadonlySet<Question>;
  readonly photoRules: PhotoRules;
};

/** Why an answer does not count, or a question was not asked. */
const WHY = {
  abstained: 'the photo is unlike those that the model was tested on, or its answer is too doubtful',
  unsure: 'the model is not sure',
  experimental: 'experimental: the model is not reliable enough for this to count',
  noModel: 'no model looks for this kind of damage',
  dark: 'the photo is too dark to say that there is none',
  explained: 'damage of a known kind was found, which may be all of it',
  unclear: 'it is not clear that the photo shows a building',
  onlyCalled: 'it is not clear that the photo shows a building, although it is called a part of one',
} as const;

/** Which question was asked of a photo, with what outcome: one entry for each of EXAMINED_QUESTIONS, in their order. */
export function examinedOn(photo: AnsweredPhoto, asked: Asked): Examined[] {
  return [
    subjectExamined(photo.subject, asked),
    ...FINDING_KINDS.map((kind) => kindExamined(kind, photo, asked)),
    vehicleExamined(photo, asked),
  ];
}

/** The kinds of damage that a model looks for on a surface, by its card; true: every output that looks for it is experimental. */
export function surfaceKindsOf({ outputs }: Pick<ModelCard, 'outputs'>): ReadonlyMap<string, boolean> {
  const kinds = new Map<string, boolean>();
  for (const output of outputsOf(outputs, 'surface')) {
    if (output.as === 'distance') continue;
    for (const label of output.labels) {
      const word = ourWord(output, label);
      if (word !== null) kinds.set(word, output.experimental.includes(word) && (kinds.get(word) ?? true));
    }
  }
  return kinds;
}

function subjectExamined({ label }: Subject, { abstained }: Asked): Examined {
  if (label !== 'undetermined') return { question: 'subject', outcome: 'found' };
  return { question: 'subject', outcome: 'unsure', why: abstained.has('subject') ? WHY.abstained : WHY.unsure };
}

function kindExamined(kind: FindingKind, photo: AnsweredPhoto, asked: Asked): Examined {
  const { surfaceKinds, abstained } = asked;
  const experimental = surfaceKinds.get(kind);
  const notAsked = whyKindNotAsked(kind, photo, experimental);
  if (notAsked) return { question: kind, outcome: 'not_asked', why: notAsked };
  if (abstained.has('surface')) return { question: kind, outcome: 'unsure', why: WHY.abstained };
  const found = photo.findings.filter((finding) => finding.kind === kind);
  const doubtful = found.length > 0 ? found.every((finding) => finding.experimental) : experimental === true;
  const disagreement = whyWordsDisagree('building', photo);
  const answer = outcomeOf(
    { question: kind, found: found.length > 0, experimental: doubtful, disagreement },
    photo,
    asked,
  );
  const doubt = answer.outcome === 'nothing_found' ? whyAbsenceIsDoubtful(kind, photo) : undefined;
  return doubt === undefined ? answer : { question: kind, outcome: 'unsure', why: doubt };
}

/**
 * No crack on a painting, on noise or in the dark says nothing of the house, and damage of unknown kind is not reported beside
 * damage of a known one.
 */
function whyAbsenceIsDoubtful(kind: FindingKind, photo: AnsweredPhoto): string | undefined {
  const { subject, quality, findings, named } = photo;
  if (!BUILT.includes(subject.label)) return named === 'building' ? WHY.onlyCalled : WHY.unclear;
  if (mayHideDamage(quality)) return WHY.dark;
  return kind === 'unknown_damage' && findings.some(({ experimental }) => !experimental) ? WHY.explained : undefined;
}

/** Asked by the owner's words alone: the model is sure that the photo shows another thing. */
function whyWordsDisagree(asked: Named, { subject, named }: AnsweredPhoto): string | undefined {
  const seen = asked === 'building' ? asksSurface(subject, 'property') : asksVehicle(subject, 'vehicle');
  if (named !== asked || seen) return undefined;
  return `the photo shows ${withArticle(subject)}, although it is called a part of a ${asked}`;
}

/** @param experimental undefined: the model does not look for this kind */
function whyKindNotAsked(kind: FindingKind, photo: AnsweredPhoto, experimental: boolean | undefined) {
  const { subject, quality, assetKind, named } = photo;
  if (assetKind !== undefined && assetKind !== 'property') return notAskedOf(assetKind);
  if (!asksSurface(subject, assetKind, named)) return `the photo shows ${withArticle(subject)}, not a building`;
  if (experimental === undefined) return WHY.noModel;
  return isTooDarkFor(kind, quality) ? darknessOf(quality) : undefined;
}

function vehicleExamined(photo: AnsweredPhoto, asked: Asked): Examined {
  const { subject, vehicle, assetKind, named } = photo;
  const question = 'vehicle_severity';
  if (assetKind !== undefined && assetKind !== 'vehicle') {
    return { question, outcome: 'not_asked', why: notAskedOf(assetKind) };
  }
  if (!asksVehicle(subject, assetKind, named) || !vehicle) {
    return { question, outcome: 'not_asked', why: `the photo shows ${withArticle(subject)}, not a vehicle` };
  }
  if (vehicle.severity === 'undetermined') {
    return { question, outcome: 'unsure', why: asked.abstained.has('vehicle') ? WHY.abstained : WHY.unsure };
  }
  const { severity, experimental } = vehicle;
  const disagreement = whyWordsDisagree('vehicle', photo);
  return outcomeOf({ question, found: severity !== 'undamaged', experimental, disagreement }, photo, asked);
}

type Answer = {
  readonly question: ExaminedQuestion;
  readonly found: boolean;
  readonly experimental: boolean;
  readonly disagreement: string | undefined;
};

/** An answer that does not count is `found` with the reason, or `unsure`: not to find is then no news. */
function outcomeOf(
  { question, found, experimental, disagreement }: Answer,
  { quality }: AnsweredPhoto,
  { photoRules }: Asked,
): Examined {
  const why =
    (experimental ? WHY.experimental : disagreement) ??
    (isGoodEnough(quality, photoRules) ? undefined : `the photo is ${faultsOf(quality, photoRules).join(' and ')}`);
  if (why === undefined) return { question, outcome: found ? 'found' : 'nothing_found' };
  return { question, outcome: found ? 'found' : 'unsure', why };
}

const notAskedOf = (kind: AssetKind): string =>
  kind === 'product' || kind === 'collectible'
    ? `no model judges the condition of a ${kind}`
    : `not asked of a ${kind}`;
