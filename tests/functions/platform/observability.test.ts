import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAILURE, METRIC_DIMENSION, METRIC_NAMESPACE } from '../../../functions/platform/names/metrics.ts';

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
    await handler(event, { awsRequestId: 'request-1', functionName: 'f', functionVersion: '7', memoryLimitInMB: '1', getRemainingTimeInMillis: () => 1000 }).catch(() => undefined);
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { PATH: process.env.PATH, FETTLE_ENV: 'staging' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
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
    expect(metricsOf(`count('JobFailed'); throw new Error('x');`)).toContainEqual(
      expect.objectContaining({ JobFailed: 1 }),
    );
  });
});

describe('measure', () => {
  it('keeps every value', () => {
    expect(metricsOf(`measure('PhotoDuration', 5); measure('PhotoDuration', 7);`)).toMatchObject([
      { PhotoDuration: [5, 7] },
    ]);
  });
});

describe('a failure that a function survives', () => {
  const ofThisFunction = expect.objectContaining({
    [FAILURE.metricName]: 1,
    [FAILURE.functionDimension]: 'f',
    [FAILURE.versionDimension]: '7',
    environment: 'staging',
    _aws: expect.objectContaining({
      CloudWatchMetrics: [
        expect.objectContaining({
          Namespace: METRIC_NAMESPACE,
          Dimensions: [
            [METRIC_DIMENSION, FAILURE.functionDimension],
            [METRIC_DIMENSION, FAILURE.functionDimension, FAILURE.versionDimension],
          ],
        }),
      ],
    }),
  });
  const failuresOf = (definitions: string) => linesOfHandler(definitions).filter((line) => FAILURE.metricName in line);

  it('is counted once for a 500, and not for the caller’s mistake', () => {
    const handler = (error: string) => `
      import { httpHandler } from '${platform}/http-handler.ts';
      import { RequestError } from '${platform}/errors.ts';
      import { SERVICE_API } from '${platform}/../operations/service-contract.ts';
      const handler = httpHandler(SERVICE_API, { getHealth: async () => { throw ${error}; } }, { admit: async () => {} });
      import { requestTo } from '${import.meta.dirname}/lambda-events.ts';
      const event = requestTo('getHealth');
    `;
    expect(failuresOf(handler(`new Error('x')`))).toEqual([ofThisFunction]);
    expect(failuresOf(handler(`new RequestError('not_found', 'x')`))).toEqual([]);
  });

  it('is counted for each message of a batch that fails', () => {
    const failures = failuresOf(`
      import { z } from 'zod';
      import { queueHandler } from '${platform}/queue-handler.ts';
      const handler = queueHandler(z.number(), async (n) => { if (n > 1) throw new Error('x'); });
      const event = { Records: [1, 2, 3].map((n) => ({ messageId: String(n), body: String(n), attributes: {} })) };
    `);
    expect(failures).toEqual([ofThisFunction, ofThisFunction]);
  });

  it('is counted for a run that throws', () => {
    expect(metricsOf(`throw new Error('out of luck');`)).toEqual([ofThisFunction]);
  });

  it('is counted for an authorizer that throws', () => {
    const failures = failuresOf(`
      import { authorizerHandler } from '${platform}/authorizer-handler.ts';
      const handler = authorizerHandler(async () => { throw new Error('x'); });
      const event = { type: 'TOKEN', authorizationToken: 'k', methodArn: 'arn' };
    `);
    expect(failures).toEqual([ofThisFunction]);
  });
});

describe('log', () => {
  it('names the request and the environment', () => {
    expect(linesOf(`log.info('hello', { jobId: 'j' });`)).toMatchObject([
      { message: 'hello', jobId: 'j', requestId: 'request-1', environment: 'staging' },
    ]);
  });

  it("names a caller's request as the gateway does", () => {
    const [line] = linesOfHandler(`
      import { httpHandler } from '${platform}/http-handler.ts';
      const handler = httpHandler({}, {}, { admit: async () => {} });
      const event = { headers: {}, resource: '/', requestContext: { requestId: 'of-the-gateway' } };
    `);
    expect(line).toMatchObject({ requestId: 'of-the-gateway' });
  });
});
