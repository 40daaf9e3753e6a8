import { rm } from 'node:fs/promises';
import { csvLines } from '../csv/csv-output-runtime.ts';
import { TableError } from '../csv/table-error.ts';
import { measure } from '../platform/observability.ts';
import { policiesInForce } from '../platform/policies-in-force-store.ts';
import { addComps } from './add-comps-store.ts';
import type { Comp } from './comp.ts';
import type { ReadComp } from './comp-book.ts';
import { compOfCells, headerProblem } from './comp-cells.ts';
import { compIntake, type IntakePolicy } from './comp-intake.ts';
import type { CompId } from './comp-rows.ts';
import { type CompsUpload, UPLOAD_ROWS, type UploadResult } from './comps-upload.ts';
import { fetchUpload, progressUpload, saveRejected } from './comps-uploads-store.ts';
import { fileIntoBook, isApplied, knownForImport, leaveTable } from './file-comps-store.ts';
import { openTable } from './table-rows-runtime.ts';
import { VALUATION_POLICIES } from './valuation-policies.ts';

/**
 * Stores the rows of an uploaded table, all at once: by the write that replaces the workspace's book. A table that cannot be read
 * stores nothing, and its upload says why.
 *
 * Safe to repeat, and to be killed: before that write nothing is stored; after it the book names the upload, and what came of the rows
 * stands in the upload's row already.
 */
export async function importComps(upload: CompsUpload, now: Date): Promise<void> {
  const { workspaceId, kind, uploadId } = upload;
  if (!(await isApplied(workspaceId, kind, uploadId))) {
    await progressUpload(upload, { status: 'processing' });
    try {
      await storeRows(upload, await readRows(upload, now), now);
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      return progressUpload(upload, { status: 'failed', detail: `${error.message}.`, endedAt: now.toISOString() });
    }
  }
  const { overtaken } = await leaveTable(workspaceId, kind, now);
  // Somebody wrote these while the book was written: they are decided on again, by what stands in the table now.
  if (overtaken.length > 0) {
    const policy = await intakePolicy(upload, now);
    await addComps(workspaceId, { kind, comps: overtaken }, policy, now);
  }
  await progressUpload(upload, { status: 'completed', endedAt: now.toISOString() });
}

async function intakePolicy({ workspaceId, uploadId }: CompsUpload, now: Date): Promise<IntakePolicy> {
  const { documents, uses } = await policiesInForce(VALUATION_POLICIES, { workspaceId, resultId: uploadId }, now);
  return { rules: documents.value, use: uses.value };
}

type Rows = {
  readonly comps: readonly Comp[];
  readonly rejected: readonly (readonly string[])[];
  readonly count: number;
};

/** Columns of the file of rejected rows, before those of the table. */
const REJECTED_COLUMNS = ['row', 'column', 'reason'] as const;

async function readRows(upload: CompsUpload, now: Date): Promise<Rows> {
  const file = await fetchUpload(upload);
  try {
    const { header, rows } = await openTable(file, UPLOAD_ROWS);
    const problem = headerProblem(header, upload);
    if (problem !== undefined) throw new TableError(problem);
    const comps: Comp[] = [];
    const rejected: string[][] = [[...REJECTED_COLUMNS, ...header]];
    let count = 0;
    for await (const { cells, line } of rows) {
      count += 1;
      if (count > UPLOAD_ROWS) throw new TableError(`expected at most ${UPLOAD_ROWS} rows, received more`);
      const read = compOfCells(header, cells, { currency: upload.currency, source: upload.source }, now);
      if ('comp' in read) comps.push(read.comp);
      else for (const { column, reason } of read.problems) rejected.push([String(line), column, reason, ...cells]);
    }
    if (count === 0) throw new TableError('expected rows below the header, received none');
    return { comps, rejected, count };
  } finally {
    await rm(file, { force: true });
  }
}

async function storeRows(upload: CompsUpload, { comps, rejected, count }: Rows, now: Date): Promise<void> {
  const { workspaceId, kind, uploadId } = upload;
  const policy = await intakePolicy(upload, now);
  const known = await knownForImport(workspaceId, kind, comps, now);
  const decide = compIntake(
    [...known.comps.values()].map(({ stored }) => stored),
    policy,
    now,
  );
  const changed = new Map<CompId, ReadComp>();
  const counts = { stored: 0, quarantined: 0, renewed: 0, duplicate: 0 };
  for (const comp of comps) {
    const { outcome, comp: stored } = decide(kind, comp);
    counts[outcome] += 1;
    if (outcome === 'duplicate') continue;
    changed.set(stored.compId, { stored, writes: (known.comps.get(stored.compId)?.writes ?? 0) + 1 });
  }
  // The header is one of its lines.
  const wrong = new Set(rejected.slice(1).map(([line]) => line)).size;
  if (wrong > 0) await saveRejected(upload, csvLines(rejected, ','));
  const result: UploadResult = { rows: count, ...counts, rejected: wrong, policies: [policy.use] };
  await progressUpload(upload, { status: 'processing', result });
  await fileIntoBook(workspaceId, kind, { known, changed, applied: uploadId }, now);
  measure('CompAdded', counts.stored + counts.quarantined + counts.renewed);
  measure('CompQuarantined', counts.quarantined);
}
