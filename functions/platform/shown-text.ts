/** Characters of a stranger's text that reach a sentence: names of cameras and fields are shorter. */
const SHOWN_CHARACTERS = 60;

/**
 * Text of a stranger, from a file or a request, as it may be shown to people: of bounded length in whole characters, without
 * control, formatting and bidirectional characters, which could hide or reorder what stands around it, and without halves of
 * surrogate pairs.
 */
export function shownText(text: string, longest = SHOWN_CHARACTERS): string {
  const plain = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...plain];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : plain;
}
