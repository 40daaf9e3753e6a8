import { Command, InvalidArgumentError } from 'commander';
import { isEnvironmentName } from '../../functions/platform/names/environments.ts';
import { readPhotosAtOnce } from '../../lib/concurrency.ts';
import { type ENVIRONMENTS, findDeployment } from '../deployment.ts';
import { type DeployedChecks, deployedChecks, serviceChecks } from '../doctor/checks.ts';
import { lineText } from '../doctor/line.ts';
import { TRIAL_WORKSPACE } from '../doctor/trial.ts';
import { dataOption, environmentOption } from '../environment-options.ts';

type DoctorOptions = DeployedChecks & {
  readonly env: (typeof ENVIRONMENTS)[number];
  readonly data: string;
  readonly json?: true;
};

const WHAT_IT_CREATES = `
A running stack is tried: with a key of the workspace "${TRIAL_WORKSPACE}", which is revoked at the end, and a job of one drawn photo, which is
kept like those of customers. Where somebody is subscribed to the alarms that page, one of them is set off and set back: two messages.
With --before, nothing is created or changed.`;

const photosAtOnce = (text: string): number => {
  try {
    return readPhotosAtOnce(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
};

/** Checks what a deployment needs, and whether a deployed stack works, line by line. */
export const doctorCommand = new Command('doctor')
  .description(
    'check what a deployment needs, and once it is deployed, whether it works; exits with 1 if a check fails',
  )
  .addOption(environmentOption())
  .option('--before', 'only what a deployment needs: creates and changes nothing')
  .option('--photos-at-once <n>', 'of the next deployment: its -c photosAtOnce', photosAtOnce)
  .addOption(dataOption())
  .option('--json', 'one JSON line per check')
  .addHelpText('after', WHAT_IT_CREATES)
  .action(doctor);

async function doctor({ env, data, json, ...options }: DoctorOptions): Promise<void> {
  // The stack on this machine needs no account, and its alarms have no subscribers.
  const lines = isEnvironmentName(env) ? deployedChecks(env, options) : serviceChecks(await findDeployment(env, data));
  for await (const line of lines) {
    process.stdout.write(json ? `${JSON.stringify(line)}\n` : lineText(line));
    if (line.status === 'fail') process.exitCode = 1;
  }
}
