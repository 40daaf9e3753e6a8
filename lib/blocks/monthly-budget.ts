import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export type MonthlyBudgetProps = {
  /** of a calendar month, in US dollars */
  readonly dollars: number;
  readonly pages: ITopic;
  readonly warnings: ITopic;
};

/** When AWS Budgets notifies, in percent of the budget, and whom. A forecast needs about five weeks of earlier bills. */
const NOTIFICATIONS = [
  { of: 'ACTUAL', abovePercent: 80, topic: 'warnings' },
  { of: 'FORECASTED', abovePercent: 100, topic: 'warnings' },
  { of: 'ACTUAL', abovePercent: 100, topic: 'pages' },
] as const;

/**
 * Notifies when the bill of the whole account nears or exceeds a budget. It stops nothing.
 *
 * Not filtered by the stack's tags: a filter finds nothing until somebody activates these tags for billing, and it would not
 * see what a stolen credential starts beside the stack.
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, { dollars, ...topics }: MonthlyBudgetProps) {
    super(scope, id);
    // Without a name: CloudFormation replaces a budget whose notifications change, and a name can exist only once.
    const budget = new CfnBudget(this, 'Budget', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollars, unit: 'USD' } },
      notificationsWithSubscribers: NOTIFICATIONS.map(({ of, abovePercent, topic }) => ({
        notification: {
          notificationType: of,
          comparisonOperator: 'GREATER_THAN',
          threshold: abovePercent,
          thresholdType: 'PERCENTAGE',
        },
        subscribers: [{ subscriptionType: 'SNS', address: topics[topic].topicArn }],
      })),
    });
    // The topics' policies are children of the topics.
    budget.node.addDependency(topics.pages, topics.warnings);
  }
}
