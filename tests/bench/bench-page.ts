import { availableParallelism, cpus } from 'node:os';
import { type Figure, reaches } from './figure.ts';

/** `docs/bench.md`: every figure beside its target, misses with how far they miss. */
export function benchPage(
  figures: readonly Figure[],
  costLines: readonly (readonly [string, number])[],
  measuredAt: Date,
): string {
  return `# Benchmark

Written by \`npm run bench\` on ${measuredAt.toISOString().slice(0, 10)}: ${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, Node ${process.versions.node}.
The photos are 12-megapixel JPEGs that it makes, ten to a job. Absolute figures are those of this machine at that hour; ratios carry over.

| | measured | target | |
|---|---|---|---|
${figures.map(row).join('\n')}

The cost in AWS is computed from the CPU of one photo by function in the run of the whole stack, assumed waits for S3 and DynamoDB, the requests and rows of one job, the bytes that it logs, and public prices (tests/bench/aws-cost.ts). Left out: retained originals, and what an environment costs however many jobs it has (lib/monthly-floor.ts).

| | $ for 1,000 jobs |
|---|---|
${costLines.map(([what, dollars]) => `| ${what} | ${dollars.toFixed(3)} |`).join('\n')}
`;
}

function row(figure: Figure): string {
  const { what, measured, unit, target } = figure;
  const goal = target ? `${target.is} ${target.value} ${unit}` : '';
  return `| ${what} | ${shown(measured)} ${unit} | ${goal} | ${verdict(figure)} |`;
}

function verdict(figure: Figure): string {
  const reached = reaches(figure);
  if (reached === undefined || !figure.target) return '';
  return reached ? 'reached' : `missed by ${Math.round(Math.abs(figure.measured / figure.target.value - 1) * 100)} %`;
}

const shown = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
