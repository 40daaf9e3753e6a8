import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { queueHandler } from '../../../functions/platform/queue-handler.ts';
import { context, messages } from './lambda-events.ts';

const Message = z.strictObject({ name: z.string() });

async function drain(...bodies: readonly unknown[]) {
  const seen: string[] = [];
  const handler = queueHandler(Message, async ({ name }, { receiveCount }) => {
    if (name === 'bad') throw new Error('bad luck');
    seen.push(`${name} ${receiveCount}`);
  });
  const { batchItemFailures } = await handler(messages(...bodies), context);
  return { seen, failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe('queueHandler', () => {
  it('deals with every message in turn', async () => {
    expect(await drain({ name: 'a' }, { name: 'b' })).toEqual({ seen: ['a 2', 'b 2'], failed: [] });
  });

  it('reports only the message whose step threw, and goes on with the rest', async () => {
    expect(await drain({ name: 'a' }, { name: 'bad' }, { name: 'c' })).toEqual({
      seen: ['a 2', 'c 2'],
      failed: ['message-1'],
    });
  });

  it.each([
    ['no JSON', '{'],
    ['of another shape', { name: 1 }],
    ['with an unknown field', { name: 'a', more: 1 }],
  ])('reports a message that is %s, so that it reaches the dead-letter queue', async (_, body) => {
    expect(await drain(body, { name: 'b' })).toEqual({ seen: ['b 2'], failed: ['message-0'] });
  });

  it('answers an empty batch', async () => expect(await drain()).toEqual({ seen: [], failed: [] }));
});
