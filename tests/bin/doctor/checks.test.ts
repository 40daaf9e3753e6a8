import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeployedChecks, deployedChecks } from '../../../bin/doctor/checks.ts';
import type { Line } from '../../../bin/doctor/line.ts';
import {
  type AwsServer,
  accountSettings,
  bootstrapVersion,
  jsonError,
  type Replies,
  stackReply,
  startAwsServer,
  xmlError,
} from './aws-server.ts';
import { lineOn, linesOf, operatorShell } from './operator.ts';

let aws: AwsServer;
let leave: () => void;

beforeAll(async () => {
  aws = await startAwsServer();
});
afterAll(() => aws.close());

beforeEach(() => {
  aws.replies = {};
  aws.asked.length = 0;
  leave = operatorShell(aws.url);
});
afterEach(() => leave());

/** The lines before a deployment of prod. */
async function linesBefore(replies: Replies = {}, options: DeployedChecks = {}): Promise<Line[]> {
  aws.replies = replies;
  return linesOf(deployedChecks('prod', { before: true, ...options }));
}

/** In another shell. */
async function linesIn(changes: Readonly<Record<string, string | undefined>>): Promise<Line[]> {
  leave();
  leave = operatorShell(aws.url, changes);
  return linesBefore();
}

describe('deployedChecks, before a first deployment', () => {
  it('are all ok in a prepared account', async () => {
    const lines = await linesBefore();
    expect(lines.map(({ check, status }) => [check, status])).toEqual(
      ['packages', 'region', 'credentials', 'bootstrap', 'account', 'concurrency', 'stack'].map((check) => [
        check,
        'ok',
      ]),
    );
    expect(lineOn(lines, 'credentials')?.found).toBe(
      'arn:aws:iam::123456789012:user/operator of the account 123456789012',
    );
  });

  it('only read', async () => {
    await linesBefore();
    expect(aws.asked.filter((operation) => !/^(Get|Describe)/.test(operation))).toEqual([]);
  });

  it('end at a missing Region', async () => {
    const lines = await linesIn({ AWS_REGION: undefined });
    expect(lines.at(-1)).toMatchObject({
      check: 'region',
      status: 'fail',
      todo: expect.stringContaining('AWS_REGION'),
    });
  });

  it('read the Region from AWS_DEFAULT_REGION, too', async () => {
    const lines = await linesIn({ AWS_REGION: undefined, AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(lineOn(lines, 'region')).toMatchObject({ status: 'ok', found: 'eu-west-1' });
  });

  it('end at missing credentials', async () => {
    const lines = await linesIn({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    expect(lines.at(-1)).toMatchObject({
      check: 'credentials',
      status: 'fail',
      found: expect.stringContaining('no credentials were found'),
      todo: expect.stringContaining('AWS_PROFILE'),
    });
  });

  it.each([
    [
      'expired ones',
      xmlError('ExpiredToken', 'The security token included in the request is expired', 403),
      'have expired',
      'aws sso login',
    ],
    [
      'unknown ones',
      xmlError('InvalidClientTokenId', 'The security token is invalid', 403),
      'does not know the credentials',
      'AWS_ACCESS_KEY_ID',
    ],
    [
      'a wrong secret',
      xmlError('SignatureDoesNotMatch', 'The request signature does not match', 403),
      'does not know the credentials',
      'AWS_SECRET_ACCESS_KEY',
    ],
    [
      'a clock that is wrong',
      xmlError('SignatureDoesNotMatch', 'Signature expired: 20200101 is now earlier than 20261129', 403),
      'clock of this machine',
      'Set the clock',
    ],
  ])('end at credentials that AWS refuses: %s', async (_which, reply, found, todo) => {
    const lines = await linesBefore({ GetCallerIdentity: reply });
    expect(lines.at(-1)).toMatchObject({
      check: 'credentials',
      status: 'fail',
      found: expect.stringContaining(found),
      todo: expect.stringContaining(todo),
    });
  });

  it('end where AWS cannot be reached', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const lines = await linesIn({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    expect(lines.at(-1)).toMatchObject({
      check: 'credentials',
      status: 'fail',
      found: expect.stringContaining('cannot be reached'),
      todo: expect.stringContaining('network'),
    });
  });

  it.each<[string, string, Replies]>([
    [
      'bootstrap',
      'ssm:GetParameter',
      { GetParameter: jsonError('AccessDeniedException', 'User: … is not authorized') },
    ],
    ['concurrency', 'lambda:GetAccountSettings', { GetAccountSettings: jsonError('AccessDeniedException', 'no', 403) }],
    ['account', 'cloudformation:DescribeStacks', { 'DescribeStacks fettle-dev': xmlError('AccessDenied', 'no', 403) }],
    ['stack', 'cloudformation:DescribeStacks', { 'DescribeStacks fettle-prod': xmlError('AccessDenied', 'no', 403) }],
  ])('name the permission that they lack: %s', async (check, permission, replies) => {
    expect(lineOn(await linesBefore(replies), check)).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('not allowed'),
      todo: expect.stringContaining(`Allow ${permission}`),
    });
  });

  it.each<[string, Replies]>([
    ['none', { GetParameter: jsonError('ParameterNotFound', 'x') }],
    ['an old one', { GetParameter: bootstrapVersion('5') }],
    ['no version', { GetParameter: bootstrapVersion('none') }],
  ])('fail without a bootstrap of the account: %s', async (_which, replies) => {
    expect(lineOn(await linesBefore(replies), 'bootstrap')).toMatchObject({
      status: 'fail',
      todo: 'npx cdk bootstrap aws://123456789012/us-east-1',
    });
  });

  it('warn of another environment in the account', async () => {
    const lines = await linesBefore({ 'DescribeStacks fettle-dev': stackReply('fettle-dev', 'CREATE_COMPLETE') });
    expect(lineOn(lines, 'account')).toMatchObject({ status: 'warn', found: expect.stringContaining('fettle-dev') });
  });

  it.each<[string, number, number | undefined, Line['status'], string]>([
    ['the default in a new account', 10, undefined, 'ok', '2 would be the most'],
    ['more than a new account bears', 10, 3, 'fail', '3 photos at once need 11'],
    ['hundreds in a usual account', 1000, 400, 'ok', '400 photos at once need 565'],
    ['nothing in an account without any', 5, undefined, 'fail', '2 photos at once need 10'],
  ])('compare photosAtOnce with the quota: %s', async (_which, limit, photosAtOnce, status, found) => {
    const lines = await linesBefore(
      { GetAccountSettings: accountSettings(limit) },
      photosAtOnce === undefined ? {} : { photosAtOnce },
    );
    expect(lineOn(lines, 'concurrency')).toMatchObject({ status, found: expect.stringContaining(found) });
  });

  it('count what other functions have reserved as taken', async () => {
    const lines = await linesBefore({ GetAccountSettings: accountSettings(1000, 100) }, { photosAtOnce: 400 });
    expect(lineOn(lines, 'concurrency')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('100 concurrent Lambda executions of 1000'),
      todo: expect.stringContaining('-c photosAtOnce='),
    });
  });

  it('compare what the stack was deployed with, unless told', async () => {
    const lines = await linesBefore({
      GetAccountSettings: accountSettings(10),
      'DescribeStacks fettle-prod': stackReply('fettle-prod', 'CREATE_COMPLETE', { PhotosAtOnce: '40' }),
    });
    expect(lineOn(lines, 'concurrency')).toMatchObject({ status: 'fail', found: expect.stringContaining('40 photos') });
  });

  it.each<[string, Line['status'], string]>([
    ['CREATE_COMPLETE', 'ok', ''],
    ['UPDATE_COMPLETE', 'ok', ''],
    ['REVIEW_IN_PROGRESS', 'ok', ''],
    ['ROLLBACK_COMPLETE', 'fail', 'delete-stack --stack-name fettle-prod'],
    ['ROLLBACK_FAILED', 'fail', 'no-enable-termination-protection'],
    ['CREATE_FAILED', 'fail', 'describe-stack-events'],
    ['DELETE_FAILED', 'fail', 'Empty the buckets'],
    ['UPDATE_ROLLBACK_FAILED', 'fail', 'continue-update-rollback'],
    ['UPDATE_ROLLBACK_COMPLETE', 'warn', 'describe-stack-events'],
    ['UPDATE_IN_PROGRESS', 'fail', 'Wait'],
    ['DELETE_IN_PROGRESS', 'fail', 'Wait'],
  ])('say of a stack in %s: %s', async (state, status, todo) => {
    const line = lineOn(await linesBefore({ 'DescribeStacks fettle-prod': stackReply('fettle-prod', state) }), 'stack');
    expect(line).toMatchObject({ status, found: `fettle-prod is ${state}` });
    expect(line?.todo ?? '').toContain(todo);
  });
});
