import { parse } from 'node:path';
import { namesPlace } from '../functions/assessments/owner-words.ts';
import { SUBJECT_CHARACTERS } from '../functions/jobs/job.ts';

/** WhatsApp's names: `WhatsApp Image 2024-05-01 at 10.22.33 AM`. */
const WHATSAPP_NAME = /^whatsapp image( [\d-]+ at [\d.]+( [ap]m\b)?)?/i;
/** Words by which cameras, phones and programs begin or end the names of files. */
const PROGRAM_WORDS =
  /^(img|imgp|mvimg|cimg|dsc|dscn|dscf|sam|pxl|gopr|pano|image|photo|picture|pic|screenshot|copy|edited)$/i;
/** What is left of a word without its digits is a word from this length on; less is a number, such as "2nd", "WA0012", "E2041". */
const LEAST_LETTERS = 3;

/**
 * What a photo shows by the name of its file, such as "bedroom wall" by `bedroom_wall-2.jpg`; undefined unless its words
 * name a place or a part of a building or a vehicle.
 *
 * Digits and the words of cameras are left out; words beyond the limit of a subject too.
 */
export function wordsOfFileName(file: string): string | undefined {
  const name = parse(file).name.normalize('NFC').replace(WHATSAPP_NAME, '');
  const words = name
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .flatMap(withoutDigits)
    .filter((word) => !PROGRAM_WORDS.test(word));
  const text = words.reduce((line, word) => (fits(line, word) ? `${line} ${word}` : line), '').trim();
  return namesPlace(text) ? text : undefined;
}

const fits = (line: string, word: string): boolean => line.length + word.length <= SUBJECT_CHARACTERS;

function withoutDigits(word: string): string[] {
  const letters = word.replace(/\p{N}/gu, '');
  if (letters === word) return letters === '' ? [] : [letters];
  return letters.length < LEAST_LETTERS ? [] : [letters];
}
