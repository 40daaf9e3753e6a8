import { log, reportFailure } from '../platform/observability.ts';
import { scheduleHandler } from '../platform/schedule-handler.ts';
import type { CompWork } from './comp-work.ts';
import { endWork, leaseWork, openWork } from './comp-work-store.ts';
import { moveIntoBook } from './comps-store.ts';

/** As long as a run may take, after which another one takes over its work. */
const LEASE_MILLISECONDS = 5 * 60_000;

/**
 * Moves comps from the table into the books of their workspaces, where reading them costs less.
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
  if (!(await leaseWork(work, now, new Date(now.getTime() + LEASE_MILLISECONDS)))) return;
  const { workspaceId, kind } = work;
  const moved = await moveIntoBook(workspaceId, kind, now);
  log.info('Filed', { workspaceId, kind, moved });
  await endWork(work);
}

export const handler = scheduleHandler(fileComps);
