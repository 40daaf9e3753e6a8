import { Duration } from 'aws-cdk-lib';
import { type MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV } from '../../functions/platform/names/environment-variables.ts';
import { stackNameOf } from '../../functions/platform/names/environments.ts';
import type { Entry } from '../bundles.ts';
import type { Environment } from '../environments.ts';
import type { Foundation } from '../foundation.ts';
import { sumOf } from './metric-math.ts';
import { failureMetric } from './own-metric.ts';
import type { ReleaseAlarm } from './releases.ts';
import { removalPolicyOf } from './removal.ts';

export type FunctionProps = Foundation & {
  readonly entry: Entry;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** when the failures of a new version stop its release; default: at the first one */
  readonly releaseAlarm?: ReleaseAlarm;
};

/** The physical name of a function: `<stack>-<file>`. */
export const functionName = ({ name }: Environment, entry: Entry): string =>
  `${stackNameOf(name)}-${entry.slice(entry.indexOf('/') + 1)}`;

/** Of every function: a role that may write to the function's own log and nothing else, and the environment variables. */
export function functionParts(
  scope: Construct,
  { entry, environment, memoryMb, timeoutSeconds }: Omit<FunctionProps, Exclude<keyof Foundation, 'environment'>>,
) {
  const logGroup = new LogGroup(scope, 'Log', {
    retention: environment.logDays,
    removalPolicy: removalPolicyOf(environment),
  });
  // The CDK's default role has a managed policy with access to every log.
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  return {
    functionName: functionName(environment, entry),
    role,
    logGroup,
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    environment: {
      [ENV.environment]: environment.name,
      // Stack traces with our lines instead of the bundle's.
      NODE_OPTIONS: '--enable-source-maps',
    },
  };
}

/**
 * Every failure of a function: those that end an invocation (a crash, a timeout, out of memory), which only Lambda counts, and
 * those that the function reports and survives.
 */
export const failuresOf = (lambda: LambdaFunction, { environment, entry }: FunctionProps): MathExpression =>
  sumOf(lambda.metricErrors({ statistic: Stats.SUM }), failureMetric(functionName(environment, entry), environment));

/** The alarm of every function. */
export function watchFunction(id: string, lambda: LambdaFunction, props: FunctionProps): void {
  props.alarms.warn(`${id}-Failing`, failuresOf(lambda, props), {
    above: 0,
    periodMinutes: 5,
    todo: 'Read the newest error in the log of the function.',
  });
}
