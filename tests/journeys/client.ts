import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { Asset } from '../../functions/assets/asset.ts';
import { isFinal, type JobOptions } from '../../functions/jobs/job.ts';
import { CreatedJob, JobView, type Upload } from '../../functions/jobs/jobs-contract.ts';

/** The API, and the key to call it with, if any. */
export type Client = { readonly url: string; readonly key?: string };

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

type Request = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

/** A photo to be submitted. */
export type Photo = {
  readonly filename: string;
  readonly contentType: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly content: Uint8Array<ArrayBuffer>;
  readonly subject?: string;
};

/** One call; a body that is no string is sent as JSON. */
export async function call(client: Client, operation: string, { body, headers }: Request = {}): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ');
  const response = await fetch(`${client.url}${path}`, {
    method,
    headers: {
      ...(client.key !== undefined && { 'X-Api-Key': client.key }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

type NewJob = { readonly asset?: Asset; readonly options?: JobOptions; readonly idempotencyKey?: string };

const HOUSE: Asset = { kind: 'property', yearBuilt: 1987 };

/** The body of POST /jobs for these photos. */
export const jobOf = (photos: readonly Photo[], { asset = HOUSE, options }: NewJob = {}) => ({
  asset,
  photos: photos.map(({ content, ...photo }) => ({ ...photo, bytes: content.length })),
  ...(options && { options }),
});

export async function createJob(client: Client, photos: readonly Photo[], job: NewJob = {}): Promise<Job> {
  const { status, body } = await call(client, 'POST /jobs', { body: jobOf(photos, job) });
  if (status !== 201) throw new Error(`POST /jobs answered ${status}: ${JSON.stringify(body)}`);
  return CreatedJob.parse(body);
}

type Job = z.infer<typeof CreatedJob>;

/** Posts one presigned form. */
export function postForm({ url, fields }: Pick<Upload, 'url' | 'fields'>, content: Photo['content']) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([content]));
  return fetch(url, { method: 'POST', body: form });
}

/** Uploads photos by the forms of their job, all at once. */
export async function uploadAll({ uploads }: Pick<Job, 'uploads'>, photos: readonly Photo[]): Promise<void> {
  const responses = await Promise.all(
    uploads.map((upload, index) => postForm(upload, photos[index]?.content ?? new Uint8Array())),
  );
  for (const response of responses) {
    const text = await response.text();
    if (!response.ok) throw new Error(`an upload answered ${response.status}: ${text}`);
  }
}

/** Creates a job and uploads all its photos. Returns its id. */
export async function submit(client: Client, photos: readonly Photo[], job: NewJob = {}): Promise<Job['jobId']> {
  const created = await createJob(client, photos, job);
  await uploadAll(created, photos);
  return created.jobId;
}

export async function look(client: Client, jobId: string): Promise<JobView> {
  const { status, body } = await call(client, `GET /jobs/${jobId}`);
  if (status !== 200) throw new Error(`GET /jobs/${jobId} answered ${status}: ${JSON.stringify(body)}`);
  return JobView.parse(body);
}

/** Polls a job until it has ended, within the test's own timeout. */
export async function ended(client: Client, jobId: string): Promise<JobView> {
  for (;;) {
    const job = await look(client, jobId);
    if (isFinal(job.status)) return job;
    await sleep(50);
  }
}
