import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvokeResult } from '../../local/types.ts';
import { lambda, writeAssembly } from './fixtures/assembly.ts';
import { greetingLayer, nearPackages } from './fixtures/greeting-layer.ts';
import { type Running, run, until } from './fixtures/running.ts';

let running: Running;

beforeAll(async () => {
  process.env.SHELL_SECRET = 'of the developer';
  const misbehave = { Timeout: 1, MemorySize: 128, ReservedConcurrentExecutions: 2 };
  const resources = {
    ...lambda('Echo', 'echo.handler', { Environment: { Variables: { TABLE: { Ref: 'Rows' }, COUNT: '3' } } }),
    ...lambda('Misbehave', 'misbehave.handler', misbehave),
    // Its time does not end before its memory, however busy the machine.
    ...lambda('Eat', 'misbehave.handler', { Timeout: 30, MemorySize: 128 }),
    ...lambda('Broken', 'broken.handler'),
    ...lambda('Borrow', 'borrow.handler'),
    ...lambda('Missing', 'nowhere.handler'),
    ...lambda('Layered', 'layered.handler', {
      Layers: [{ Ref: 'Greeting' }],
      Code: { S3Bucket: 'assets', S3Key: 'near-packages.zip' },
    }),
    Greeting: {
      Type: 'AWS::Lambda::LayerVersion',
      Properties: { Content: { S3Bucket: 'assets', S3Key: 'greeting.zip' } },
    },
    Rows: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
    },
  };
  const assembly = writeAssembly(
    resources,
    {},
    {},
    { 'greeting.zip': greetingLayer(), 'near-packages.zip': nearPackages() },
  );
  running = await run(assembly);
});

afterAll(async () => {
  await running.stack.stop();
});

function errorOf(result: InvokeResult) {
  return result.status === 'failed' ? result.payload : undefined;
}

async function echo(event: unknown) {
  const result = await running.stack.invoke('Echo', event);
  return result.status === 'succeeded' ? (result.payload as Record<string, unknown>) : {};
}

const misbehave = (what: string) => running.stack.invoke('Misbehave', { what });

describe('an invoked function', () => {
  it('gets the event as it was given', async () => {
    expect(await echo({ deep: [1, 'two', null] })).toMatchObject({ event: { deep: [1, 'two', null] } });
  });

  it('has the environment of the template', async () => {
    const { env } = await echo({});
    expect(env).toMatchObject({ TABLE: 'fixture-Rows', COUNT: '3', AWS_REGION: 'us-east-1', TZ: ':UTC' });
  });

  it('has nothing of the shell', async () => {
    const { env } = await echo({});
    expect(env).not.toHaveProperty('SHELL_SECRET');
  });

  it('knows how long it may run', async () => {
    const { remainingMs } = await echo({});
    expect(remainingMs).toSatisfy((ms: number) => ms > 3000 && ms <= 5000);
  });

  it('keeps its process for the next call', async () => {
    const [first, second] = [await echo({}), await echo({})];
    expect(second.pid).toBe(first.pid);
  });

  it('fails with what it threw', async () => {
    expect(errorOf(await misbehave('throw'))).toEqual({ errorType: 'TypeError', errorMessage: 'as asked' });
  });

  it('is killed at its timeout, even in a loop', async () => {
    expect(errorOf(await misbehave('spin'))).toMatchObject({ errorMessage: 'Task timed out after 1.00 seconds' });
  });

  it('is killed when it uses more memory than it has', async () => {
    expect(errorOf(await running.stack.invoke('Eat', { what: 'eat' }))).toMatchObject({
      errorType: 'Runtime.OutOfMemory',
    });
  });

  it('fails when its process exits', async () => {
    expect(errorOf(await misbehave('exit'))).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  it('fails on a rejection that nobody handles', async () => {
    expect(errorOf(await misbehave('reject'))).toMatchObject({ errorMessage: 'nobody waits for me' });
  });

  it('answers again after its process died', async () => {
    await misbehave('exit');
    expect(await misbehave('nothing')).toMatchObject({ status: 'succeeded' });
  });

  it('is throttled beyond its reserved concurrency', async () => {
    const results = await Promise.all([misbehave('slow'), misbehave('slow'), misbehave('slow')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['succeeded', 'succeeded', 'throttled']);
  });

  it('takes an event of 6 MB, and is not called with a larger one', async () => {
    const called = () => running.stack.metrics().filter(({ metric }) => metric === 'Invocations').length;
    const padded = (bytes: number) => ({
      what: 'nothing',
      padding: 'x'.repeat(bytes - '{"what":"nothing","padding":""}'.length),
    });
    expect(await running.stack.invoke('Misbehave', padded(6_291_456))).toMatchObject({ status: 'succeeded' });
    const before = called();
    expect(await running.stack.invoke('Misbehave', padded(6_291_457))).toEqual({ status: 'too-large' });
    expect(called()).toBe(before);
  });

  it('answers with 6 MB, and fails with more', async () => {
    const answer = (bytes: number) => running.stack.invoke('Misbehave', { what: 'answer', bytes });
    expect(await answer(6_291_556)).toMatchObject({ status: 'succeeded' });
    expect(await answer(6_291_557)).toMatchObject({
      status: 'failed',
      payload: { errorType: 'Function.ResponseSizeTooLarge' },
    });
    expect(await answer(2)).toEqual({ status: 'succeeded', payload: '' });
  });

  it('fails when it answers with what no JSON can hold', async () => {
    expect(await misbehave('unserializable')).toMatchObject({ status: 'failed' });
    expect(await misbehave('nothing')).toMatchObject({ status: 'succeeded' });
  });

  it('fails with the error of a module that cannot start', async () => {
    expect(errorOf(await running.stack.invoke('Broken', {}))).toMatchObject({ errorMessage: 'cannot start' });
  });

  it('fails when the handler’s module is not in the asset', async () => {
    expect(errorOf(await running.stack.invoke('Missing', {}))).toMatchObject({ errorType: 'Runtime.InitError' });
  });

  it('cannot use a package that its asset does not hold', async () => {
    expect(errorOf(await running.stack.invoke('Borrow', {}))?.errorMessage).toContain('fauxqs');
  });

  it('has the packages of its layers by require, though others are near, and neither by import nor what they reach beyond them', async () => {
    expect(await running.stack.invoke('Layered', {})).toEqual({
      status: 'succeeded',
      payload: { required: 'hello from the layer', imported: 'ERR_MODULE_NOT_FOUND', beyond: 'ERR_MODULE_NOT_FOUND' },
    });
  });

  it('leaves its peak memory in the log', async () => {
    await echo({});
    await until('the report is written', () =>
      running.logOf('Echo').some((line) => /^REPORT .*Max Memory Used/.test(line)),
    );
  });
});
