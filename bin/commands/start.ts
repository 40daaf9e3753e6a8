import { Command, InvalidArgumentError, Option } from 'commander';
import { ASSET_KINDS, type Asset } from '../../functions/assets/asset.ts';
import type { JobView } from '../../functions/jobs/jobs-contract.ts';
import { awaitJob, submitPhotos } from '../api-client.ts';
import { readAsset } from '../asset-facts.ts';
import { demoKey } from '../demo-key.ts';
import { endWithNpm, nextInterrupt } from '../interrupt.ts';
import { removeData, type ServedStack, serveLocally } from '../local-stack.ts';
import { findPhotos, leftOutText, refuseUnfit } from '../photo-files.ts';
import { type NamedPhoto, nameSubjects, subjectOption, wordsText } from '../photo-subjects.ts';
import { showProgress } from '../progress.ts';
import { resultText, SAMPLE_TEXT, welcomeText } from '../result-text.ts';
import { withSampleFacts } from '../sample/facts.ts';
import { writeSamplePhotos } from '../sample-photos.ts';
import { UsageError } from '../usage-error.ts';

type StartOptions = {
  readonly photos?: readonly string[];
  readonly subject: readonly string[];
  readonly kind: string;
  readonly facts?: string;
  readonly value?: number;
  readonly once?: true;
  readonly json?: true;
  readonly port: number;
  readonly data: string;
  readonly fresh?: true;
};

/** Where the API listens unless told otherwise. */
const DEFAULT_PORT = 8080;
const LARGEST_PORT = 65_535;

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number from 0.');
  return value;
};

const portNumber = (text: string): number => {
  if (wholeNumber(text) > LARGEST_PORT) throw new InvalidArgumentError(`expected a port up to ${LARGEST_PORT}.`);
  return Number(text);
};

/** Runs the whole product on this machine, assesses one set of photos, and serves. */
export const startCommand = new Command('start')
  .description('run everything on this machine, assess photos, and serve until Ctrl-C')
  .option('--photos <paths...>', 'photos, or folders of photos (default: a rendered sample)')
  .addOption(subjectOption())
  .addOption(new Option('--kind <kind>', 'what the photos show').choices(ASSET_KINDS).default('property'))
  .option('--facts <file>', 'facts of the asset as JSON: what POST /jobs takes as "asset", without its kind')
  .option(
    '--value <cents>',
    'what it is thought to be worth, in cents of USD unless the facts name a currency: repeated, never confirmed',
    wholeNumber,
  )
  .option('--once', 'exit after the assessment; non-zero unless it completed')
  .option('--json', 'print the assessment alone on stdout, everything else on stderr')
  .option('--port <port>', 'where the API listens; 0 takes a free one', portNumber, DEFAULT_PORT)
  .option('--data <dir>', 'where everything is kept', '.fettle')
  .option('--fresh', 'forget what is kept there first')
  .action(start);

async function start(options: StartOptions): Promise<void> {
  endWithNpm();
  const known = await readAsset(options);
  const given = await chosenPhotos(options);
  const asset = given ? known : withSampleFacts(known, options.facts !== undefined);
  if (options.fresh) await removeData(options.data);
  const stack = await serveLocally(options.data, options.port);
  const interrupted = nextInterrupt();
  try {
    const job = await Promise.race([assessOnce(stack, asset, given, options), interrupted]);
    if (options.once) process.exitCode = job?.status === 'completed' ? 0 : 1;
    else await interrupted;
  } finally {
    await stack.stop();
  }
}

/** Assesses the photos, or the sample, and prints what came of them. */
async function assessOnce(
  stack: ServedStack,
  asset: Asset,
  given: readonly NamedPhoto[] | undefined,
  options: StartOptions,
): Promise<JobView> {
  const photos = given ?? nameSubjects(await writeSamplePhotos(options.data), []);
  const api = { url: stack.apiUrl, key: await demoKey(options.data, stack) };
  const jobId = await submitPhotos(api, asset, photos);
  const job = await awaitJob(api, jobId, showProgress(photos.length));
  tell(job, photos, { ...options, drawn: given === undefined });
  if (!options.once) (options.json ? process.stderr : process.stdout).write(welcomeText(api, job));
  return job;
}

/** The photos of `--photos` with their words; undefined for the sample. */
async function chosenPhotos({ photos, subject }: StartOptions): Promise<readonly NamedPhoto[] | undefined> {
  if (!photos) {
    if (subject.length > 0) throw new UsageError('expected --photos with --subject, which says what one of them shows');
    return undefined;
  }
  const { files, leftOut } = await findPhotos(photos);
  process.stderr.write(leftOutText(leftOut));
  await refuseUnfit(files);
  return nameSubjects(files, subject);
}

type Told = { readonly json?: true; readonly drawn: boolean };

/** With `--json`, stdout gets an assessment or nothing. */
function tell(job: JobView, photos: readonly NamedPhoto[], { json, drawn }: Told): void {
  if (!json) return void process.stdout.write(resultText(job, photos, drawn, process.stdout.columns));
  if (!job.assessment) return void process.stderr.write(resultText(job, photos, drawn));
  process.stderr.write(`${drawn ? SAMPLE_TEXT : ''}${wordsText(photos)}`);
  process.stdout.write(`${JSON.stringify(job.assessment)}\n`);
}
