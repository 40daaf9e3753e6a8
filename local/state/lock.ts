import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { cannotRun } from '../errors.ts';

/**
 * Locks the data directory for this process. The lock is the kernel's, on an open file, so that it ends with the process;
 * a file beside it holds the process id.
 *
 * @throws CannotRunError with the id of the process that holds the lock
 */
export function lockDirectory(dataDir: string): { readonly release: () => void } {
  mkdirSync(dataDir, { recursive: true });
  const pidFile = join(dataDir, 'runner.pid');
  const lock = new DatabaseSync(join(dataDir, 'lock.db'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw cannotRun(
      dataDir,
      `another runner uses this data directory (process ${readFileSync(pidFile, 'utf8').trim()})`,
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return { release: () => lock.close() };
}
