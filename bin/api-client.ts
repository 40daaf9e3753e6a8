import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset } from '../functions/assets/asset.ts';
import { isFinal, type NewPhoto } from '../functions/jobs/job.ts';
import { CreatedJob, JobView, type Upload } from '../functions/jobs/jobs-contract.ts';

/** An API and the key to call it with. */
export type Api = { readonly url: string; readonly key: string };

const CONTENT_TYPES: Readonly<Record<string, NewPhoto['contentType']>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/** The endings of files that are taken for photos, in lower case. */
export const PHOTO_ENDINGS = Object.keys(CONTENT_TYPES);

/** Polling interval, within the promised 300 ms. */
const POLL_MILLISECONDS = 250;

/** The content type of a photo by its file extension; undefined for other extensions. */
export const contentTypeOf = (file: string): string | undefined => CONTENT_TYPES[extname(file).toLowerCase()];

/** One call. @throws Error with the response's body when the status is not 2xx */
async function call(api: Api, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: { 'X-Api-Key': api.key, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

/** Cancels a job that has not ended. */
export const cancelJob = (api: Api, jobId: string): Promise<unknown> => call(api, 'DELETE', `/jobs/${jobId}`);

/** A photo to upload, and its subject in the owner's words. */
type GivenPhoto = { readonly file: string; readonly words?: { readonly text: string } };

/** Creates a job and uploads its photos sequentially, each with its own form. Returns the job's id. */
export async function submitPhotos(api: Api, asset: Asset, given: readonly GivenPhoto[]): Promise<string> {
  const photos = await Promise.all(
    given.map(async ({ file, words }) => ({
      filename: basename(file),
      contentType: contentTypeOf(file),
      bytes: (await stat(file)).size,
      ...(words && { subject: words.text }),
    })),
  );
  const job = CreatedJob.parse(await call(api, 'POST', '/jobs', { asset, photos }));
  for (const [index, upload] of job.uploads.entries()) await uploadPhoto(upload, given[index]?.file ?? '');
  return job.jobId;
}

async function uploadPhoto({ url, fields }: Upload, file: string): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // Read into memory (at most 8 MB): half the CPU of a blob that is read from disk while it is sent.
  form.append('file', new Blob([await readFile(file)]));
  const response = await fetch(url, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`upload of ${file} answered ${response.status}: ${await response.text()}`);
}

/** Polls the job until its status is final; calls `onProgress` with each response. Rejects when the signal aborts. */
export async function awaitJob(
  api: Api,
  jobId: string,
  onProgress: (job: JobView) => void,
  signal?: AbortSignal,
): Promise<JobView> {
  for (;;) {
    const job = JobView.parse(await call(api, 'GET', `/jobs/${jobId}`));
    onProgress(job);
    if (isFinal(job.status)) return job;
    await sleep(POLL_MILLISECONDS, undefined, { ...(signal && { signal }) });
  }
}
