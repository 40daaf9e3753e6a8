import { join, resolve, sep } from 'node:path';
import { Option } from 'commander';
import { NewPhoto, SUBJECT_CHARACTERS } from '../functions/jobs/job.ts';
import { wordsOfFileName } from './file-name-words.ts';
import { UsageError } from './usage-error.ts';

/** Where the words for a photo come from. */
type SubjectSource = 'file name' | '--subject';

/** What a photo shows in words, and where they come from. */
export type SubjectWords = { readonly text: string; readonly from: SubjectSource };

export type NamedPhoto = { readonly file: string; readonly words?: SubjectWords };

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** The option of the commands that take photos. */
export const subjectOption = (): Option =>
  new Option('--subject <file=text>', 'what a photo shows, such as IMG_2041.jpg="bedroom wall"; repeatable')
    .argParser(collect)
    .default([], "the words of the file's name");

/**
 * The photos with what they show: by `--subject FILE=TEXT`, otherwise by the names of their files.
 *
 * @param given each `FILE=TEXT`; FILE is a path, or the end of the path of only one of the files
 * @throws UsageError for a file that is not among them, named twice or ambiguous, and for no text, or too long a one
 */
export function nameSubjects(files: readonly string[], given: readonly string[]): NamedPhoto[] {
  const subjects = new Map<string, string>();
  for (const option of given) {
    const { path, text } = readOption(option, files);
    if (subjects.has(path)) throw new UsageError(`expected one --subject for a photo; "${option}" is the second`);
    subjects.set(path, text);
  }
  return files.map((file) => {
    const stated = subjects.get(resolve(file));
    if (stated !== undefined) return { file, words: { text: stated, from: '--subject' } };
    const text = wordsOfFileName(file);
    return text === undefined ? { file } : { file, words: { text, from: 'file name' } };
  });
}

/** The words for each photo that has some, and where they come from, a line each. */
export const wordsText = (photos: readonly NamedPhoto[]): string =>
  photos.flatMap(({ file, words }) => (words ? [`${file}: called "${words.text}" (${words.from})\n`] : [])).join('');

function readOption(option: string, files: readonly string[]): { path: string; text: string } {
  const [file, text] = splitOption(option, files);
  const subject = NewPhoto.shape.subject.unwrap().safeParse(text.replaceAll(/\s+/g, ' '));
  if (subject.success) return { path: pathOf(file, files, option), text: subject.data };
  const received = text.trim() === '' ? 'it is empty' : `it has ${text.trim().length}`;
  throw new UsageError(
    `expected 1 to ${SUBJECT_CHARACTERS} characters after the = of --subject; ${received}: "${option}"`,
  );
}

/** At the first `=` that ends the name of a photo, because names may have one too; otherwise at the first. */
function splitOption(option: string, files: readonly string[]): [file: string, text: string] {
  const places = [...option.matchAll(/=/g)].map(({ index }) => index);
  const [first] = places;
  if (first === undefined) throw new UsageError(`expected --subject FILE=TEXT; got "${option}"`);
  const at = places.find((place) => pathsNamed(option.slice(0, place), files).length > 0) ?? first;
  return [option.slice(0, at), option.slice(at + 1)];
}

function pathOf(file: string, files: readonly string[], option: string): string {
  const [path, ...others] = pathsNamed(file, files);
  if (path === undefined) throw new UsageError(`expected one of the photos before the = of --subject; got "${option}"`);
  if (others.length === 0) return path;
  const paths = [path, ...others].join(', ');
  throw new UsageError(`expected the path of one photo before the = of --subject; "${file}" may be ${paths}`);
}

/** The photo at this path, otherwise all whose paths end in it. */
function pathsNamed(file: string, files: readonly string[]): string[] {
  const paths = [...new Set(files.map((each) => resolve(each)))];
  const path = resolve(file);
  return paths.includes(path) ? [path] : paths.filter((each) => each.endsWith(join(sep, file)));
}
