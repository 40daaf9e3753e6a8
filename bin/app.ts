import { ModelError } from '../functions/condition/model-error.ts';
import { synthesizeVerified } from './verified-synthesis.ts';

try {
  await synthesizeVerified({ toDeploy: true });
} catch (error) {
  // One sentence for a wrong environment or model; the CDK's own errors keep their stack.
  const isExpected = error instanceof ModelError || (error instanceof Error && error.constructor === Error);
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
