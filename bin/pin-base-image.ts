import { join } from 'node:path';
import { pinBaseImage } from './base-image.ts';

const DOCKERFILE = join(import.meta.dirname, '../functions/pipeline/Dockerfile');

console.log(await pinBaseImage(DOCKERFILE, new Date()));
