import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { changedRatings, currentGoldens, GOLDENS_FILE, storedGoldens } from './golden-ratings.ts';

/** `npm run goldens`: takes what the rules make of the golden cases now as what their version stands for. */
const [stored, current] = [storedGoldens(), currentGoldens()];
const changed = changedRatings(stored, current);
if (changed.length > 0 && stored.rules === current.rules) {
  console.error(`Raise RULES_VERSION first: other ratings under the same version for ${changed.join('; ')}.`);
  process.exit(1);
}
writeFileSync(GOLDENS_FILE, JSON.stringify(current));
execFileSync('node_modules/.bin/biome', ['format', '--write', GOLDENS_FILE], { stdio: 'inherit' });
