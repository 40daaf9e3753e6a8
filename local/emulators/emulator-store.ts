import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PersistenceManager, type S3Object, type SqsMessage, type SqsQueue } from './fauxqs-parts.ts';

/**
 * fauxqs's SQLite persistence, made safe against a kill at any instant:
 *
 * - all writes of one turn are one transaction, so a message that moves to its dead-letter queue is never in neither;
 * - a message that moves to its dead-letter queue is counted anew there, as SQS does;
 * - a message made visible again (visibility 0) keeps its receive count, where fauxqs fails on its own NOT NULL column;
 * - an object's bytes lie in a file of their own (written before the row that names it), not in SQLite, and under a name of
 *   ours, so that no key can climb out of the directory.
 */
export class EmulatorStore extends PersistenceManager {
  readonly #objectsDir: string;
  readonly #database: DatabaseSync;
  readonly #selectFile: StatementSync;
  readonly #clearReceipt: StatementSync;
  #open = false;

  constructor(dataDir: string) {
    super(dataDir);
    this.#objectsDir = join(dataDir, 'objects');
    mkdirSync(this.#objectsDir, { recursive: true });
    this.#database = Reflect.get(this, 'db') as DatabaseSync;
    // A killed process loses nothing that SQLite handed to the kernel; only a power cut could take the last commits.
    this.#database.exec('PRAGMA synchronous = NORMAL');
    this.#selectFile = this.#database.prepare('SELECT body FROM s3_objects WHERE bucket = ? AND key = ?');
    this.#clearReceipt = this.#database.prepare(
      'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
    );
    this.#dropUnnamedFiles();
  }

  override insertMessage(queueName: string, message: SqsMessage): void {
    this.#begin();
    // A queue counts its own deliveries: what moves to the dead letters must not at once move on to theirs.
    message.approximateReceiveCount = 0;
    delete message.approximateFirstReceiveTimestamp;
    super.insertMessage(queueName, message);
  }

  override deleteMessage(messageId: string): void {
    this.#begin();
    super.deleteMessage(messageId);
  }

  override updateMessageInflight(...row: Parameters<PersistenceManager['updateMessageInflight']>): void {
    this.#begin();
    super.updateMessageInflight(...row);
  }

  override updateMessageReady(messageId: string): void {
    this.#begin();
    this.#clearReceipt.run(messageId);
  }

  override upsertObject(bucket: string, object: S3Object): void {
    const file = randomUUID();
    writeFileSync(this.pathOf(file), object.body);
    this.insertObject(bucket, object, file);
  }

  /** Stores an object whose body is in this file already. */
  insertObject(bucket: string, object: S3Object, file: string): void {
    const before = this.fileOf(bucket, object.key);
    super.upsertObject(bucket, { ...object, body: Buffer.from(file) });
    if (before) this.#removeFile(before);
  }

  /** Where a file of this name lies, or will. */
  pathOf(file: string): string {
    return join(this.#objectsDir, file);
  }

  override readBody(bucket: string, key: string): Buffer {
    return readFileSync(this.pathOf(super.readBody(bucket, key).toString()));
  }

  override deleteObject(bucket: string, key: string): void {
    const file = this.fileOf(bucket, key);
    super.deleteObject(bucket, key);
    if (file) this.#removeFile(file);
  }

  override completeMultipartUpload(...upload: Parameters<PersistenceManager['completeMultipartUpload']>): void {
    this.#commit();
    super.completeMultipartUpload(...upload);
  }

  override close(): void {
    this.#commit();
    super.close();
  }

  /** Forgets a queue's messages sent before this time. Returns how many. */
  dropMessagesSentBefore(queue: SqsQueue, timeMs: number): number {
    const expired = queue.messages.filter(({ sentTimestamp }) => sentTimestamp < timeMs);
    if (expired.length === 0) return 0;
    queue.messages = queue.messages.filter(({ sentTimestamp }) => sentTimestamp >= timeMs);
    for (const { messageId } of expired) this.deleteMessage(messageId);
    return expired.length;
  }

  /** Opens a transaction that ends with this turn: before any answer to a caller can leave, which takes a later one. */
  #begin(): void {
    if (this.#open) return;
    this.#open = true;
    this.#database.exec('BEGIN');
    queueMicrotask(() => this.#commit());
  }

  /** Puts on disk what this turn has written, before its end. */
  flush(): void {
    this.#commit();
  }

  #commit(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.exec('COMMIT');
  }

  /** After the row that named it is gone for good. */
  #removeFile(file: string): void {
    this.#commit();
    rmSync(this.pathOf(file), { force: true });
  }

  /** The name of the file with an object's body; undefined when there is no such object. */
  fileOf(bucket: string, key: string): string | undefined {
    const row = this.#selectFile.get(bucket, key);
    return row && fileNamedBy(row);
  }

  /** Files whose row was never written, because the process died in between. */
  #dropUnnamedFiles(): void {
    const rows = this.#database.prepare('SELECT body FROM s3_objects').all();
    const named = new Set(rows.map(fileNamedBy));
    for (const file of readdirSync(this.#objectsDir)) {
      if (!named.has(file)) rmSync(this.pathOf(file));
    }
  }
}

function fileNamedBy({ body }: Record<string, unknown>): string {
  return body instanceof Uint8Array ? Buffer.from(body).toString() : '';
}
