import { describe, expect, it } from 'vitest';
import { dynamodbPermissions } from '../../../local/gate/dynamodb-permissions.ts';
import { s3Permissions } from '../../../local/gate/s3-permissions.ts';
import type { ServiceRequest } from '../../../local/gate/service-request.ts';
import { queryPairs } from '../../../local/gate/signature.ts';
import { snsPermissions } from '../../../local/gate/sns-permissions.ts';
import { sqsPermissions } from '../../../local/gate/sqs-permissions.ts';

const PLACE = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' };

function request(method: string, url: string, headers: { [name: string]: string } = {}, body = ''): ServiceRequest {
  const [path = '', query = ''] = url.split('?');
  return {
    method,
    path,
    query,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    parameters: new Map(queryPairs(query)),
    body: Buffer.from(body),
  };
}

describe('s3Permissions', () => {
  it.each([
    ['GET', '/', 's3:ListAllMyBuckets *'],
    ['GET', '/b?list-type=2&prefix=p', 's3:ListBucket arn:aws:s3:::b'],
    ['HEAD', '/b', 's3:ListBucket arn:aws:s3:::b'],
    ['PUT', '/b/', 's3:CreateBucket arn:aws:s3:::b'],
    ['GET', '/b?lifecycle', 's3:GetLifecycleConfiguration arn:aws:s3:::b'],
    ['GET', '/b/a%20b/c%2Bd', 's3:GetObject arn:aws:s3:::b/a b/c+d'],
    ['HEAD', '/b/k', 's3:GetObject arn:aws:s3:::b/k'],
    ['PUT', '/b/k', 's3:PutObject arn:aws:s3:::b/k'],
    ['PUT', '/b/k?partNumber=1&uploadId=u', 's3:PutObject arn:aws:s3:::b/k'],
    ['POST', '/b/k?uploads', 's3:PutObject arn:aws:s3:::b/k'],
    ['DELETE', '/b/k', 's3:DeleteObject arn:aws:s3:::b/k'],
    ['DELETE', '/b/k?uploadId=u', 's3:AbortMultipartUpload arn:aws:s3:::b/k'],
  ])('%s %s requires %s', (method, url, expected) => {
    expect(s3Permissions(request(method, url), PLACE).map(({ action, resource }) => `${action} ${resource}`)).toEqual([
      expected,
    ]);
  });

  it('requires tags and access lists that a write sets', () => {
    const headers = { 'x-amz-tagging': 'a=b', 'x-amz-acl': 'private' };
    const actions = s3Permissions(request('PUT', '/b/k', headers), PLACE).map(({ action }) => action);
    expect(actions).toEqual(['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging']);
  });

  it.each(['/b?policy', '/b/k?tagging', '/b?versions', '/b/k?acl'])('names what it does not know in %s', (url) => {
    expect(() => s3Permissions(request('GET', url), PLACE)).toThrow(url.split('?')[1]?.split('=')[0]);
  });

  it.each([
    ['DELETE', '/b/k?uploadId='],
    ['POST', '/b/k?uploadId='],
    ['GET', '/b/k?uploadId=u'],
    ['POST', '/b/k'],
    ['POST', '/b'],
    ['POST', '/'],
  ])('refuses %s %s, which the emulator would take for something else', (method, url) => {
    expect(() => s3Permissions(request(method, url), PLACE)).toThrow();
  });

  it.each([
    ['GET', 's3:GetObjectVersion'],
    ['DELETE', 's3:DeleteObjectVersion'],
  ])('%s of a version is %s on the object', (method, action) => {
    const required = s3Permissions(request(method, '/b/k?versionId=1'), PLACE);
    expect(required).toMatchObject([{ action, resource: 'arn:aws:s3:::b/k' }]);
  });

  it.each([
    ['PUT', '/b/k?versionId=1'],
    ['HEAD', '/b/k?versionId=1'],
    ['GET', '/b/k?versionId='],
    ['DELETE', '/b/k?versionId=1&uploadId=2'],
    ['GET', '/b?versionId=1'],
  ])('does not know %s %s', (method, url) => {
    expect(() => s3Permissions(request(method, url), PLACE)).toThrow('version');
  });

  it('requires exactly the object that a copy reads', () => {
    const copy = (source: string) =>
      s3Permissions(request('PUT', '/b/k', { 'x-amz-copy-source': source }), PLACE)[1]?.resource;
    expect(copy('/b/a%3Fb')).toBe('arn:aws:s3:::b/a?b');
    expect(() => copy('/b/a?versionId=1')).toThrow('version');
  });

  it('does not read a deletion that the emulator could read otherwise', () => {
    const body = '<Delete><Object><Key>a</Key><VersionId>1</VersionId></Object></Delete>';
    expect(() => s3Permissions(request('POST', '/b?delete', {}, body), PLACE)).toThrow('VersionId');
  });
});

describe('sqsPermissions', () => {
  it.each([
    ['SendMessageBatch', { QueueUrl: 'http://x/000000000000/work' }, 'sqs:SendMessage', 'work'],
    ['GetQueueUrl', { QueueName: 'work' }, 'sqs:GetQueueUrl', 'work'],
    ['SendMessage', { QueueName: 'mine', QueueUrl: 'http://x/0/theirs' }, 'sqs:SendMessage', 'theirs'],
    ['ListQueues', {}, 'sqs:ListQueues', '*'],
  ])('%s is %s on the queue', (operation, input, action, queue) => {
    const headers = { 'x-amz-target': `AmazonSQS.${operation}` };
    const [required] = sqsPermissions(request('POST', '/', headers, JSON.stringify(input)), PLACE);
    expect([required?.action, required?.resource]).toEqual([action, `arn:aws:sqs:us-east-1:000000000000:${queue}`]);
  });
});

describe('snsPermissions', () => {
  it('reads the topic that the emulator would', () => {
    const required = (form: string) => snsPermissions(request('POST', '/', {}, form), PLACE)[0]?.resource;
    expect(required('Action=Publish&TopicArn=mine&TopicArn=theirs')).toBe('theirs');
    expect(required('Action=Unsubscribe&TopicArn=mine&SubscriptionArn=a:b:c:d:e:theirs:1')).toBe('a:b:c:d:e:theirs');
  });

  it('takes a batch for a publication, a subscription for its topic’s', () => {
    const topic = 'arn:aws:sns:us-east-1:000000000000:news';
    const required = (form: string) =>
      snsPermissions(request('POST', '/', {}, form), PLACE).map(({ action, resource }) => [action, resource]);
    expect(required(`Action=PublishBatch&TopicArn=${topic}`)).toEqual([['sns:Publish', topic]]);
    expect(required(`Action=Unsubscribe&SubscriptionArn=${topic}:123`)).toEqual([['sns:Unsubscribe', topic]]);
  });
});

describe('dynamodbPermissions', () => {
  const permissionsOf = dynamodbPermissions((_table, index) => (index ? 'author' : 'pk'));
  const required = (operation: string, input: object) =>
    permissionsOf(
      request('POST', '/', { 'x-amz-target': `DynamoDB_20120810.${operation}` }, JSON.stringify(input)),
      PLACE,
    ).map(({ action, resource, context }) => [
      action,
      resource.split(':table/')[1],
      context.get('dynamodb:leadingkeys'),
    ]);

  it.each([
    ['PutItem', { TableName: 't', Item: { pk: { S: 'a' } } }, ['t', ['a']]],
    ['UpdateItem', { TableName: 'arn:aws:dynamodb:us-east-1:0:table/t', Key: { pk: { N: '7' } } }, ['t', ['7']]],
    ['Scan', { TableName: 't' }, ['t', undefined]],
    [
      'Query',
      {
        TableName: 't',
        KeyConditionExpression: '#p = :v AND begins_with(sk, :s)',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':v': { S: 'a' } },
      },
      ['t', ['a']],
    ],
    [
      'Query',
      {
        TableName: 't',
        IndexName: 'i',
        KeyConditionExpression: 'sk = :s AND author=:v',
        ExpressionAttributeValues: { ':v': { S: 'me' } },
      },
      ['t/index/i', ['me']],
    ],
  ] as const)('%s of %j', (operation, input, [resource, keys]) => {
    expect(required(operation, input)).toEqual([[`dynamodb:${operation}`, resource, keys]]);
  });

  it('requires each table of a batch with all its keys', () => {
    const put = (pk: string) => ({ PutRequest: { Item: { pk: { S: pk } } } });
    const RequestItems = { one: [put('a'), { DeleteRequest: { Key: { pk: { S: 'b' } } } }], two: [put('c')] };
    expect(required('BatchWriteItem', { RequestItems })).toEqual([
      ['dynamodb:BatchWriteItem', 'one', ['a', 'b']],
      ['dynamodb:BatchWriteItem', 'two', ['c']],
    ]);
    const read = { RequestItems: { one: { Keys: [{ pk: { S: 'a' } }] } } };
    expect(required('BatchGetItem', read)).toEqual([['dynamodb:BatchGetItem', 'one', ['a']]]);
  });

  it('refuses a query of which it cannot tell the partition', () => {
    const KeyConditions = { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'theirs' }] } };
    expect(() => required('Query', { TableName: 't', KeyConditions })).toThrow('pk = :value');
  });

  it('names an operation that the emulator does not have', () => {
    expect(() => required('TransactWriteItems', {})).toThrow('dynamodb:TransactWriteItems');
  });
});
