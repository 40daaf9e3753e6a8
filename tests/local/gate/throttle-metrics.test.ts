import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../local/clock.ts';
import { measureThrottle } from '../../../local/gate/throttle-metrics.ts';
import type { Datum } from '../../../local/types.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/notes';
const THROTTLED = 'ProvisionedThroughputExceededException';

function measured(action: string, resource: string, code: string | undefined, service: 'dynamodb' | 's3' = 'dynamodb') {
  const data: Datum[] = [];
  const refusal = code === undefined ? undefined : { statusCode: 400, code, message: '' };
  measureThrottle((datum) => data.push(datum), systemClock, service, { action, resource }, refusal);
  return data.map(({ metric, dimensions, value }) => [metric, dimensions, value]);
}

describe('measureThrottle', () => {
  it.each([
    ['GetItem', 'ReadThrottleEvents'],
    ['Query', 'ReadThrottleEvents'],
    ['PutItem', 'WriteThrottleEvents'],
    ['UpdateItem', 'WriteThrottleEvents'],
  ])('counts a throttled %s of a table as %s', (action, metric) => {
    expect(measured(`dynamodb:${action}`, ARN, THROTTLED)).toEqual([[metric, { TableName: 'notes' }, 1]]);
  });

  it('counts a throttled index under the index only', () => {
    expect(measured('dynamodb:Query', `${ARN}/index/byDay`, THROTTLED)).toEqual([
      ['ReadThrottleEvents', { TableName: 'notes', GlobalSecondaryIndexName: 'byDay' }, 1],
    ]);
  });

  it('counts nothing else', () => {
    expect(measured('dynamodb:Query', ARN, undefined)).toEqual([]);
    expect(measured('dynamodb:Query', ARN, 'InternalServerError')).toEqual([]);
    expect(measured('s3:GetObject', 'arn:aws:s3:::b/k', THROTTLED, 's3')).toEqual([]);
  });
});
