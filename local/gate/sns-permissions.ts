import { permission, type RequiredPermissions, UnsupportedRequestError } from './service-request.ts';

const ON_SUBSCRIPTION = ['Unsubscribe', 'GetSubscriptionAttributes', 'SetSubscriptionAttributes'];
const ON_RESOURCE = ['TagResource', 'UntagResource', 'ListTagsForResource'];

/** The SNS permission that a request requires, on its topic, else on all topics. */
export const snsPermissions: RequiredPermissions = (request, { partition, region, accountId }) => {
  // Of a repeated parameter the last counts, as in the emulator.
  const form: { readonly [name: string]: string | undefined } = Object.fromEntries(
    new URLSearchParams(request.body.toString('utf8')),
  );
  const operation = form.Action;
  if (operation === undefined) throw new UnsupportedRequestError('an SNS request without Action');
  const action = operation === 'PublishBatch' ? 'Publish' : operation;
  const named = `arn:${partition}:sns:${region}:${accountId}:${(operation === 'CreateTopic' && form.Name) || '*'}`;
  return [permission(`sns:${action}`, topicOf(operation, form) ?? named)];
};

function topicOf(operation: string, form: { readonly [name: string]: string | undefined }): string | undefined {
  // A subscription's ARN is its topic's ARN and an id.
  if (ON_SUBSCRIPTION.includes(operation)) return form.SubscriptionArn?.split(':').slice(0, 6).join(':');
  return ON_RESOURCE.includes(operation) ? form.ResourceArn : (form.TopicArn ?? form.TargetArn);
}
