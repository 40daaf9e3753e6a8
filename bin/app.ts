import { synthesize } from '../lib/synthesize.ts';

try {
  await synthesize({ validate: true });
} catch (error) {
  // One sentence for whoever mistyped the environment; the CDK's own errors keep their stack.
  const isOurs = error instanceof Error && error.constructor === Error;
  console.error(isOurs ? error.message : error);
  process.exitCode = 1;
}
