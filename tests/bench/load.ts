import { type Api, awaitJob, submitPhotos } from '../../bin/api-client.ts';
import type { Asset } from '../../functions/assets/asset.ts';

const HOUSE: Asset = { kind: 'property', yearBuilt: 1994 };

/** One job from its announcement to its result. @returns seconds */
async function oneJob(api: Api, files: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const job = await awaitJob(
    api,
    await submitPhotos(
      api,
      HOUSE,
      files.map((file) => ({ file })),
    ),
    () => {},
  );
  if (job.status !== 'completed') throw new Error(`job ${job.jobId} ended as ${job.status}`);
  return (performance.now() - startedMs) / 1000;
}

/** Jobs one after the other. @returns seconds of each */
export async function jobSeconds(api: Api, files: readonly string[], jobs: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let job = 0; job < jobs; job++) seconds.push(await oneJob(api, files));
  return seconds;
}

/** Jobs from several clients at once, each starting its next when one is done. @returns jobs per hour */
export async function jobsPerHour(
  api: Api,
  files: readonly string[],
  clients: number,
  jobsEach: number,
): Promise<number> {
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: clients }, () => jobSeconds(api, files, jobsEach)));
  const hours = (performance.now() - startedMs) / 3_600_000;
  return (clients * jobsEach) / hours;
}

/** A request again and again: GET, or POST of a body by the number of the time. @returns milliseconds of each */
export async function requestMilliseconds(
  { url, key }: Api,
  path: string,
  times: number,
  bodyOf?: (time: number) => object,
): Promise<number[]> {
  const milliseconds: number[] = [];
  const headers = { 'X-Api-Key': key, ...(bodyOf && { 'Content-Type': 'application/json' }) };
  for (let time = 0; time < times; time++) {
    const body = bodyOf && JSON.stringify(bodyOf(time));
    const startedMs = performance.now();
    const response = await fetch(`${url}${path}`, { headers, ...(body && { method: 'POST', body }) });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    milliseconds.push(performance.now() - startedMs);
  }
  return milliseconds;
}
