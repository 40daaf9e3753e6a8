import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkspaceId } from '../../functions/platform/ids.ts';
import { issueKey, revokeKey } from '../../functions/workspaces/key-issuer-store.ts';
import type { AccessTable } from '../../functions/workspaces/key-store.ts';
import { type Api, awaitJob, cancelJob, submitPhotos } from '../api-client.ts';
import { accessTableOf } from '../deployment.ts';
import type { Deployment } from '../local-stack.ts';
import { writeSamplePhoto } from '../sample-photos.ts';
import { reasonOf } from './api-checks.ts';
import { awsProblem } from './aws-problem.ts';
import { fail, type Line, ok } from './line.ts';

/** Of the doctor's keys and jobs, apart from everybody's. */
export const TRIAL_WORKSPACE = WorkspaceId.parse('doctor');

/** How long the trial waits. */
const WAITS = {
  /** API Gateway knows a new key after seconds */
  keyMs: 60_000,
  keyPollMs: 1000,
  /** the first photo starts a container, which takes some 10 s; in a busy queue it waits */
  jobMs: 300_000,
};
export type Waits = typeof WAITS;

type Key = Awaited<ReturnType<typeof issueKey>>['key'];

/** Creates a key, assesses one drawn photo with it, and revokes it. */
export async function* trial(deployment: Deployment, apiUrl: string): AsyncGenerator<Line> {
  const table = accessTableOf(deployment);
  const issued = await newKey(table);
  if ('problem' in issued) return yield issued.problem;
  const api = { url: apiUrl, key: issued.secret };
  const accepted = await keyLine(api, issued.key);
  yield accepted;
  if (accepted.status === 'ok') yield await photoJobLine(api);
  yield await revocationLine(table, issued.key);
}

async function newKey(table: AccessTable) {
  try {
    return await issueKey(table, { workspaceId: TRIAL_WORKSPACE, role: 'member', name: 'doctor' }, new Date());
  } catch (error) {
    return { problem: awsProblem('key', 'what "npm run fettle -- keys create" needs', error) };
  }
}

/** Whether the API accepts a new key. */
export async function keyLine(
  { url, key }: Api,
  { keyId, workspaceId }: Pick<Key, 'keyId' | 'workspaceId'>,
  { keyMs, keyPollMs }: Waits = WAITS,
): Promise<Line> {
  const startedMs = Date.now();
  let reason = '';
  while (Date.now() - startedMs < keyMs) {
    try {
      const { ok: accepted, status } = await fetch(`${url}/jobs?limit=1`, { headers: { 'X-Api-Key': key } });
      if (accepted) return ok('key', `${keyId} of the workspace ${workspaceId} works after ${secondsSince(startedMs)}`);
      reason = `answers are ${status}`;
    } catch (error) {
      reason = reasonOf(error);
    }
    await sleep(keyPollMs);
  }
  return fail(
    'key',
    `the new key ${keyId} does not work after ${secondsSince(startedMs)}: ${reason}`,
    'Read the logs of authorize and jobs-api, and the access log of the API.',
  );
}

/** Whether one photo becomes an assessment. */
export async function photoJobLine(api: Api, waits: Waits = WAITS): Promise<Line> {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-doctor-'));
  const startedMs = Date.now();
  try {
    const file = await writeSamplePhoto(folder);
    const jobId = await submitPhotos(api, { kind: 'property' }, [{ file, words: { text: 'kitchen' } }]);
    return await outcomeOf(api, jobId, startedMs, waits);
  } catch (error) {
    return fail(
      'photo job',
      reasonOf(error),
      'Read the logs of jobs-api by the request; an unfinished job expires by itself.',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function outcomeOf(api: Api, jobId: string, startedMs: number, { jobMs }: Waits): Promise<Line> {
  try {
    const job = await awaitJob(api, jobId, () => undefined, AbortSignal.timeout(jobMs));
    const photo = job.assessment?.photos[0];
    const found = `the job ${jobId} is ${job.status} after ${secondsSince(startedMs)}, its photo ${photo?.status ?? 'without an answer'}`;
    if (job.status === 'completed' && photo?.status === 'assessed') return ok('photo job', found);
    return fail('photo job', found, `Find the job in the logs: filter jobId = "${jobId}" in CloudWatch Logs Insights.`);
  } catch (error) {
    await cancelJob(api, jobId).catch(() => undefined);
    const found = `the job ${jobId} has not ended after ${secondsSince(startedMs)} and was cancelled: ${reasonOf(error)}`;
    return fail('photo job', found, 'See AssessPhoto-Late in docs/runbook.md: its queue, its throttles, its errors.');
  }
}

async function revocationLine(table: AccessTable, { keyId, workspaceId }: Key): Promise<Line> {
  const todo = `npm run fettle -- keys revoke --env ${table.environmentName} --workspace ${workspaceId} ${keyId}`;
  try {
    const revoked = await revokeKey(table, { workspaceId, keyId }, new Date());
    return revoked ? ok('key revoked', keyId) : fail('key revoked', `${keyId} is not in the index yet`, todo);
  } catch (error) {
    return fail('key revoked', awsProblem('', '', error).found, todo);
  }
}

const secondsSince = (startedMs: number): string => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
