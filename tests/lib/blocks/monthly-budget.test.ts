import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../../functions/platform/names/environments.ts';
import { environmentNamed } from '../../../lib/environments.ts';
import { templateOf } from '../synthesized.ts';

const Reference = z.object({ Ref: z.string() });
const Notified = z.object({
  Notification: z.object({
    NotificationType: z.string(),
    ComparisonOperator: z.literal('GREATER_THAN'),
    Threshold: z.number(),
    ThresholdType: z.literal('PERCENTAGE'),
  }),
  Subscribers: z.tuple([z.object({ SubscriptionType: z.literal('SNS'), Address: Reference })]),
});
const Statement = z.object({
  Effect: z.string(),
  Principal: z.unknown(),
  Action: z.unknown(),
  Condition: z.unknown(),
});

describe.each(ENVIRONMENT_NAMES)('MonthlyBudget in %s', (name) => {
  const template = templateOf(name);
  const budgets = template.all('AWS::Budgets::Budget', {
    Budget: z.record(z.string(), z.unknown()),
    NotificationsWithSubscribers: z.array(Notified),
  });
  const [budget] = budgets;
  const notified = budget?.props.NotificationsWithSubscribers ?? [];

  it('is one for the costs of the whole account, with the amount of the environment', () => {
    expect(budgets.map(({ props }) => props.Budget)).toEqual([
      {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: environmentNamed(name).budgetDollars, Unit: 'USD' },
      },
    ]);
  });

  it('warns at 80 % and at a forecast above 100 %, and pages above 100 %', () => {
    const topicOf = ([{ Address }]: z.infer<typeof Notified>['Subscribers']) =>
      Address.Ref.startsWith('AlarmsPages') || Address.Ref.startsWith('Pages') ? 'pages' : 'warnings';
    const said = notified.map(({ Notification, Subscribers }) => [
      topicOf(Subscribers),
      Notification.NotificationType,
      Notification.Threshold,
    ]);
    expect(said).toEqual([
      ['warnings', 'ACTUAL', 80],
      ['warnings', 'FORECASTED', 100],
      ['pages', 'ACTUAL', 100],
    ]);
  });

  it('may publish to its topics, for this account only, before it is created', () => {
    const policies = template.all('AWS::SNS::TopicPolicy', {
      Topics: z.array(Reference),
      PolicyDocument: z.object({ Statement: z.array(Statement) }),
    });
    const ofBudgets = (each: z.infer<typeof Statement>) =>
      JSON.stringify(each.Principal).includes('budgets.amazonaws.com');
    for (const [{ Address }] of notified.map(({ Subscribers }) => Subscribers)) {
      const policy = policies.find(({ props }) => props.Topics.some(({ Ref }) => Ref === Address.Ref));
      expect(policy?.props.PolicyDocument.Statement.filter(ofBudgets)).toMatchObject([
        {
          Effect: 'Allow',
          Action: 'sns:Publish',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ]);
      expect(budget?.DependsOn).toContain(policy?.id);
    }
  });
});
