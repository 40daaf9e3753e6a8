import { CommanderError } from 'commander';
import { ModelError } from '../functions/condition/model-error.ts';
import { TableError } from '../functions/csv/table-error.ts';
import { CannotRunError } from '../local/errors.ts';
import { commandLine } from './command-line.ts';
import { UsageError } from './usage-error.ts';

/** Errors shown without a stack trace: the user's mistakes, and errors of the system (a full disk, no permission to write). */
const isExpected = (error: Error): boolean =>
  [UsageError, TableError, ModelError, CannotRunError].some((kind) => error instanceof kind) || 'syscall' in error;

/** Runs the command line. Results go to stdout, everything else to stderr; a user's mistake exits with 2. */
try {
  await commandLine.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  if (error instanceof CommanderError) {
    // Its text is printed; help and version are no mistakes.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`fettle: ${isExpected(error) ? error.message : (error.stack ?? error.message)}\n`);
    process.exitCode = error instanceof UsageError || error instanceof TableError ? 2 : 1;
  }
}
