import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { JobView } from '../functions/jobs/jobs-contract.ts';
import { hasOverlay } from '../functions/photos/overlay.ts';
import type { PhotoAssessment } from '../functions/photos/photo-assessment.ts';
import { photoIdAt } from '../functions/platform/ids.ts';
import type { Api } from './api-client.ts';
import { assessmentTable } from './assessment-table.ts';
import type { NamedPhoto } from './photo-subjects.ts';

/** What the sample is. */
export const SAMPLE_TEXT =
  'The sample: four pictures of a house that this program draws, assessed like photos.\nDrawings prove nothing, so their evidence is not judged. Its facts are made up as well, unless --facts says otherwise: a house in\nSeattle, valued by sales of 2014 and 2015 in King County, Washington. For photos of your own: --photos.\n';

/**
 * The output of `npm start`: the assessment as tables, or why there is none.
 *
 * @param drawn the photos are the sample
 * @param columns of the terminal, where there is one
 */
export function resultText(job: JobView, photos: readonly NamedPhoto[], drawn: boolean, columns?: number): string {
  const names = photoNames(photos.map(({ file }) => file));
  const called = new Map(photos.flatMap(({ words }, index) => (words ? [[photoIdAt(index), words]] : [])));
  if (job.assessment)
    return `${drawn ? SAMPLE_TEXT : ''}${assessmentTable(job.assessment, names, { called, drawn, columns })}`;
  return `The job ended as ${job.status}${job.error ? `: ${job.error.detail}` : ''}.\n`;
}

/**
 * The name of each photo by its id: that of its file, or, where two files in different folders have one name, the path from the
 * folder that holds all of them.
 */
export function photoNames(files: readonly string[]): ReadonlyMap<string, string> {
  const sameName = Map.groupBy(files, (file) => basename(file));
  const folder = commonFolder(files.map((file) => dirname(resolve(file))));
  const nameOf = (file: string): string =>
    sameName.get(basename(file))?.length === 1 ? basename(file) : relative(folder, resolve(file));
  return new Map(files.map((file, index) => [photoIdAt(index), nameOf(file)]));
}

function commonFolder([first = '', ...others]: readonly string[]): string {
  const holds = (folder: string): boolean => others.every((other) => `${other}${sep}`.startsWith(`${folder}${sep}`));
  let folder = first;
  while (!holds(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The next steps after `npm start`. */
export const welcomeText = ({ url, key }: Api, { jobId, assessment }: JobView): string => `
API        ${url}
key        ${key}   (workspace demo, role admin)
document   ${url}/openapi.json   (with the key)

Try next:

  curl -s ${url}/jobs/${jobId} -H 'X-Api-Key: ${key}'
  curl -s ${url}/jobs/${jobId}/photos/${drawnPhoto(assessment?.photos ?? [])}/overlay -H 'X-Api-Key: ${key}'

Serving until Ctrl-C.
`;

/** A photo on which something was found, otherwise the first. */
const drawnPhoto = (photos: readonly PhotoAssessment[]): string =>
  photos.find((photo) => photo.status === 'assessed' && hasOverlay(photo))?.photoId ?? photoIdAt(0);
