import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { modelEvidence } from '../../../functions/asset-value/model-evidence-runtime.ts';
import { EXAMPLE_ASSET } from '../../../functions/jobs/example-job.ts';
import { changedRatings, currentGoldens, GOLDENS_FILE, storedGoldens } from './golden-ratings.ts';

const EXAMPLE_FILE = 'functions/jobs/example-model-evidence.ts';

/** `npm run goldens`: takes what the rules make of the golden cases now as what their version stands for. */
const [stored, current] = [storedGoldens(), currentGoldens()];
const changed = changedRatings(stored, current);
if (changed.length > 0 && stored.rules === current.rules) {
  console.error(`Raise RULES_VERSION first: other ratings under the same version for ${changed.join('; ')}.`);
  process.exit(1);
}
writeFileSync(GOLDENS_FILE, JSON.stringify(current));
execFileSync('node_modules/.bin/biome', ['format', '--write', GOLDENS_FILE], { stdio: 'inherit' });

/** And what the price model that ships makes of the example of the API document. */
writeFileSync(
  EXAMPLE_FILE,
  `import type { ModelEvidence } from '../asset-value/value-evidence.ts';

/** What the price model that ships makes of the asset of the example; written by \`npm run goldens\`. */
export const EXAMPLE_MODEL_EVIDENCE: ModelEvidence = ${JSON.stringify(await modelEvidence(EXAMPLE_ASSET))};
`,
);
execFileSync('node_modules/.bin/biome', ['check', '--write', EXAMPLE_FILE], { stdio: 'inherit' });
