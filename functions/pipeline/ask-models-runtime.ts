import { type ModelAnswer, type RawOutputs, readAnswer } from '../condition/model-answer.ts';
import type { Question } from '../condition/model-outputs.ts';
import { type LoadedModel, type Models, runModel } from '../condition/model-runtime.ts';
import type { Raster } from '../photos/raster.ts';
import type { Stopwatch } from './stopwatch-runtime.ts';

/** The models' answers about one photo. */
export type Inquiry = {
  readonly ask: (question: Question) => Promise<ModelAnswer>;
  /** of the models that ran: name to version */
  readonly versions: Readonly<Record<string, string>>;
  /** the questions on which a model abstained */
  readonly abstained: ReadonlySet<Question>;
};

type Photo = { readonly working: Raster; readonly copies: readonly Raster[] };

/**
 * Asks the models about one photo. A model runs when its first question is asked, and only then: further questions are read
 * from the same outputs.
 *
 * @param watch times each model, as `model:` and its name
 */
export function inquireOf({ working, copies }: Photo, models: Models, watch: Stopwatch): Inquiry {
  const outputs = new Map<LoadedModel, RawOutputs>();
  const versions: Record<string, string> = {};
  const abstained = new Set<Question>();
  const run = async (model: LoadedModel): Promise<RawOutputs> => {
    const { name, version } = model.card;
    const raw = await watch.time(`model:${name}`, () => runModel(model, working, copies));
    versions[name] = version;
    outputs.set(model, raw);
    return raw;
  };
  const ask = async (question: Question): Promise<ModelAnswer> => {
    const model = models[question];
    const answer = readAnswer(model.card, question, outputs.get(model) ?? (await run(model)));
    if (answer.abstains) abstained.add(question);
    return answer;
  };
  return { ask, versions, abstained };
}
