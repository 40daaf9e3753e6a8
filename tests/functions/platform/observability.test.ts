import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../../../functions/platform/names/metrics.ts';

const platform = join(import.meta.dirname, '../../../functions/platform');

/** What a function writes that runs this once, line by line, in a process of its own. */
const linesOf = (step: string) =>
  linesOfHandler(`
    import { scheduleHandler } from '${platform}/schedule-handler.ts';
    const handler = scheduleHandler(async () => { ${step} });
    const event = {};
  `);

/** What a handler writes at one event; `definitions` makes both. */
function linesOfHandler(definitions: string): Record<string, unknown>[] {
  const code = `
    import { count, measure, log } from '${platform}/observability.ts';
    ${definitions}
    await handler(event, { awsRequestId: 'request-1', functionName: 'f', memoryLimitInMB: '1' }).catch(() => undefined);
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { PATH: process.env.PATH, FETTLE_ENV: 'staging' },
    encoding: 'utf8',
  });
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const metricsOf = (step: string) => linesOf(step).filter((line) => '_aws' in line);

describe('count', () => {
  it('writes a metric under our namespace with the environment as its only dimension', () => {
    expect(metricsOf(`count('JobCreated');`)).toEqual([
      expect.objectContaining({
        JobCreated: 1,
        environment: 'staging',
        _aws: expect.objectContaining({
          CloudWatchMetrics: [
            {
              Namespace: METRIC_NAMESPACE,
              Dimensions: [[METRIC_DIMENSION]],
              Metrics: [{ Name: 'JobCreated', Unit: 'Count' }],
            },
          ],
        }),
      }),
    ]);
  });

  it('is written although the step fails', () => {
    expect(metricsOf(`count('JobFailed'); throw new Error('x');`)).toMatchObject([{ JobFailed: 1 }]);
  });
});

describe('measure', () => {
  it('keeps every value', () => {
    expect(metricsOf(`measure('PhotoDuration', 5); measure('PhotoDuration', 7);`)).toMatchObject([
      { PhotoDuration: [5, 7] },
    ]);
  });
});

describe('log', () => {
  it('names the request and the environment', () => {
    expect(linesOf(`log.info('hello', { jobId: 'j' });`)).toMatchObject([
      { message: 'hello', jobId: 'j', requestId: 'request-1', environment: 'staging' },
    ]);
  });

  it.each(['http-handler.ts', 'authorizer-handler.ts'])(
    "names a caller's request as the gateway does in %s",
    (file) => {
      const [line] = linesOfHandler(`
      import * as exported from '${platform}/${file}';
      const handler = exported.httpHandler?.({}) ?? exported.authorizerHandler(async () => undefined);
      const event = { headers: {}, methodArn: 'arn', resource: '/', requestContext: { requestId: 'of-the-gateway' } };
    `);
      expect(line).toMatchObject({ requestId: 'of-the-gateway' });
    },
  );
});
