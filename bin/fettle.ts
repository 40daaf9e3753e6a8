import { Command } from 'commander';
import { ModelError } from '../functions/condition/model-error.ts';
import { CannotRunError } from '../local/errors.ts';
import { assessCommand } from './commands/assess.ts';
import { doctorCommand } from './commands/doctor.ts';
import { keysCommand } from './commands/keys.ts';
import { modelsCommand } from './commands/models.ts';
import { startCommand } from './commands/start.ts';
import { UsageError } from './usage-error.ts';

/** Errors shown without a stack trace: the user's mistakes, and errors of the system (a full disk, no permission to write). */
const isExpected = (error: Error): boolean =>
  [UsageError, ModelError, CannotRunError].some((kind) => error instanceof kind) || 'syscall' in error;

/** The command line. Results go to stdout, everything else to stderr; a user's mistake exits with 2. */
const fettle = new Command('fettle')
  .description('Photos and facts of a thing that has a price in; its condition out.')
  .showHelpAfterError()
  .addCommand(startCommand)
  .addCommand(assessCommand)
  .addCommand(keysCommand)
  .addCommand(modelsCommand)
  .addCommand(doctorCommand);

try {
  await fettle.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`fettle: ${isExpected(error) ? error.message : (error.stack ?? error.message)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
