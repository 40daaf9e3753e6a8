import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from '../../local/stack.ts';
import { alias, freshDirectory, lambda, worker, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

let running: Running;

beforeAll(async () => {
  const byAlias = { FunctionName: { 'Fn::Join': [':', [{ Ref: 'Drain' }, 'live']] } };
  const assembly = writeAssembly({
    ...lambda('Echo', 'echo.handler'),
    ...alias('Live', 'live', 'Echo'),
    ...lambda('Plain', 'echo.handler'),
    ...lambda('One', 'misbehave.handler', { ReservedConcurrentExecutions: 1, Timeout: 60 }),
    ...alias('OneLive', 'live', 'One'),
    ...worker('Drain', 'drain.handler', { mapping: byAlias }),
    ...alias('DrainLive', 'live', 'Drain'),
  });
  running = await run(assembly);
});
afterAll(() => running.stack.kill());

async function echoed(logicalId: string) {
  const result = await running.stack.invoke(logicalId, {});
  if (result.status !== 'succeeded') throw new Error(`expected an answer, got ${JSON.stringify(result)}`);
  return result.payload as { arn: string; pid: number; env: Record<string, string> };
}

describe('a function that is invoked by its alias', () => {
  it('runs in the function’s processes, and is told the alias and the version', async () => {
    const [byName, byAlias] = [await echoed('Echo'), await echoed('Live')];
    expect(byAlias.arn).toBe(`${byName.arn}:live`);
    expect(byAlias.pid).toBe(byName.pid);
    expect(byAlias.env.AWS_LAMBDA_FUNCTION_VERSION).toBe('1');
  });

  it('has metrics of its own, beside the function’s', async () => {
    const FunctionName = running.stack.template.resources.get('Echo')?.physicalId ?? '';
    await echoed('Live');
    const dimensions = running.stack
      .metrics()
      .filter(({ metric, dimensions }) => metric === 'Errors' && dimensions.FunctionName === FunctionName)
      .map(({ dimensions }) => dimensions);
    const Resource = `${FunctionName}:live`;
    for (const expected of [
      { FunctionName },
      { FunctionName, Resource },
      { FunctionName, Resource, ExecutedVersion: '1' },
    ]) {
      expect(dimensions).toContainEqual(expected);
    }
  });

  it('shares the function’s concurrency', async () => {
    void running.stack.invoke('OneLive', { what: 'hang' });
    for (const logicalId of ['One', 'OneLive']) {
      expect(await running.stack.invoke(logicalId, {})).toEqual({ status: 'throttled' });
    }
  });

  it('drains the queue of a mapping that names the alias', async () => {
    await running.send('DrainQueue', { name: 'by alias' });
    await until('the message is done', () => running.logOf('Drain').some((line) => line.includes('"done":"by alias"')));
  });
});

describe('a function without a version', () => {
  it('is told that it is not published', async () => {
    expect((await echoed('Plain')).env.AWS_LAMBDA_FUNCTION_VERSION).toBe('$LATEST');
  });
});

describe('a schedule that invokes an alias', () => {
  const startWith = (FunctionName: unknown) => {
    const assemblyDir = writeAssembly({
      ...lambda('Tick', 'echo.handler'),
      ...alias('TickLive', 'live', 'Tick'),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 'T', Arn: { Ref: 'TickLive' } }] },
      },
      Allowed: {
        Type: 'AWS::Lambda::Permission',
        Properties: { FunctionName, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' },
      },
    });
    return startStack({ assemblyDir, dataDir: freshDirectory(), port: 0 });
  };

  it('does not start with a permission for the function alone', async () => {
    await expect(startWith({ Ref: 'Tick' })).rejects.toThrow('allows events.amazonaws.com to invoke TickLive');
  });

  it('starts with a permission for the alias', async () => {
    const stack = await startWith({ Ref: 'TickLive' });
    await stack.stop();
  });
});
