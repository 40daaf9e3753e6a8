import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { awsCost } from './aws-cost.ts';
import { benchPage } from './bench-page.ts';
import { compsFigures } from './comps.ts';
import { type Figure, percentile } from './figure.ts';
import { jobSeconds, jobsPerHour, requestMilliseconds } from './load.ts';
import { demandOf } from './photo-demand.ts';
import { makePhotos } from './photos.ts';
import { pipelineCost } from './pipeline-cost.ts';
import { batchFigures, predictionFigures, trainingFigures } from './prices.ts';
import { cpuPerPhoto, cpuSeconds } from './process-cpu.ts';
import { serveFettle } from './served-fettle.ts';

/** Ten photos are one job of every figure. */
const PHOTOS = 10;
const ROUNDS = 4;
const CLIENTS = 3;
const JOBS_EACH = 6;
const JOBS_IN_A_ROW = 20;
const REQUESTS = 300;

const PAGE = join(import.meta.dirname, '../../docs/bench.md');

const folder = await mkdtemp(join(tmpdir(), 'fettle-photos-'));
const say = (line: string): boolean => process.stderr.write(`${line}\n`);
try {
  say(`making ${PHOTOS} photos of 12 megapixels`);
  const files = await makePhotos(folder, PHOTOS);
  say('the pipeline against its floor');
  const cost = await pipelineCost(files, ROUNDS);
  const stack = await stackFigures(files, cost.floorSeconds);
  say('prices of tables, and the training of a fold');
  const figures = [
    ...pipelineFigures(cost),
    await memoryFigure(files[0] ?? ''),
    ...stack.figures,
    ...(await batchFigures()),
    ...trainingFigures(),
  ];
  const dollars = awsCost(stack.cpuSecondsPerPhoto);
  figures.push({
    what: 'AWS cost of 1,000 ten-photo jobs, computed',
    measured: dollars.dollars,
    unit: '$',
    target: { is: 'at most', value: 0.2 },
  });
  const page = benchPage(figures, dollars.lines, new Date());
  await writeFile(PAGE, page);
  process.stdout.write(page);
} finally {
  await rm(folder, { recursive: true });
}

function pipelineFigures({
  pipelineSeconds,
  floorSeconds,
  modelSeconds,
}: Awaited<ReturnType<typeof pipelineCost>>): Figure[] {
  return [
    {
      what: 'pipeline over its own floor, CPU',
      measured: pipelineSeconds / floorSeconds,
      unit: '×',
      target: { is: 'at most', value: 1.25 },
    },
    { what: 'pipeline, CPU of one photo', measured: pipelineSeconds * 1000, unit: 'ms' },
    { what: 'floor: decode to 1,280 px, the same ONNX runs', measured: floorSeconds * 1000, unit: 'ms' },
    { what: 'ONNX runs alone', measured: modelSeconds * 1000, unit: 'ms', target: { is: 'at most', value: 60 } },
  ];
}

/** A process that assesses a photo of nearly 50 megapixels. */
async function memoryFigure(file: string): Promise<Figure> {
  say('memory of the largest photo');
  const largest = join(folder, 'largest.jpg');
  await sharp(file).resize(8160, 6120, { fit: 'fill' }).jpeg({ quality: 70 }).toFile(largest);
  const { peakMb } = await demandOf(largest);
  return {
    what: 'worker memory, photo of 49.9 megapixels',
    measured: peakMb,
    unit: 'MB',
    target: { is: 'at most', value: 700 },
  };
}

type StackFigures = {
  readonly figures: readonly Figure[];
  /** of each function, by its name in the template */
  readonly cpuSecondsPerPhoto: ReadonlyMap<string, number>;
};

/** The whole product, served by a process of its own. */
async function stackFigures(files: readonly string[], floorSeconds: number): Promise<StackFigures> {
  say('the whole stack: start');
  const fettle = await serveFettle();
  try {
    say('the whole stack: one job after the other');
    await jobSeconds(fettle.api, files, 2);
    const seconds = await jobSeconds(fettle.api, files, JOBS_IN_A_ROW);
    say('the whole stack: several clients');
    const before = await cpuSeconds(fettle.processId);
    const hourly = await jobsPerHour(fettle.api, files, CLIENTS, JOBS_EACH);
    const perPhoto = cpuPerPhoto(before, await cpuSeconds(fettle.processId), CLIENTS * JOBS_EACH * PHOTOS);
    say('the API');
    const list = await requestMilliseconds(fettle.api, '/jobs', REQUESTS);
    const predictions = await predictionFigures(fettle.api);
    say('comps');
    const comps = await compsFigures(fettle.api);
    const floorHourly = (availableParallelism() * 3600) / (PHOTOS * floorSeconds);
    const figures: Figure[] = [
      {
        what: 'throughput of the whole stack',
        measured: hourly,
        unit: 'jobs/h',
        target: { is: 'at least', value: 3600 },
      },
      { what: 'throughput over that of the floor on all cores', measured: hourly / floorHourly, unit: '×' },
      ...[...perPhoto].map(([process, measured]) => ({
        what: `CPU of one photo in that run, ${process}`,
        measured,
        unit: 'ms',
      })),
      {
        what: 'ten photos, submit to result, p50',
        measured: percentile(seconds, 0.5),
        unit: 's',
        target: { is: 'at most', value: 2 },
      },
      {
        what: 'ten photos, submit to result, p95',
        measured: percentile(seconds, 0.95),
        unit: 's',
        target: { is: 'at most', value: 4 },
      },
      { what: 'API, GET /jobs, p50', measured: percentile(list, 0.5), unit: 'ms' },
      {
        what: 'API, GET /jobs, p95',
        measured: percentile(list, 0.95),
        unit: 'ms',
        target: { is: 'at most', value: 100 },
      },
      ...predictions,
      ...comps,
      { what: 'start to a served API', measured: fettle.startSeconds, unit: 's', target: { is: 'at most', value: 12 } },
    ];
    const ofFunctions = [...perPhoto].map(([name, ms]): [string, number] => [
      name.replace(/^fettle-[a-z]+-/, ''),
      ms / 1000,
    ]);
    return { figures, cpuSecondsPerPhoto: new Map(ofFunctions) };
  } finally {
    await fettle.stop();
  }
}
