import type { AssetValue } from '../functions/asset-value/asset-value.ts';

/** Contributions that are said: those that move a value most. */
const SAID = 4;

/** What a value is, for whom reads it below its bar: of which day and which prices, what moves it, what it rests on. @param width of a text, in characters */
export function valueLines(value: AssetValue, width: number): { readonly heading: string; readonly text: string }[] {
  const said = [
    ...value.review.map((text) => `to review: ${text}`),
    ...contributionsOf(value),
    ...value.sources.filter(({ why }) => why !== value.reasons[0]).map(({ source, why }) => `${source}: ${why}`),
    ...value.reasons,
    ...(value.missing.length > 0 ? [`missing: ${value.missing.join(', ')}`] : []),
  ];
  const lines = said.flatMap((text) => wrapped(text, width));
  return [{ heading: 'value', text: titleOf(value) }, ...lines.map((text) => ({ heading: '', text }))];
}

/** A text in lines of at most this width, broken between words; the later ones indented. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  return lines;
}

function titleOf(value: AssetValue): string {
  switch (value.status) {
    case 'valued':
      return `${value.kindOfPrice === 'sold' ? 'as it would be sold' : 'as it would be advertised'} on ${value.asOf}; an estimate, no appraisal`;
    case 'contradictory':
      return 'none: sources contradict each other';
    case 'stated':
      return 'only what its owner says';
    case 'not_valued':
      return 'none';
  }
}

function contributionsOf({ evidence: { model } }: AssetValue): string[] {
  const contributions = model.status === 'predicted' ? model.prediction.contributions.slice(0, SAID) : [];
  return contributions.length > 0
    ? [`against a typical one: ${contributions.map(({ words }) => words).join('; ')}`]
    : [];
}
