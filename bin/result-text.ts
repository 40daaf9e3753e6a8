import { basename } from 'node:path';
import type { JobView } from '../functions/jobs/jobs-contract.ts';
import { photoIdAt } from '../functions/platform/ids.ts';
import type { Api } from './api-client.ts';
import { assessmentTable } from './assessment-table.ts';

/** What `npm start` says of its job: the assessment as tables, or why there is none. */
export function resultText(job: JobView, files: readonly string[]): string {
  const perName = Map.groupBy(files, (file) => basename(file));
  // Two photos of one name, in different folders, are told apart by their paths.
  const nameOf = (file: string): string => ((perName.get(basename(file))?.length ?? 0) > 1 ? file : basename(file));
  const names = new Map(files.map((file, index) => [photoIdAt(index) as string, nameOf(file)]));
  if (job.assessment) return assessmentTable(job.assessment, names);
  return `The job ended as ${job.status}${job.error ? `: ${job.error.detail}` : ''}.\n`;
}

/** Where to go on from here. */
export const welcomeText = ({ url, key }: Api, jobId: string): string => `
API        ${url}
key        ${key}   (workspace demo, role admin)
document   ${url}/openapi.json   (with the key)

Try next:

  curl -s ${url}/jobs/${jobId} -H 'X-Api-Key: ${key}'
  curl -s ${url}/jobs/${jobId}/photos/p001/overlay -H 'X-Api-Key: ${key}'

Serving until Ctrl-C.
`;
