import { describe, expect, it } from 'vitest';
import { failedMessageIds } from '../../../local/events/queue-records.ts';

const RECORDS = ['a', 'b'].map((messageId) => ({ messageId, receiptHandle: '', body: '' }));
const failed = (answer: unknown) => [...failedMessageIds(answer, RECORDS)];

describe('failedMessageIds', () => {
  it.each([
    ['nothing', undefined, []],
    ['an empty list', { batchItemFailures: [] }, []],
    ['no list', {}, []],
    ['one message', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
    ['a message of another batch', { batchItemFailures: [{ itemIdentifier: 'x' }] }, ['a', 'b']],
    ['an empty name', { batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
    ['something else than a list', { batchItemFailures: 'a' }, ['a', 'b']],
  ])('reads an answer with %s', (_, answer, expected) => {
    expect(failed(answer)).toEqual(expected);
  });
});
