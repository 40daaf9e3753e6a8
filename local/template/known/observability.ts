import { z } from 'zod';
import {
  Anything,
  arnOf,
  BooleanLike,
  byLogicalId,
  type KnownType,
  NumberLike,
  nameOf,
  REASONS,
} from './known-type.ts';

const Dimension = z.strictObject({ Name: z.string(), Value: z.string() });

export const MetricQuery = z.strictObject({
  Id: z.string(),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  Period: NumberLike.optional(),
  ReturnData: BooleanLike.default(true),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({
        Namespace: z.string(),
        MetricName: z.string(),
        Dimensions: z.array(Dimension).default([]),
      }),
      Period: NumberLike,
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
});
export type MetricQuery = z.infer<typeof MetricQuery>;

const Comparison = z.enum([
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
]);

export const MetricAlarm = z.strictObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().default(''),
  ActionsEnabled: BooleanLike.default(true),
  AlarmActions: z.array(z.string()).default([]),
  OKActions: z.array(z.string()).default([]),
  InsufficientDataActions: z.array(z.string()).default([]),
  ComparisonOperator: Comparison,
  Threshold: NumberLike,
  EvaluationPeriods: NumberLike,
  DatapointsToAlarm: NumberLike.optional(),
  TreatMissingData: z.enum(['missing', 'notBreaching', 'breaching', 'ignore']).default('missing'),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(Dimension).default([]),
  Period: NumberLike.optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Unit: z.string().optional(),
  Metrics: z.array(MetricQuery).optional(),
});
export type MetricAlarm = z.infer<typeof MetricAlarm>;

export const CompositeAlarm = z.strictObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().default(''),
  AlarmRule: z.string(),
  ActionsEnabled: BooleanLike.default(true),
  AlarmActions: z.array(z.string()).default([]),
  OKActions: z.array(z.string()).default([]),
  InsufficientDataActions: z.array(z.string()).default([]),
});
export type CompositeAlarm = z.infer<typeof CompositeAlarm>;

const alarm = (honours: z.ZodObject): KnownType => ({
  does: 'evaluated each minute on the metrics of this machine',
  honours,
  ignores: { Tags: REASONS.tags, EvaluateLowSampleCountPercentile: 'every sample counts here' },
  identity: (self) => {
    const name = nameOf(self, 'AlarmName', 255);
    const arn = arnOf(self, 'cloudwatch', `alarm:${name}`);
    return { physicalId: name, arn, attributes: { Arn: arn } };
  },
});

export const OBSERVABILITY: { readonly [type: string]: KnownType } = {
  'AWS::CloudWatch::Alarm': alarm(MetricAlarm),
  'AWS::CloudWatch::CompositeAlarm': alarm(CompositeAlarm),
  'AWS::Budgets::Budget': {
    does: 'nothing: this machine sends no bill',
    honours: z.strictObject({}),
    ignores: {
      Budget: 'nothing is billed here',
      NotificationsWithSubscribers: 'nothing is billed here',
      ResourceTags: REASONS.tags,
    },
    identity: byLogicalId,
  },
  'AWS::CloudWatch::Dashboard': {
    does: 'nothing: it is a page of the AWS console',
    honours: z.strictObject({ DashboardName: z.string().optional(), DashboardBody: Anything }),
    ignores: {},
    identity: byLogicalId,
  },
};
