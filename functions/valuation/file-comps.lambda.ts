import { log, reportFailure } from '../platform/observability.ts';
import { scheduleHandler } from '../platform/schedule-handler.ts';
import type { CompWork } from './comp-work.ts';
import { endWork, forgiveAttempt, leaseWork, openWork } from './comp-work-store.ts';
import { isEnded, type UploadRef } from './comps-upload.ts';
import { findUpload, hasFile, progressUpload } from './comps-uploads-store.ts';
import { moveIntoBook } from './file-comps-store.ts';
import { importComps } from './import-comps-store.ts';

/** As long as a run may take, after which another one takes over its work. */
const LEASE_MILLISECONDS = 5 * 60_000;

/** Runs that may die on an uploaded file. */
const ATTEMPTS = 3;

/**
 * Imports uploaded tables of comps, and moves comps from the table into the books of their workspaces, where reading them costs less.
 *
 * Safe to run twice, also at the same time, and to be killed: a book is replaced by one conditional write, and a comp leaves the table
 * after it, unless somebody has changed it since. Work that fails is done again once its lease is over, and does not delay the other;
 * the invocation then fails, so that its alarm goes off.
 */
async function fileComps(now: Date): Promise<void> {
  const failures: unknown[] = [];
  for (const work of await openWork()) {
    await carryOut(work, now).catch((error: unknown) => {
      const { workspaceId, kind } = work;
      reportFailure('Comps not filed', { workspaceId, kind, error });
      failures.push(error);
    });
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} books could not be written`);
}

async function carryOut(work: CompWork, now: Date): Promise<void> {
  const { workspaceId, kind, uploadId } = work;
  if (uploadId !== undefined) return carryOutUpload(work, { workspaceId, uploadId }, now);
  if (!(await lease(work, now))) return;
  const moved = await moveIntoBook(workspaceId, kind, now);
  log.info('Filed', { workspaceId, kind, moved });
  await endWork(work);
}

const lease = (work: CompWork, now: Date): Promise<boolean> =>
  leaseWork(work, now, new Date(now.getTime() + LEASE_MILLISECONDS));

async function carryOutUpload(work: CompWork, ref: UploadRef, now: Date): Promise<void> {
  const upload = await findUpload(ref);
  if (!upload || isEnded(upload)) return endWork(work);
  if (!(await hasFile(ref))) {
    if (now.toISOString() <= upload.expiresAt) return;
    await progressUpload(ref, { status: 'expired', endedAt: now.toISOString() });
    return endWork(work);
  }
  if (!(await lease(work, now))) return;
  // A file on which a run dies, again and again, ends here; what a run leaves undone is not half done.
  if ((work.attempts ?? 0) >= ATTEMPTS && upload.result === undefined) {
    const detail = 'The file could not be read: each attempt ended without an answer. Send it in smaller parts.';
    await progressUpload(ref, { status: 'failed', detail, endedAt: now.toISOString() });
    return endWork(work);
  }
  await importComps(upload, now).catch(async (error: unknown) => {
    // It is alive: an outage ends no upload.
    await forgiveAttempt(work);
    throw error;
  });
  log.info('Imported', ref);
  await endWork(work);
}

export const handler = scheduleHandler(fileComps);
