import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY } from './gateway-template.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

/** One request more, at the rate of the template's plan. */
const REFILL_MS = 100_000;

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

describe('createGateway', () => {
  describe('API keys', () => {
    const header = { 'x-api-key': KEY };

    it('let the caller in and are named in the event', async () => {
      const event = await (await gateway.get('/keyed', header)).json();
      expect(event).toMatchObject({ requestContext: { identity: { apiKey: KEY, apiKeyId: 'Key' } } });
    });

    it('are required where the method says so', async () => {
      const answer = await gateway.get('/keyed');
      expect([answer.status, await answer.json()]).toEqual([403, { message: 'Forbidden' }]);
    });

    it('must be enabled and in a plan of the stage', async () => {
      const key = gateway.keys.get('Key');
      if (!key) throw new Error('the template has this key');
      gateway.keys.put({ ...key, enabled: false });
      expect(await gateway.statuses(1, '/keyed', header)).toEqual([403]);
      gateway.keys.put(key);
      gateway.keys.removeFromPlan('Plan', 'Key');
      expect(await gateway.statuses(1, '/keyed', header)).toEqual([403]);
    });

    it('are throttled by their plan, then filled up again', async () => {
      expect(await gateway.statuses(4, '/keyed', header)).toEqual([200, 200, 200, 429]);
      gateway.clock.advance(REFILL_MS);
      expect(await gateway.statuses(1, '/keyed', header)).toEqual([200]);
    });

    it('end at their quota until the next day', async () => {
      for (let index = 0; index < 5; index++) {
        expect((await gateway.get('/keyed', header)).status).toBe(200);
        gateway.clock.advance(REFILL_MS);
      }
      const answer = await gateway.get('/keyed', header);
      expect([answer.status, await answer.json()]).toEqual([429, { message: 'Limit Exceeded' }]);
      gateway.clock.advance(24 * 3600_000);
      expect(await gateway.statuses(1, '/keyed', header)).toEqual([200]);
    });

    it('survive a restart', async () => {
      await gateway.close();
      gateway = await startGateway(gateway.dataDir);
      expect(await gateway.statuses(1, '/keyed', header)).toEqual([200]);
    });
  });

  describe('throttling of a method', () => {
    it('refuses what comes faster than the stage allows', async () => {
      expect(await gateway.statuses(3, '/slow')).toEqual([200, 200, 429]);
    });
  });
});
