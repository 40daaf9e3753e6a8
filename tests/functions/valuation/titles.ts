import { readFileSync } from 'node:fs';
import { AssetKind } from '../../../functions/assets/asset.ts';

/** A title that was labelled by what it means: whether its price says what the thing of the query is worth. */
export type LabelledTitle = {
  readonly kind: AssetKind;
  readonly query: string;
  readonly title: string;
  readonly isSame: boolean;
};

/** The titles of a file: "? kind | query", then "+ title" of the same thing and "- title" of another. */
export function labelledTitles(name: 'confusing' | 'unseen'): LabelledTitle[] {
  const lines = readFileSync(new URL(`titles/${name}.txt`, import.meta.url), 'utf8').split('\n');
  let kind: AssetKind = 'collectible';
  let query = '';
  return lines.flatMap((line) => {
    const text = line.slice(2);
    if (line.startsWith('? ')) {
      const [kindName = '', asked = ''] = text.split(' | ');
      kind = AssetKind.parse(kindName);
      query = asked;
    }
    return /^[+-] /.test(line) ? [{ kind, query, title: text, isSame: line.startsWith('+') }] : [];
  });
}
