import { type EnvironmentName, stackNameOf } from '../../functions/platform/names/environments.ts';
import { OUTPUTS } from '../../functions/platform/names/outputs.ts';
import { DEFAULT_PHOTOS_AT_ONCE } from '../../lib/concurrency.ts';
import { deploymentOf, outputNamed } from '../deployment.ts';
import type { Deployment } from '../local-stack.ts';
import { accountLine, bootstrapLine, concurrencyLine, openAccount, packagesLine, readStack } from './account-checks.ts';
import { alarmChecks } from './alarm-checks.ts';
import { healthLine, readyLine } from './api-checks.ts';
import type { Line } from './line.ts';
import { isDeployed, stackLine } from './stack-state.ts';
import { trial } from './trial.ts';

export type DeployedChecks = {
  /** only what a deployment needs */
  readonly before?: boolean;
  /** of the next deployment; default: that of the deployed stack */
  readonly photosAtOnce?: number;
};

/** What a deployment of this environment needs; once it is deployed, whether it works. Ends where nothing more can be known. */
export async function* deployedChecks(
  env: EnvironmentName,
  { before, photosAtOnce }: DeployedChecks = {},
): AsyncGenerator<Line> {
  yield packagesLine();
  const { lines, account } = await openAccount();
  yield* lines;
  if (!account) return;
  yield await bootstrapLine(account);
  yield await accountLine(account, env);
  const read = await readStack(account, env);
  if ('problem' in read) return yield read.problem;
  const { stack } = read;
  const deployment = stack && deploymentOf(env, account.region, stack);
  const deployed = Number(deployment?.outputs[OUTPUTS.photosAtOnce] ?? DEFAULT_PHOTOS_AT_ONCE);
  yield await concurrencyLine(account, photosAtOnce ?? deployed);
  yield stackLine(stackNameOf(env), stack);
  if (before || !deployment || !isDeployed(stack)) return;
  yield* serviceChecks(deployment);
  yield* alarmChecks(deployment);
}

/** Whether a stack works, deployed or on this machine: health, readiness, a key and a job. */
export async function* serviceChecks(deployment: Deployment): AsyncGenerator<Line> {
  const apiUrl = outputNamed(deployment, OUTPUTS.apiUrl);
  const health = await healthLine(apiUrl);
  yield health;
  if (health.status === 'fail') return;
  yield await readyLine(apiUrl);
  yield* trial(deployment, apiUrl);
}
