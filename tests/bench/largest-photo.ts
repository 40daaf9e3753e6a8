import { readFile } from 'node:fs/promises';
import { activeModels } from '../../functions/condition/active-models-runtime.ts';
import { assessPhoto } from '../functions/pipeline/assess-by-default.ts';
import type { PhotoDemand } from './photo-demand.ts';

/** Assesses the photo it is given, in a process of its own, and prints what that took as JSON. */
const file = await readFile(process.argv[2] ?? '');
const before = process.cpuUsage();
const { assessment } = await assessPhoto({ photoId: 'p001', file, assetKind: 'property' }, activeModels);
const { user, system } = process.cpuUsage(before);
// Not `maxRSS` of the process: Linux lets it begin with what the parent held.
const [, peakKib] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? [];
if (peakKib === undefined) throw new Error('this system does not tell the most memory that a process held');
const demand: PhotoDemand = {
  status: assessment.status === 'assessed' ? assessment.status : `${assessment.status}: ${assessment.detail}`,
  peakMb: Number(peakKib) / 1024,
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(JSON.stringify(demand));
