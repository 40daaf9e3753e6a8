import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_ID } from './fixture-api.ts';
import { type Event, failed, letIn, type RunningGateway, startGateway } from './running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

describe('createGateway', () => {
  describe('a TOKEN authorizer', () => {
    const header = { authorization: 'Bearer abc' };

    it('is asked with the token alone', async () => {
      expect(await gateway.statuses(1, '/token', header)).toEqual([200]);
      const methodArn = `arn:aws:execute-api:us-east-1:000000000000:${API_ID}/live/GET/token`;
      expect(gateway.asked).toEqual([{ type: 'TOKEN', authorizationToken: 'Bearer abc', methodArn }]);
    });

    it('is not asked with what is no token by its expression', async () => {
      expect(await gateway.statuses(1, '/token', { authorization: 'Basic abc' })).toEqual([401]);
      expect(gateway.asked).toEqual([]);
    });
  });

  describe('an authorizer', () => {
    const header = { 'x-api-key': 'caller' };

    it('is asked with the request, and its context passed on as texts', async () => {
      const event = (await (await gateway.get('/guarded', header)).json()) as Event;
      expect(gateway.asked[0]).toMatchObject({
        type: 'REQUEST',
        methodArn: `arn:aws:execute-api:us-east-1:000000000000:${API_ID}/live/GET/guarded`,
        headers: { 'x-api-key': 'caller' },
      });
      expect(event).toMatchObject({ requestContext: { authorizer: { principalId: 'p', name: 'ada', level: '3' } } });
    });

    it('is not asked without an identity: 401 in the template’s words', async () => {
      const answer = await gateway.get('/guarded');
      const { detail, id } = (await answer.json()) as { detail: string; id: string };
      expect([answer.status, detail, gateway.asked.length]).toEqual([401, 'Unauthorized', 0]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('x-request-id')).toBe(id);
    });

    it('says 401 by throwing Unauthorized, 500 by anything else', async () => {
      gateway.answers.authorize = () => failed('Unauthorized');
      expect(await gateway.statuses(1, '/guarded', header)).toEqual([401]);
      gateway.answers.authorize = () => failed('table is gone');
      expect(await gateway.statuses(1, '/guarded', header)).toEqual([500]);
    });

    it('says 403 by a policy that denies or does not allow', async () => {
      gateway.answers.authorize = () => letIn('Deny', '*');
      expect(await (await gateway.get('/guarded', header)).json()).toEqual({
        message: 'User is not authorized to access this resource with an explicit deny',
      });
      gateway.answers.authorize = () => letIn('Allow', 'arn:aws:execute-api:*:*:*/live/POST/*');
      const other = { 'x-api-key': 'other' };
      expect(await (await gateway.get('/guarded', other)).json()).toEqual({
        message: 'User is not authorized to access this resource',
      });
      expect((await fetch(`${gateway.url}/guarded`, { method: 'POST', headers: other })).status).toBe(200);
    });

    it('is remembered per identity as long as the template says', async () => {
      await gateway.statuses(2, '/guarded', header);
      expect(gateway.asked).toHaveLength(1);
      gateway.clock.advance(30_000);
      await gateway.get('/guarded', header);
      expect(gateway.asked).toHaveLength(2);
    });

    it('whose answer is no policy is an error of the API', async () => {
      gateway.answers.authorize = () => ({ status: 'succeeded', payload: { principalId: 'p' } });
      expect(await gateway.statuses(1, '/guarded', header)).toEqual([500]);
    });
  });
});
