import Table from 'cli-table3';
import { Command } from 'commander';
import { checkModel, listModels } from '../../functions/condition/check-model-runtime.ts';
import { modelsFolder } from '../../functions/condition/models-folder-runtime.ts';
import { UsageError } from '../usage-error.ts';

const list = new Command('list')
  .description('list the models, used or not')
  .option('--json', 'everything, metrics included, one JSON line per model')
  .action(async ({ json }: { readonly json?: true }) => {
    const models = await listModels(modelsFolder());
    if (json) {
      for (const model of models) process.stdout.write(`${JSON.stringify(model)}\n`);
      return;
    }
    const table = new Table({
      head: ['model', 'version', 'answers', 'used for', 'licence', 'main figures'],
      style: { head: [], border: [] },
    });
    for (const { name, version, answers, usedFor, licence, headline } of models) {
      const commercial = licence.commercialUse ? 'commercial use' : 'no commercial use';
      const figures = Object.entries(headline).map(([figure, value]) => `${figure}: ${value}`);
      const cells = [
        name,
        version,
        answers.join('\n'),
        usedFor.join('\n') || 'nothing',
        `${licence.weights}, ${commercial}`,
      ];
      table.push([...cells, figures.join('\n') || 'none']);
    }
    process.stdout.write(`${table.toString()}\n`);
  });

const check = new Command('check')
  .description('load a model, run it on a sample, check its shapes, time it')
  .argument('<dir>', 'folder with model.onnx and card.json')
  .action(async (folder: string) => {
    const result = await checkModel(folder);
    if (result.status === 'unusable') throw new UsageError(result.problem);
    const { name, version, answers, millisecondsPerPhoto, goldenEntries } = result;
    process.stdout.write(
      `${name} ${version} is usable: it answers ${answers.map((question) => `"${question}"`).join(', ')} in ${millisecondsPerPhoto} ms per photo on one core, and agrees with ${goldenEntries} golden entries of its card.\n`,
    );
  });

/** The built-in models, and the user's own. */
export const modelsCommand = new Command('models')
  .description('list and check models')
  .addCommand(list)
  .addCommand(check);
