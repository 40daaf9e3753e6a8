import { readFile } from 'node:fs/promises';
import { activeModels } from '../../functions/condition/active-models-runtime.ts';
import { assessPhoto } from '../../functions/pipeline/pipeline-runtime.ts';

/** Assesses the photo it is given, in a process of its own, and prints the most memory that the process ever held, in MB. */
const file = process.argv[2] ?? '';
const { assessment } = await assessPhoto({ photoId: 'p001', file: await readFile(file) }, activeModels);
if (assessment.status !== 'assessed') throw new Error(`the photo was ${assessment.status}`);
// Not `maxRSS` of the process: Linux lets it begin with what the parent held.
const [, peakKib] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile('/proc/self/status', 'utf8')) ?? [];
if (peakKib === undefined) throw new Error('this system does not tell the most memory that a process held');
process.stdout.write(String(Number(peakKib) / 1024));
