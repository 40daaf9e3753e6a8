import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  type IFunction,
  type IVersion,
  type Function as LambdaFunction,
  type Version,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { stackNameOf } from '../../functions/platform/names/environments.ts';
import type { Environment } from '../environments.ts';
import type { Shift } from '../shifts.ts';
import { sumOf } from './metric-math.ts';
import { failureMetric } from './own-metric.ts';

/** The alias of each function. */
const LIVE = 'live';

/**
 * CodeDeploy's configuration for each shift. CloudWatch has a minute's failures one or two minutes later: a step of three
 * minutes lets a version that always fails have a fifth of the traffic at most, one of five minutes a tenth.
 */
const CONFIGURATIONS = {
  'all-at-once': LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  linear: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_3MINUTES,
} as const satisfies Record<Shift, ILambdaDeploymentConfig>;

/** When the failures of a new version stop its release. */
export type ReleaseAlarm = { readonly failuresAbove: number; readonly periodMinutes: number };

/** One failure within a minute. */
const ANY_FAILURE: ReleaseAlarm = { failuresAbove: 0, periodMinutes: 1 };

export type Released = {
  readonly lambda: LambdaFunction;
  /** its physical name, a literal */
  readonly name: string;
  /** default: ANY_FAILURE */
  readonly alarm?: ReleaseAlarm | undefined;
};

/**
 * The releases of all functions. What invokes a function invokes its alias `live`. A deployment publishes a version of each
 * function whose code or configuration changed, and CodeDeploy shifts the alias to it. When the new version fails, CodeDeploy
 * shifts the alias back, and CloudFormation rolls the whole deployment back.
 */
export class Releases extends Construct {
  private readonly environment: Environment;
  private readonly application: LambdaApplication;
  private readonly role: IRole;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.environment = environment;
    this.application = new LambdaApplication(this, 'Application', { applicationName: stackNameOf(environment.name) });
    this.role = this.shifter(environment);
  }

  /** The alias of a function, as part of `scope`, whose id names the alarm. */
  liveAlias(scope: Construct, { lambda, name, alarm = ANY_FAILURE }: Released): IFunction {
    const { currentVersion } = lambda;
    // Kept, so that an operator can shift the alias back by hand. The version of a deployment that fails is deleted with it:
    // Lambda publishes none that equals the newest, and the same deployment could not be repeated.
    currentVersion.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const live = new Alias(scope, 'Live', { aliasName: LIVE, version: currentVersion as IVersion });
    const group = new LambdaDeploymentGroup(scope, 'Release', {
      application: this.application,
      deploymentGroupName: name,
      role: this.role,
      alias: live,
      alarms: [this.alarmOf(scope, name, currentVersion, alarm)],
      deploymentConfig: CONFIGURATIONS[this.environment.shift],
      // Also a deployment that is stopped by hand: the alias would be left between two versions.
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    // The group and its alarm know the new version before traffic reaches it.
    live.node.addDependency(group);
    return live as IFunction;
  }

  /**
   * Goes off when the new version fails, whatever the version before it does: the mend of a function that fails can be deployed.
   *
   * Named after the version, and so replaced with it: an alarm that is updated keeps its state, and CodeDeploy ends a release
   * whose alarm is on. It notifies nobody, because the failed deployment says so, and the alarm `-Failing` warns.
   */
  private alarmOf(
    scope: Construct,
    name: string,
    { version }: Version,
    { failuresAbove, periodMinutes }: ReleaseAlarm,
  ) {
    const ended = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      statistic: Stats.SUM,
      dimensionsMap: { FunctionName: name, Resource: `${name}:${LIVE}`, ExecutedVersion: version },
    });
    const metric = sumOf(ended, failureMetric(name, this.environment, version));
    return new Alarm(scope, 'ReleaseAlarm', {
      alarmName: `${stackNameOf(this.environment.name)}-${scope.node.id}-Release-${version}`,
      alarmDescription: 'Read the newest error of this version in the log of the function. Runbook: Release',
      metric: metric.with({ period: Duration.minutes(periodMinutes) }),
      threshold: failuresAbove,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /**
   * CodeDeploy's role: what AWS's policy AWSCodeDeployRoleForLambdaLimited allows, for this stack's functions only, and without
   * its revisions in S3 and its hooks, of which there are none.
   */
  private shifter(environment: Environment): IRole {
    const { partition, region, account } = Stack.of(this);
    const functions = `arn:${partition}:lambda:${region}:${account}:function:${stackNameOf(environment.name)}-*`;
    const statements = [
      new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [functions],
      }),
    ];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      inlinePolicies: { Shift: new PolicyDocument({ statements }) },
    });
    // Otherwise each deployment group adds AWS's policy, which holds for all functions of the account.
    return role.withoutPolicyUpdates();
  }
}
