import { Command } from 'commander';
import { ModelError } from '../functions/condition/model-error.ts';
import { assessCommand } from './commands/assess.ts';
import { keysCommand } from './commands/keys.ts';
import { modelsCommand } from './commands/models.ts';
import { startCommand } from './commands/start.ts';
import { UsageError } from './usage-error.ts';

/** The command line. Results go to stdout, everything else to stderr; a mistake of the caller's exits with 2. */
const fettle = new Command('fettle')
  .description('Photos and facts of a thing that has a price in; its condition out.')
  .showHelpAfterError()
  .addCommand(startCommand)
  .addCommand(assessCommand)
  .addCommand(keysCommand)
  .addCommand(modelsCommand);

try {
  await fettle.parseAsync();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isForPeople = error instanceof UsageError || error instanceof ModelError;
  process.stderr.write(`fettle: ${isForPeople ? error.message : (error.stack ?? error.message)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
