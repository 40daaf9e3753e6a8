import { Aws, Duration, NestedStack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  type Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { stackNameOf } from '../../functions/platform/names/environments.ts';
import type { Environment } from '../environments.ts';
import { MonthlyBudget } from './monthly-budget.ts';
import { addOutput } from './output.ts';

/** The condition of an alarm, and the first response. */
export type Threshold = {
  /** exactly one of the two; the bound itself is OK */
  readonly above?: number;
  readonly below?: number;
  /** of a metric; default: the metric's own. The metrics of an expression have their own */
  readonly statistic?: string;
  readonly periodMinutes?: number;
  /** datapoints to alarm: M of the last N = `ofPeriods` beyond the bound */
  readonly periods?: number;
  readonly ofPeriods?: number;
  /** missing data is breaching; default: not breaching */
  readonly silenceIsBad?: boolean;
  /** the first thing to do, in one sentence */
  readonly todo: string;
};

/**
 * All alarms and the budget, in a nested stack of their own: a stack holds 500 resources at most.
 * They are declared beside what they watch. `page` notifies the on-call engineer, `warn` waits for the next working day.
 *
 * Each alarm's name, less the stack's, is a heading of docs/runbook.md, as is MonthlyBudget; a test holds the two together.
 */
export class AlarmBoard extends NestedStack {
  /** prefix of alarm names, unique per environment */
  private readonly prefix: string;
  private readonly pages: Topic;
  private readonly warnings: Topic;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, { description: `Fettle's alarms (${environment.name})` });
    this.prefix = stackNameOf(environment.name);
    this.pages = this.topic('Pages');
    this.warnings = this.topic('Warnings');
    addOutput(
      this,
      'pagesTopic',
      this.pages.topicArn,
      'Alarms that page: the on-call engineer subscribes to this topic',
    );
    addOutput(this, 'warningsTopic', this.warnings.topicArn, 'Alarms that warn: read on the next working day');
    const { budgetDollars: dollars } = environment;
    new MonthlyBudget(this, 'MonthlyBudget', { dollars, pages: this.pages, warnings: this.warnings });
  }

  page(name: string, metric: Metric | MathExpression, threshold: Threshold): void {
    this.add(name, metric, threshold, this.pages);
  }

  warn(name: string, metric: Metric | MathExpression, threshold: Threshold): void {
    this.add(name, metric, threshold, this.warnings);
  }

  private add(name: string, metric: Metric | MathExpression, threshold: Threshold, topic: Topic): void {
    const { above, below, statistic, periodMinutes = 1, periods = 1, ofPeriods = periods, todo } = threshold;
    const period = Duration.minutes(periodMinutes);
    const alarm = new Alarm(this, name, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: `${todo} Runbook: ${name}`,
      metric:
        metric instanceof MathExpression
          ? metric.with({ period })
          : metric.with({ period, ...(statistic !== undefined && { statistic }) }),
      threshold: above ?? below ?? 0,
      comparisonOperator:
        above === undefined ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: ofPeriods,
      datapointsToAlarm: periods,
      treatMissingData: threshold.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  /** Only CloudWatch alarms and budgets of this account may publish to it. */
  private topic(id: string): Topic {
    const topic = new Topic(this, id, { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: ['cloudwatch', 'budgets'].map((service) => new ServicePrincipal(`${service}.amazonaws.com`)),
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return topic;
  }
}

/** Statistics for a `Threshold`. */
export const STATISTIC = { sum: Stats.SUM, largest: Stats.MAXIMUM, p99: Stats.p(99), average: Stats.AVERAGE } as const;
