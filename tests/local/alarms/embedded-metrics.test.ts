import { describe, expect, it } from 'vitest';
import { embeddedMetrics } from '../../../local/alarms/embedded-metrics.ts';

const LINE = {
  _aws: {
    Timestamp: 1,
    CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['service'], []], Metrics: [{ Name: 'M', Unit: 'Count' }] }],
  },
  service: 's',
  M: [1, 2],
};

describe('embeddedMetrics', () => {
  it('reads every value for every set of dimensions', () => {
    const found = embeddedMetrics(JSON.stringify(LINE), 9).map(({ dimensions, value }) => [dimensions, value]);
    expect(found).toEqual([
      [{ service: 's' }, 1],
      [{ service: 's' }, 2],
      [{}, 1],
      [{}, 2],
    ]);
  });

  it.each(['plain text', '{"level":"INFO"}', '{"_aws": broken'])('finds none in %s', (line) => {
    expect(embeddedMetrics(line, 9)).toEqual([]);
  });
});
