import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { WorkspaceId } from '../../../functions/platform/ids.ts';
import { fileKey, rejectedKey, UploadId } from '../../../functions/valuation/comps-upload.ts';
import { context } from '../platform/lambda-events.ts';
import { type Body, dayBefore, newWorkspace, QUERY, sale, startValuations } from './valuations-client.ts';

const { close, ask, add, list, valueIn } = await startValuations();
afterAll(close);
const { handler } = await import('../../../functions/valuation/file-comps.lambda.ts');
const { findUpload } = await import('../../../functions/valuation/comps-uploads-store.ts');
const { openWork, leaseWork } = await import('../../../functions/valuation/comp-work-store.ts');
const { importComps } = await import('../../../functions/valuation/import-comps-store.ts');
const { fileIntoBook, knownForImport } = await import('../../../functions/valuation/file-comps-store.ts');
const s3 = new S3Client({ forcePathStyle: true });
const Bucket = 'media';

const HEADER = ['title', 'status', 'price', 'currency', 'date', 'source', 'sourceId'];
const rowOf = (at: number, changes: Record<string, string> = {}): string[] => {
  const row: Record<string, string> = {
    title: QUERY,
    status: 'sold',
    price: String(60 + at),
    currency: 'USD',
    date: dayBefore(1 + (at % 60)),
    source: 'own sales',
    sourceId: `U-${at}`,
    ...changes,
  };
  return HEADER.map((name) => row[name] ?? '');
};
const csvOf = (...rows: readonly (readonly string[])[]): string =>
  [HEADER, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');

const refOf = (workspace: string, uploadId: string) => ({
  workspaceId: WorkspaceId.parse(workspace),
  uploadId: UploadId.parse(uploadId),
});

async function begin(workspace: string, content: string | Uint8Array, stated: object = {}): Promise<string> {
  const bytes = Buffer.byteLength(content);
  const { status, body } = await ask('createCompsUpload', workspace, {
    body: { kind: 'collectible', bytes, ...stated },
  });
  expect([status, body.status, body.upload.fields.key]).toEqual([
    201,
    'awaiting_file',
    `imports/${workspace}/${body.uploadId}/file`,
  ]);
  await s3.send(new PutObjectCommand({ Bucket, Key: fileKey(refOf(workspace, body.uploadId)), Body: content }));
  return body.uploadId;
}

const resultOf = async (workspace: string, uploadId: string): Promise<Body> =>
  (await ask('getCompsUpload', workspace, { params: { uploadId } })).body;

async function upload(workspace: string, content: string | Uint8Array, stated: object = {}): Promise<Body> {
  const uploadId = await begin(workspace, content, stated);
  await handler({}, context);
  return resultOf(workspace, uploadId);
}

describe('an uploaded table', () => {
  it('is stored whole, its wrong rows in a file with row, column and reason, safe for a spreadsheet', async () => {
    const workspace = newWorkspace();
    await add(workspace, sale(6000, { sourceId: 'U-0' }));
    const answer = await upload(
      workspace,
      csvOf(
        rowOf(0, { price: '59' }),
        rowOf(1),
        rowOf(1),
        rowOf(2, { price: '1.234,50', title: '=1+1' }),
        rowOf(3, { title: '+1 hit' }),
      ),
    );
    expect(answer).toMatchObject({
      status: 'completed',
      result: {
        rows: 5,
        stored: 2,
        renewed: 1,
        duplicate: 1,
        quarantined: 0,
        rejected: 1,
        policies: [{ name: 'fair-market-value' }],
      },
      rejectedRows: { url: expect.stringContaining('rejected.csv') },
    });
    const { Body: file } = await s3.send(
      new GetObjectCommand({ Bucket, Key: rejectedKey(refOf(workspace, answer.uploadId)) }),
    );
    expect(await file?.transformToString()).toBe(
      `row,column,reason,${HEADER.join(',')}\n` +
        `5,title,"expected text, received a formula: ""=1+1""",'=1+1,sold,"1.234,50",USD,${dayBefore(3)},own sales,U-2\n` +
        `5,price,"expected a price such as 1234.50, received ""1.234,50""",'=1+1,sold,"1.234,50",USD,${dayBefore(3)},own sales,U-2\n`,
    );
    const { comps } = (await list(workspace)).body;
    expect(comps.map(({ comp }: Body) => comp.priceCents).sort()).toEqual([5900, 6100, 6300]);
    expect((await valueIn(workspace)).body.keptCount).toBeGreaterThan(0);
  });

  it('finds only duplicates in the same file again', async () => {
    const workspace = newWorkspace();
    const content = csvOf(...Array.from({ length: 40 }, (_, at) => rowOf(at)));
    expect((await upload(workspace, content)).result).toMatchObject({ rows: 40, stored: 40 });
    expect((await upload(workspace, content)).result).toMatchObject({ rows: 40, duplicate: 40, stored: 0 });
    expect((await list(workspace, { limit: '100' })).body.comps).toHaveLength(40);
  });

  it.each([
    ['an empty file', '\n', 'the CSV file is empty'],
    ['a header alone', csvOf(), 'expected rows below the header, received none.'],
    [
      '500 columns',
      Array.from({ length: 500 }, (_, at) => `c${at}`).join(','),
      'expected at most 50 columns, received 500.',
    ],
    ['Latin-1', Buffer.from(csvOf(rowOf(1, { title: 'Citroën' })), 'latin1'), 'expected a CSV file in UTF-8 or UTF-16'],
    ['a quotation mark that is never closed', `${csvOf(rowOf(1))}\n"x,`, 'is never closed'],
    [
      'too many rows',
      csvOf(...Array.from({ length: 100_001 }, () => ['x'])),
      'expected at most 100000 rows, received more.',
    ],
    ['what only begins like Parquet', 'PAR1 and then nothing', 'expected a Parquet file, which this is not'],
  ])('stores nothing of %s, and says why', async (_what, content, detail) => {
    const workspace = newWorkspace();
    await add(workspace, sale(6000));
    const answer = await upload(workspace, content);
    expect(answer).toMatchObject({ status: 'failed', detail: expect.stringContaining(detail) });
    expect((await list(workspace)).body.comps).toHaveLength(1);
  });

  it('is read in UTF-16, with semicolons, mixed currencies and what the upload states', async () => {
    const workspace = newWorkspace();
    const text = 'title;status;price\r\nCitroën DS;sold;10.50\r\n"VW; Golf";asking;20\r\n';
    const content = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(await upload(workspace, content, { currency: 'EUR', source: 'fair' })).toMatchObject({
      result: { stored: 2, rejected: 0 },
    });
    const { comps } = (await list(workspace)).body;
    expect(comps.map(({ comp }: Body) => [comp.title, comp.currency, comp.priceCents]).sort()).toEqual([
      ['Citroën DS', 'EUR', 1050],
      ['VW; Golf', 'EUR', 2000],
    ]);
  });

  it('expires when no file comes, waits while it may, and is nobody else’s', async () => {
    const workspace = newWorkspace();
    const { body } = await ask('createCompsUpload', workspace, { body: { kind: 'collectible', bytes: 10 } });
    await handler({}, context);
    expect(await resultOf(workspace, body.uploadId)).toMatchObject({ status: 'awaiting_file' });
    const foreign = await ask('getCompsUpload', newWorkspace(), { params: { uploadId: body.uploadId } });
    expect(foreign.status).toBe(404);
  });

  it('has the same result when it is killed before or after the book is replaced', async () => {
    const workspace = newWorkspace();
    await add(workspace, sale(6000, { sourceId: 'U-1' }));
    const uploadId = await begin(workspace, csvOf(rowOf(1), rowOf(2), rowOf(3)));
    const found = await findUpload(refOf(workspace, uploadId));
    if (!found) throw new Error('expected the upload');
    const now = new Date();
    // Another writer replaces the book meanwhile: this run ends before it has stored anything.
    const known = await knownForImport(found.workspaceId, found.kind, [], now);
    await fileIntoBook(found.workspaceId, found.kind, { known, changed: new Map() }, now);
    await expect(fileIntoBook(found.workspaceId, found.kind, { known, changed: new Map() }, now)).rejects.toThrow();
    await importComps(found, now);
    const first = await resultOf(workspace, uploadId);
    expect(first.result).toMatchObject({ rows: 3, stored: 2, renewed: 1 });
    // The last write is lost, and the message comes again.
    await importComps({ ...found, status: 'processing' }, now);
    await handler({}, context);
    expect(await resultOf(workspace, uploadId)).toEqual(first);
    expect((await list(workspace)).body.comps).toHaveLength(3);
  });

  it('ends as failed when run after run dies on it', async () => {
    const workspace = newWorkspace();
    const uploadId = await begin(workspace, csvOf(rowOf(1)));
    const past = new Date(Date.now() - 3_600_000);
    for (let run = 0; run < 3; run += 1) {
      const [work] = (await openWork()).filter((each) => each.uploadId === uploadId);
      if (work) expect(await leaseWork(work, new Date(), past)).toBe(true);
    }
    await handler({}, context);
    expect(await resultOf(workspace, uploadId)).toMatchObject({ status: 'failed' });
    expect((await list(workspace)).body.comps).toEqual([]);
  });
});
