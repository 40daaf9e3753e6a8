import { type Asks, ask, UnsupportedRequestError } from './service-request.ts';

/** The SNS permission that a request needs, on the topic it names, else on all of them. */
export const snsAsks: Asks = (request, { partition, region, accountId }) => {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const operation = form.get('Action');
  if (operation === null) throw new UnsupportedRequestError('an SNS request without Action');
  const topic = form.get('TopicArn') ?? form.get('ResourceArn') ?? topicOf(form.get('SubscriptionArn'));
  const action = operation === 'PublishBatch' ? 'Publish' : operation;
  return [ask(`sns:${action}`, topic ?? `arn:${partition}:sns:${region}:${accountId}:${form.get('Name') ?? '*'}`)];
};

/** A subscription's ARN is its topic's, with one part more. */
function topicOf(subscriptionArn: string | null): string | undefined {
  return subscriptionArn?.split(':').slice(0, 6).join(':');
}
