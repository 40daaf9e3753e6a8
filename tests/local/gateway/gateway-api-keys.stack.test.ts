import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../../local/gateway/gateway.ts';
import type { JsonObject, Template } from '../../../local/types.ts';
import { KEY, template } from './gateway-template.ts';
import { letIn, type RunningGateway, startGateway } from './running-gateway.ts';

/** One request more, at the rate of the template's plan. */
const REFILL_MS = 100_000;

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

/** The template with other properties of some resources, by their logical ids. */
function changed(original: Template, changes: { readonly [logicalId: string]: JsonObject }): Template {
  const resources = [...original.resources].map(
    ([id, resource]) => [id, { ...resource, properties: { ...resource.properties, ...changes[id] } }] as const,
  );
  return { ...original, resources: new Map(resources) };
}

/** Continues with the data of the gateway before. */
async function restart(on: Template): Promise<void> {
  await gateway.close();
  gateway = await startGateway(gateway.dataDir, on);
}

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
      for (const changes of [{ Key: { Enabled: false } }, { PlanKey: { KeyId: 'Other' } }]) {
        await restart(changed(template, changes));
        expect(await gateway.statuses(1, '/keyed', header)).toEqual([403]);
      }
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

    it('have used as much of their quota after a restart', async () => {
      for (let index = 0; index < 5; index++) {
        await gateway.get('/keyed', header);
        gateway.clock.advance(REFILL_MS);
      }
      gateway.options.quotas.close();
      await restart(template);
      expect(await gateway.statuses(1, '/keyed', header)).toEqual([429]);
    });

    it.each(['too short', `${KEY}!`, 'A'.repeat(129)])('have values that API Gateway accepts: %s', (Value) => {
      const refused = changed(template, { Key: { Value } });
      expect(() => createGateway(refused, gateway.options)).toThrow('20 to 128 letters and digits');
    });
  });

  describe('API keys that the authorizer names', () => {
    const byAuthorizer = changed(template, {
      Api: { ApiKeySourceType: 'AUTHORIZER' },
      guardedGET: { ApiKeyRequired: true },
    });
    const as = (caller: string) => gateway.statuses(1, '/guarded', { 'x-api-key': caller });
    beforeEach(async () => {
      await restart(byAuthorizer);
      gateway.answers.authorize = ({ headers }) => {
        const named = Object(headers)['x-api-key'] === 'stranger' ? {} : { usageIdentifierKey: KEY };
        return letIn('Allow', '*', named);
      };
    });

    it('let the caller in', async () => {
      const event = await (await gateway.get('/guarded', { 'x-api-key': 'ada' })).json();
      expect(event).toMatchObject({ requestContext: { identity: { apiKey: KEY, apiKeyId: 'Key' } } });
    });

    it('are throttled for all callers together', async () => {
      expect([await as('ada'), await as('bob'), await as('ada'), await as('eve')].flat()).toEqual([200, 200, 200, 429]);
    });

    it('are required, and not taken from a header', async () => {
      expect(await as('stranger')).toEqual([403]);
      gateway.answers.authorize = () => letIn('Allow', '*');
      expect(await as(KEY)).toEqual([403]);
    });
  });

  describe('throttling of a method', () => {
    it('refuses what comes faster than the stage allows', async () => {
      expect(await gateway.statuses(3, '/slow')).toEqual([200, 200, 429]);
    });
  });
});
