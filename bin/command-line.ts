import { Command } from 'commander';
import { assessCommand } from './commands/assess.ts';
import { doctorCommand } from './commands/doctor.ts';
import { keysCommand } from './commands/keys.ts';
import { marketCommand } from './commands/market.ts';
import { modelsCommand } from './commands/models.ts';
import { providersCommand } from './commands/providers.ts';
import { startCommand } from './commands/start.ts';
import { trainCommand } from './commands/train.ts';
import { valueCommand } from './commands/value.ts';

/** The definition of the command line. */
export const commandLine = new Command('fettle')
  .description('Photos and facts of a thing that has a price in; its condition out.')
  .showHelpAfterError()
  .addCommand(startCommand)
  .addCommand(assessCommand)
  .addCommand(valueCommand)
  .addCommand(marketCommand)
  .addCommand(keysCommand)
  .addCommand(providersCommand)
  .addCommand(modelsCommand)
  .addCommand(trainCommand)
  .addCommand(doctorCommand);

/** Makes a command and those below it throw a CommanderError, after its text, where they would end the process. */
function throwAtEnd(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwAtEnd);
}

throwAtEnd(commandLine);
