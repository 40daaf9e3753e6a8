import { plainText } from './title-text.ts';

/** eBay searches by no more characters (https://developer.ebay.com/api-docs/buy/browse/resources/item_summary/methods/search). */
const MOST_CHARACTERS = 100;

/**
 * A query in the words by which marketplaces are searched: lower case, without accents, without the signs that mean "or" and
 * "not" to them, cut after a whole word. What is cut only widens the search: relevance decides by the whole query.
 */
export function searchWords(query: string): string {
  const words = plainText(query)
    .replace(/[?()]/g, ' ')
    .split(' ')
    .map((word) => word.replace(/^[-.']+/, ''))
    .filter((word) => word !== '');
  let text = '';
  for (const word of words) {
    const longer = text === '' ? word : `${text} ${word}`;
    if (longer.length > MOST_CHARACTERS) break;
    text = longer;
  }
  return text || (words[0] ?? '').slice(0, MOST_CHARACTERS);
}
