import type { Conclusion, MergedFinding } from '../assessments/assessment.ts';

/** A field of an assessment that differs; a value is absent where there is no such field. */
export type Difference = { readonly field: string; readonly active?: unknown; readonly proposed?: unknown };

/** Words follow from the figures beside them, and would repeat every difference. */
const WORDS: readonly string[] = ['reasons', 'missing', 'meaning', 'description', 'notes', 'summary', 'why', 'words'];

/** What differs between two conclusions of one job, without words. */
export function differencesBetween(active: Conclusion, proposed: Conclusion): Difference[] {
  const [before, after] = [active, proposed].map((each) => new Map(fieldsOf(figuresOf(each))));
  const fields = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...fields].flatMap((field) => {
    const [one, other] = [before?.get(field), after?.get(field)];
    if (one === other) return [];
    return [{ field, ...(one !== undefined && { active: one }), ...(other !== undefined && { proposed: other }) }];
  });
}

/** What is compared: lists by what their entries are about, so that another order is no difference. */
const figuresOf = ({ rating, value, findings, examined, quality }: Conclusion): unknown => ({
  rating: { ...rating, ...('probabilities' in rating && { probabilities: byGrade(rating.probabilities ?? []) }) },
  value: valueFigures(value),
  findings: named(findings, nameOfFinding),
  examined: named(examined.questions, ({ question }) => question),
  photos: quality.photos,
  quality: { meanScoreRatio: quality.meanScoreRatio, duplicates: quality.duplicates.map((group) => group.join(' ')) },
  doubtful: named(quality.doubtful, ({ photoId }) => photoId),
});

/** Of a value, what policies decide: its evidence is stored, and the same. */
const valueFigures = ({ evidence: _, sources, review, ...figures }: Conclusion['value']) => ({
  ...figures,
  sources: named(sources, ({ source }) => source),
  toReview: review.length,
});

const byGrade = (probabilities: readonly { readonly grade: number; readonly probability: number }[]) =>
  Object.fromEntries(probabilities.map(({ grade, probability }) => [`grade ${grade}`, probability]));

const nameOfFinding = ({ kind, place, side, experimental }: MergedFinding): string =>
  `${kind}, ${place} (${side}${experimental ? ', experimental' : ''})`;

/** A second entry of one name gets a number. */
function named<Entry>(entries: readonly Entry[], nameOf: (entry: Entry) => string): Record<string, Entry> {
  const groups = Map.groupBy(entries, nameOf);
  return Object.fromEntries(
    [...groups].flatMap(([name, same]) =>
      same.map((entry, index) => [index === 0 ? name : `${name} ${index + 1}`, entry] as const),
    ),
  );
}

/** Every value in a tree that is no object, with its path. */
function fieldsOf(value: unknown, path: readonly string[] = []): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path.join('.'), value]];
  return Object.entries(value)
    .filter(([name]) => !WORDS.includes(name))
    .flatMap(([name, each]) => fieldsOf(each, [...path, name]));
}
