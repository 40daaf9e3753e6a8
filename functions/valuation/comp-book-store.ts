import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import type { AssetKind } from '../assets/asset.ts';
import { conditionMet, documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { s3 } from '../platform/s3-client.ts';
import {
  type BookRow,
  bookKey,
  bookRowOf,
  type CompBook,
  CompBookRow,
  nextBook,
  type ReadComp,
  rowOfBook,
} from './comp-book.ts';
import { BOOKS_DIR, writeBook } from './comp-book-runtime.ts';

const { compsTable: TableName, mediaBucket: Bucket } = environment('compsTable', 'mediaBucket');

/** Files of books that a process keeps: a book of 100,000 comps has about 10 MB, and Lambda's /tmp 512 MB. */
const FILES_KEPT = 8;

/** A book, and a file with its content. */
export type OpenBook = { readonly book: CompBook; readonly file: string };

/** The book of a kind as it is now; undefined when there is none yet. */
export async function openBook(workspaceId: WorkspaceId, kind: AssetKind): Promise<OpenBook | undefined> {
  const book = await bookOf(workspaceId, kind);
  if (!book) return undefined;
  try {
    return { book, file: await fileOf(book) };
  } catch (error) {
    // It was replaced, and deleted, after its row was read.
    const newer = error instanceof NoSuchKey ? await bookOf(workspaceId, kind) : undefined;
    if (!newer || newer.objectKey === book.objectKey) throw error;
    return { book: newer, file: await fileOf(newer) };
  }
}

async function bookOf(workspaceId: WorkspaceId, kind: AssetKind): Promise<CompBook | undefined> {
  const get = new GetCommand({ TableName, Key: bookKey(workspaceId, kind), ConsistentRead: true });
  const { Item } = await documents.send(get);
  return Item && CompBookRow.parse(Item);
}

const fetching = new Map<string, Promise<string>>();

/** The file of a book's object, which never changes: fetched once in a process. */
function fileOf({ objectKey }: CompBook): Promise<string> {
  const file = fetching.get(objectKey) ?? fetchFile(objectKey);
  fetching.delete(objectKey);
  // The last one is the most recently used.
  fetching.set(objectKey, file);
  file.catch(() => fetching.delete(objectKey));
  const [oldest] = fetching;
  if (oldest && fetching.size > FILES_KEPT) {
    fetching.delete(oldest[0]);
    oldest[1].then((path) => rm(path, { force: true })).catch(() => undefined);
  }
  return file;
}

async function fetchFile(Key: string): Promise<string> {
  const file = join(BOOKS_DIR, basename(Key));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const part = `${file}.${ulid()}`;
  await pipeline(Body as Readable, createWriteStream(part));
  await rename(part, file);
  return file;
}

/**
 * Replaces a book by one with these comps, too, which take the place of their earlier selves. A crash before the last write changes
 * nothing, but for an object that nothing names.
 *
 * @param applied id of the import that is in it
 * @throws when somebody else has replaced the book meanwhile; then nothing has changed
 */
export async function replaceBook(
  workspaceId: WorkspaceId,
  kind: AssetKind,
  { before, comps, applied }: ReplacedBook,
  now: Date,
): Promise<void> {
  const id = ulid();
  const file = join(BOOKS_DIR, `${id}.parquet`);
  const rows = bookRows(workspaceId, comps);
  const book = nextBook(workspaceId, kind, before?.book, {
    id,
    comps: await writeBook(file, rows, before?.file, now),
    applied,
  });
  const Body = await readFile(file);
  await s3.send(new PutObjectCommand({ Bucket, Key: book.objectKey, Body, ContentType: PARQUET }));
  await rm(file);
  if (!(await saveBook(workspaceId, kind, before?.book, book))) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key: book.objectKey }));
    throw new Error(`Another run has replaced the book of ${workspaceId} and ${kind} meanwhile`);
  }
  if (before) await s3.send(new DeleteObjectCommand({ Bucket, Key: before.book.objectKey }));
}

function* bookRows(workspaceId: WorkspaceId, comps: Iterable<ReadComp>): Generator<BookRow> {
  for (const comp of comps) yield bookRowOf(workspaceId, comp);
}

/** Media type of Parquet (IANA). */
const PARQUET = 'application/vnd.apache.parquet';

export type ReplacedBook = {
  readonly before: OpenBook | undefined;
  readonly comps: Iterable<ReadComp>;
  readonly applied?: string | undefined;
};

const saveBook = (
  workspaceId: WorkspaceId,
  kind: AssetKind,
  before: CompBook | undefined,
  book: CompBook,
): Promise<boolean> =>
  conditionMet(
    documents.send(
      new PutCommand({
        TableName,
        Item: rowOfBook(workspaceId, kind, book),
        ...(before
          ? {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': before.version },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      }),
    ),
  );
