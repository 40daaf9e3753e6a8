import { writeFile } from 'node:fs/promises';
import { modelCardSchema } from '../functions/condition/model-card-schema.ts';

/** Regenerates models/model-card.schema.json after a change of the card's contract. */
await writeFile(new URL('../models/model-card.schema.json', import.meta.url), modelCardSchema());
