import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDirectory, lambda, worker, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

/** Of the queue below, in milliseconds; its messages are received twice before they are dead letters. */
const VISIBILITY_MS = 30_000;

let running: Running;

beforeAll(async () => {
  const assembly = writeAssembly({
    ...lambda('Hold', 'misbehave.handler', { Timeout: 60 }),
    ...lambda('Echo', 'echo.handler'),
    ...lambda('Reserved', 'misbehave.handler', { ReservedConcurrentExecutions: 1 }),
    ...worker('Starved', 'drain.handler'),
  });
  running = await run(assembly, freshDirectory(), { accountConcurrency: 2 });
  void running.stack.invoke('Hold', { what: 'hang' });
});
afterAll(() => running.stack.kill());

const throttlesOf = (functionId: string): number => {
  const name = running.stack.template.resources.get(functionId)?.physicalId;
  const data = running.stack.metrics();
  return data
    .filter(({ metric, dimensions }) => metric === 'Throttles' && dimensions.FunctionName === name)
    .reduce((sum, { value }) => sum + value, 0);
};

describe('an account whose concurrency is used up', () => {
  it('throttles every function that reserves none, and no other', async () => {
    expect(await running.stack.invoke('Echo', {})).toEqual({ status: 'throttled' });
    expect(await running.stack.invoke('Reserved', { what: 'nothing' })).toMatchObject({ status: 'succeeded' });
  });

  it('loses a throttled message to the dead-letter queue, because each delivery counts as received', async () => {
    await running.send('StarvedQueue', { name: 'unlucky' });
    for (const _delivery of ['first', 'second']) {
      const before = throttlesOf('Starved');
      await until('the delivery is throttled, and once more', () => throttlesOf('Starved') > before + 1);
      expect(running.messagesIn('StarvedQueue')).toBe(1);
      running.clock.advance(VISIBILITY_MS);
    }
    await until('it is a dead letter', () => running.messagesIn('StarvedDeadLetters') === 1);
    expect(running.messagesIn('StarvedQueue')).toBe(0);
    expect(running.logOf('Starved')).toEqual([]);
  });
});
