import { readFile } from 'node:fs/promises';
import { activeModels } from '../../functions/condition/active-models-runtime.ts';
import { assessPhoto } from '../../functions/photos/pipeline-runtime.ts';

/** Assesses the photo it is given, in a process of its own, and prints the most memory that the process ever held, in MB. */
const file = process.argv[2] ?? '';
const { assessment } = await assessPhoto({ photoId: 'p001', file: await readFile(file) }, activeModels);
if (assessment.status !== 'assessed') throw new Error(`the photo was ${assessment.status}`);
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));
