/** What is wrong with a file whose last pixels are missing. */
export const CUT = 'it ends before its picture does';

/** Words of the decoders for an end that is missing. */
const CUT_WORDS =
  /premature end|truncated|ends before|out of order|unexpected end|not enough|read error|too few|end of (file|input|stream)/i;

/** What is wrong with a damaged file, in words for its owner, by what its decoder says. */
export const damageIn = (decoderSays: string): string =>
  CUT_WORDS.test(decoderSays) ? CUT : 'its pixels cannot be read';
