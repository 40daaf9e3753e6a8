import { describe, expect, it } from 'vitest';
import { requirePermission } from '../../../local/events/lambda-permissions.ts';
import { requireSendPermission } from '../../../local/events/queue-permission.ts';
import { loadTemplate } from '../../../local/template.ts';
import type { Resource } from '../../../local/types.ts';
import { alias, lambda, writeAssembly } from '../fixtures/assembly.ts';

const PLACE = { region: 'eu-north-1', accountId: '000000000000', awsUrl: 'http://127.0.0.1:1' };
const RULE = 'arn:aws:events:eu-north-1:000000000000:rule/tick';

function template(permission: object, statement: object) {
  const Allowed = {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: { Ref: 'Tick' }, Action: 'lambda:InvokeFunction', ...permission },
  };
  const Policy = {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: [statement] } },
  };
  return loadTemplate(
    writeAssembly({
      ...lambda('Tick', 'echo.handler'),
      ...alias('Live', 'live', 'Tick'),
      Allowed,
      Policy,
      Queue: { Type: 'AWS::SQS::Queue' },
      Media: { Type: 'AWS::S3::Bucket' },
    }),
    PLACE,
  );
}

const EVENTS = { Principal: 'events.amazonaws.com' };
const S3 = { Effect: 'Allow', Action: 'sqs:SendMessage', Principal: { Service: 's3.amazonaws.com' } };

describe('requirePermission', () => {
  const asked = (permission: object) => () =>
    requirePermission(template(permission, S3), 'Tick', 'events.amazonaws.com', RULE, 'here');

  it.each([
    ['the source itself', { ...EVENTS, SourceArn: RULE }],
    ['sources like it', { ...EVENTS, SourceArn: 'arn:aws:events:*:*:rule/*' }],
    ['any source', EVENTS],
  ])('accepts a permission for %s', (_, permission) => {
    expect(asked(permission)).not.toThrow();
  });

  it.each([
    ['another source', { ...EVENTS, SourceArn: `${RULE}-other` }],
    ['another service', { Principal: 's3.amazonaws.com' }],
    ['another action', { ...EVENTS, Action: 'lambda:GetFunction' }],
  ])('refuses a permission for %s', (_, permission) => {
    expect(asked(permission)).toThrow(
      `here: no AWS::Lambda::Permission allows events.amazonaws.com to invoke Tick for ${RULE}`,
    );
  });
});

describe('requirePermission for an alias', () => {
  const asked = (FunctionName: unknown, targetId: string) => () =>
    requirePermission(template({ ...EVENTS, FunctionName }, S3), targetId, 'events.amazonaws.com', RULE, 'here');
  const OF_ALIAS = [{ Ref: 'Live' }, { 'Fn::Join': [':', [{ Ref: 'Tick' }, 'live']] }];
  const OF_FUNCTION = [{ Ref: 'Tick' }, { 'Fn::GetAtt': ['Tick', 'Arn'] }];
  const OF_VERSION = [{ Ref: 'LiveVersion' }];

  it.each(OF_ALIAS)('accepts its own: %o', (name) => {
    expect(asked(name, 'Live')).not.toThrow();
  });

  it.each([...OF_FUNCTION, ...OF_VERSION])('refuses one for something else: %o', (name) => {
    expect(asked(name, 'Live')).toThrow('allows events.amazonaws.com to invoke Live');
  });

  it.each([...OF_ALIAS, ...OF_VERSION])('does not count for the function: %o', (name) => {
    expect(asked(name, 'Tick')).toThrow('allows events.amazonaws.com to invoke Tick');
  });
});

describe('requireSendPermission', () => {
  const asked = (statement: object) => () => {
    const loaded = template(EVENTS, statement);
    const [queue, bucket] = ['Queue', 'Media'].map((id) => loaded.resources.get(id)) as [Resource, Resource];
    requireSendPermission(loaded, queue.arn ?? '', bucket, 'here');
  };
  const from = (arn: string) => ({ Condition: { ArnLike: { 'aws:SourceArn': arn } } });

  it.each([
    ['S3', S3],
    ['this bucket', { ...S3, ...from('arn:aws:s3:::fixture-media') }],
  ])('accepts a policy for %s', (_, statement) => {
    expect(asked(statement)).not.toThrow();
  });

  it.each([
    ['another bucket', { ...S3, ...from('arn:aws:s3:::other') }],
    ['another service', { ...S3, Principal: { Service: 'sns.amazonaws.com' } }],
    ['another action', { ...S3, Action: 'sqs:ReceiveMessage' }],
    ['nobody', { ...S3, Effect: 'Deny' }],
  ])('refuses a policy for %s', (_, statement) => {
    expect(asked(statement)).toThrow('here: no AWS::SQS::QueuePolicy allows s3.amazonaws.com to send messages');
  });
});
