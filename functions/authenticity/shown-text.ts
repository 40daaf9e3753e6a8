/** Characters of a stranger's text that reach a sentence: names of cameras are shorter. */
const SHOWN_CHARACTERS = 60;

/**
 * Text of a file as it may be shown to people: of bounded length, without control, formatting and bidirectional characters,
 * which could hide or reorder what stands around it.
 */
export function shownText(text: string): string {
  const plain = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...plain];
  return characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : plain;
}
