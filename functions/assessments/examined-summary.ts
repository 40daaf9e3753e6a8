import type { AssetKind } from '../assets/asset.ts';
import { kindInWords } from '../photos/finding-words.ts';
import { type ExaminedQuestion, FINDING_KINDS } from '../photos/photo-assessment.ts';
import type { ExaminedKind, ExaminedSummary } from './assessment.ts';
import { type View, withoutCopies } from './photo-views.ts';

/** The questions about damage, by the kind of asset; of the other kinds no model knows anything. */
const QUESTIONS_OF: Record<AssetKind, readonly ExaminedQuestion[]> = {
  property: FINDING_KINDS,
  vehicle: ['vehicle_severity'],
  product: [],
  collectible: [],
};

/**
 * Which damage was looked for on how many photos, and which was not.
 *
 * @param views that show the asset and can be used, copies included
 */
export function summariseExamined(kind: AssetKind, views: readonly View[]): ExaminedSummary {
  if (QUESTIONS_OF[kind].length === 0) {
    return { questions: [], summary: [`condition not examined: no model judges the condition of a ${kind}`] };
  }
  const questions = QUESTIONS_OF[kind].map((question) => examinedKind(question, views));
  if (views.length === 0) return { questions, summary: ['condition not examined: no photo can be used'] };
  return { questions, summary: [...found(questions), ...nothingFound(questions), ...notExamined(questions)] };
}

/**
 * What was looked for and not found on these photos, such as "no crack or damp stain found on 4 photos": one sentence for
 * each number of photos. Empty when no answer counts.
 *
 * @param views that can be used
 */
export const notFoundOn = (views: readonly View[]): string[] =>
  nothingFound(FINDING_KINDS.map((kind) => examinedKind(kind, views)));

/** Of copies of a picture one counts, but what is found on any of them is found. */
function examinedKind(question: ExaminedQuestion, views: readonly View[]): ExaminedKind {
  const answers = views.map((view) => answerOf(question, view));
  const counted = answers.filter(({ why }) => why === undefined);
  const photos = withoutCopies(views).filter((view) => answerOf(question, view).why === undefined).length;
  if (counted.length > 0) {
    const found = counted.some(({ outcome }) => outcome === 'found');
    return { question, outcome: found ? 'found' : 'nothing_found', photos };
  }
  const asked = answers.some(({ outcome }) => outcome !== 'not_asked');
  const reasons = answers.filter(({ outcome }) => (outcome !== 'not_asked') === asked).map(({ why }) => why);
  return { question, outcome: asked ? 'unsure' : 'not_asked', photos: 0, why: mostFrequent(reasons) };
}

/** Photos that release 0.1.0 assessed do not say what was asked of them. */
const answerOf = (question: ExaminedQuestion, { examined }: View) =>
  examined.find((each) => each.question === question) ?? {
    outcome: 'not_asked' as const,
    why: 'release 0.1.0 did not say what it examined',
  };

function mostFrequent(reasons: readonly (string | undefined)[]): string {
  const times = (reason: string | undefined): number => reasons.filter((other) => other === reason).length;
  return reasons.toSorted((a, b) => times(b) - times(a))[0] ?? 'there is no photo that can be used';
}

const found = (questions: readonly ExaminedKind[]): string[] =>
  byPhotos(questions, 'found').map(([on, same]) => `${listed(same, 'and')} looked for on ${on}, and found`);

const nothingFound = (questions: readonly ExaminedKind[]): string[] =>
  byPhotos(questions, 'nothing_found').map(([on, same]) => `no ${listed(same, 'or')} found on ${on}`);

/** The questions with this outcome, by the number of photos in words. */
function byPhotos(questions: readonly ExaminedKind[], outcome: ExaminedKind['outcome']): [string, ExaminedKind[]][] {
  const these = questions.filter((each) => each.outcome === outcome);
  return [...Map.groupBy(these, ({ photos }) => `${photos} photo${photos === 1 ? '' : 's'}`)];
}

const OUTCOME_WORDS = { not_asked: 'not examined', unsure: 'examined, but no answer counts' } as const;

function notExamined(questions: readonly ExaminedKind[]): string[] {
  return (['unsure', 'not_asked'] as const).flatMap((outcome) =>
    [
      ...Map.groupBy(
        questions.filter((each) => each.outcome === outcome),
        ({ why }) => why,
      ),
    ].map(([why, same]) => `${OUTCOME_WORDS[outcome]}: ${listed(same, 'and')} (${why})`),
  );
}

function listed(questions: readonly ExaminedKind[], conjunction: 'and' | 'or'): string {
  const names = questions.map(({ question }) =>
    question === 'vehicle_severity' ? 'damage of the vehicle' : kindInWords(question),
  );
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
