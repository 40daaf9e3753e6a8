import { afterAll, describe, expect, it } from 'vitest';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import type { RouteName } from '../../../functions/platform/names/routes.ts';
import { type Asked, context, KEY_ID, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { handler } = await import('../../../functions/policies/policies-api.lambda.ts');

let workspaces = 0;
const newWorkspace = (): string => {
  workspaces += 1;
  return `workspace-${workspaces}`;
};

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const NAME = 'vehicle-rating';
/** Calls an operation on the policy of vehicles. */
async function ask(route: RouteName, workspaceId: string, { params, ...asked }: Asked = {}): Promise<Answer> {
  const event = requestTo(route, { workspaceId, params: { name: NAME, ...params }, ...asked });
  const { statusCode, body } = await handler(event, context);
  return { status: statusCode, body: JSON.parse(body) };
}

/** A document that differs from the default by the cap of damaged frames. */
const capped = (mostWithStructuralDamage: number) => ({ ...VEHICLE_RATING.defaults, mostWithStructuralDamage });
const why = 'a test';
const put = (workspaceId: string, revision: number, cap: number, reason = why) =>
  ask('replacePolicy', workspaceId, { body: { revision, document: capped(cap), why: reason } });
const capOf = ({ body }: Answer, version: 'active' | 'candidate' = 'active'): number =>
  (body[version] as { document: { mostWithStructuralDamage: number } }).document.mostWithStructuralDamage;

describe('policies-api', () => {
  it('gives the defaults of the release as version 0 of a workspace that has changed nothing', async () => {
    const workspace = newWorkspace();
    const [list, one] = [await ask('listPolicies', workspace), await ask('getPolicy', workspace)];
    expect(list.body.policies).toContainEqual(
      expect.objectContaining({
        name: NAME,
        revision: 0,
        active: expect.objectContaining({ version: 0, source: 'default' }),
      }),
    );
    expect(one.body).toMatchObject({ active: { document: VEHICLE_RATING.defaults }, history: [] });
  });

  it('replaces a document, and says who, when and why', async () => {
    const workspace = newWorkspace();
    expect(await put(workspace, 0, 1.5)).toMatchObject({
      status: 200,
      body: { revision: 1, active: { version: 1, source: 'workspace' } },
    });
    const { body } = await ask('getPolicy', workspace);
    expect(capOf({ status: 200, body })).toBe(1.5);
    expect(body.history).toEqual([
      { revision: 1, change: 'replaced', active: 1, at: expect.stringMatching(/^20.*Z$/), by: KEY_ID, why },
    ]);
  });

  it.each(['viewer', 'member'])('lets a %s read, and change nothing', async (role) => {
    const workspace = newWorkspace();
    const body = { revision: 0, document: capped(1), why };
    const reads = await Promise.all([
      ask('listPolicies', workspace, { role }),
      ask('getPolicy', workspace, { role }),
      ask('getPolicyVersion', workspace, { role, params: { version: '0' } }),
    ]);
    const writes = await Promise.all([
      ask('replacePolicy', workspace, { role, body }),
      ask('tryPolicy', workspace, { role, body: { ...body, shareBps: 100 } }),
      ask('rollBackPolicy', workspace, { role, body: { revision: 0, version: 0, why } }),
      ask('promotePolicy', workspace, { role, body: { revision: 0, why } }),
      ask('endPolicyTrial', workspace, { role, body: { revision: 0, why } }),
      ask('previewPolicy', workspace, { role, body: { document: capped(1) } }),
    ]);
    expect(reads.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(writes.map(({ status }) => status))).toEqual(new Set([403]));
    expect((await ask('getPolicy', workspace)).body.revision).toBe(0);
  });

  it("reaches no other workspace's policies", async () => {
    const [mine, theirs] = [newWorkspace(), newWorkspace()];
    await put(mine, 0, 1.5);
    expect((await ask('getPolicy', theirs)).body).toMatchObject({ revision: 0, active: { version: 0 }, history: [] });
    expect((await ask('getPolicyVersion', theirs, { params: { version: '1' } })).status).toBe(404);
    expect((await ask('rollBackPolicy', theirs, { body: { revision: 0, version: 1, why } })).status).toBe(404);
    await put(mine, 1, 1);
    const { nextCursor } = (await ask('getPolicy', mine, { query: { limit: '1' } })).body;
    const foreign = await ask('getPolicy', theirs, { query: { cursor: String(nextCursor) } });
    expect(foreign.body.code).toBe('invalid_cursor');
  });

  it.each(['no-such-policy', '__proto__', 'VEHICLE-RATING', ''])('knows no policy %j', async (name) => {
    expect((await ask('getPolicy', newWorkspace(), { params: { name } })).status).toBe(404);
  });

  it('refuses a document that contradicts itself, with the place and what is expected there', async () => {
    const workspace = newWorkspace();
    const { noDamageVisible, bestGradeWith } = VEHICLE_RATING.defaults;
    const document = {
      ...VEHICLE_RATING.defaults,
      noDamageVisible: [0.5, ...noDamageVisible.slice(1)],
      bestGradeWith: { ...bestGradeWith, severe: { one: 5, several: 1 } },
    };
    const { status, body } = await ask('replacePolicy', workspace, { body: { revision: 0, document, why } });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.errors).toEqual([
      expect.objectContaining({
        path: 'body.document.noDamageVisible',
        expected: 'shares that add up to 1, not to 1.25',
      }),
      expect.objectContaining({ path: 'body.document.bestGradeWith.severe.one' }),
    ]);
  });

  it.each([
    ['without a reason', { why: undefined }],
    ['with an empty reason', { why: ' ' }],
    ['without a revision', { revision: undefined }],
    ['with a field too many', { document: { ...VEHICLE_RATING.defaults, extra: 1 } }],
    ['with a field too few', { document: { enoughViews: 4 } }],
    ['of no document', { document: null }],
  ])('refuses a change %s', async (_what, change) => {
    const body = { revision: 0, document: capped(1), why, ...change };
    expect((await ask('replacePolicy', newWorkspace(), { body })).status).toBe(400);
  });

  it('refuses a document beyond the limit of its size, and names the limit', async () => {
    const document = { ...VEHICLE_RATING.defaults, note: 'x'.repeat(70_000) };
    const { body } = await ask('replacePolicy', newWorkspace(), { body: { revision: 0, document, why } });
    expect(body).toMatchObject({ code: 'request_too_large', detail: expect.stringContaining('65536') });
  });

  it('refuses a change of a revision that is not the current one, and changes nothing', async () => {
    const workspace = newWorkspace();
    await put(workspace, 0, 1.5);
    for (const stale of [0, 2, 7]) {
      expect(await put(workspace, stale, 1)).toMatchObject({ status: 409, body: { code: 'policy_changed' } });
    }
    expect((await ask('getPolicy', workspace)).body.revision).toBe(1);
  });

  it('gives the repeat of a change the same reply, and makes it once', async () => {
    const workspace = newWorkspace();
    const [first, repeat] = [await put(workspace, 0, 1.5), await put(workspace, 0, 1.5)];
    await put(workspace, 1, 1);
    const late = await put(workspace, 0, 1.5);
    expect([repeat, late.status]).toEqual([first, 200]);
    expect((await ask('getPolicy', workspace)).body.revision).toBe(2);
    expect((await put(workspace, 0, 1.5, 'another reason')).status).toBe(409);
  });

  it('rolls back to any version under its own number, and to the default', async () => {
    const workspace = newWorkspace();
    for (const [revision, cap] of [1.5, 1, 0.5].entries()) await put(workspace, revision, cap);
    const back = await ask('rollBackPolicy', workspace, { body: { revision: 3, version: 2, why } });
    expect([capOf(back), back.body.active]).toEqual([1, expect.objectContaining({ version: 2 })]);
    const toDefault = await ask('rollBackPolicy', workspace, { body: { revision: 4, version: 0, why } });
    expect(toDefault.body.active).toMatchObject({ version: 0, source: 'default', document: VEHICLE_RATING.defaults });
    const next = await put(workspace, 5, 2.5);
    expect(next.body.active).toMatchObject({ version: 4 });
    const documents = await Promise.all(
      [1, 2, 3, 4].map((version) => ask('getPolicyVersion', workspace, { params: { version: String(version) } })),
    );
    expect(
      documents.map(({ body }) => (body.document as { mostWithStructuralDamage: number }).mostWithStructuralDamage),
    ).toEqual([1.5, 1, 0.5, 2.5]);
  });

  it('tries a document beside the one in force, changes its share, and promotes it', async () => {
    const workspace = newWorkspace();
    const started = await ask('tryPolicy', workspace, {
      body: { revision: 0, document: capped(1), shareBps: 500, why },
    });
    expect([capOf(started), capOf(started, 'candidate')]).toEqual([2, 1]);
    expect((await put(workspace, 1, 0)).body.code).toBe('trial_running');
    const widened = await ask('tryPolicy', workspace, { body: { revision: 1, shareBps: 5000, why } });
    expect(widened.body.candidate).toMatchObject({ version: 1, shareBps: 5000 });
    const promoted = await ask('promotePolicy', workspace, { body: { revision: 2, why } });
    expect([capOf(promoted), promoted.body.candidate, promoted.body.active]).toEqual([
      1,
      undefined,
      expect.objectContaining({ version: 1 }),
    ]);
    expect((await ask('promotePolicy', workspace, { body: { revision: 3, why } })).body.code).toBe('no_trial');
  });

  it('ends a trial, whose version stays in the history', async () => {
    const workspace = newWorkspace();
    await ask('tryPolicy', workspace, { body: { revision: 0, document: capped(1), shareBps: 500, why } });
    const ended = await ask('endPolicyTrial', workspace, { body: { revision: 1, why } });
    expect([capOf(ended), ended.body.candidate]).toEqual([2, undefined]);
    const back = await ask('rollBackPolicy', workspace, { body: { revision: 2, version: 1, why } });
    expect(capOf(back)).toBe(1);
  });

  it('ends a trial when an earlier version is rolled back to', async () => {
    const workspace = newWorkspace();
    await ask('tryPolicy', workspace, { body: { revision: 0, document: capped(1), shareBps: 500, why } });
    const back = await ask('rollBackPolicy', workspace, { body: { revision: 1, version: 0, why } });
    expect([capOf(back), back.body.candidate]).toEqual([2, undefined]);
  });

  it('gives the whole history in pages, newest first', async () => {
    const workspace = newWorkspace();
    for (let revision = 0; revision < 5; revision += 1) await put(workspace, revision, revision / 2);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ask('getPolicy', workspace, { query: { limit: '2', ...(cursor && { cursor }) } });
      seen.push(...(body.history as { revision: number }[]).map(({ revision }) => revision));
      cursor = body.nextCursor as string | undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  it('loses no change and numbers without gaps under twenty concurrent admins', async () => {
    const workspace = newWorkspace();
    /** Reads, changes, and tries again when another was faster. */
    const persist = async (admin: number): Promise<void> => {
      const { revision } = (await ask('getPolicy', workspace)).body;
      const reason = `change of admin ${admin}`;
      const { status } = await put(workspace, Number(revision), (admin % 10) / 2, reason);
      if (status === 409) await persist(admin);
    };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, admin) => put(workspace, 0, 1, `first ${admin}`)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(409)]);
    await Promise.all(Array.from({ length: 20 }, (_, admin) => persist(admin)));
    const { body } = await ask('getPolicy', workspace, { query: { limit: '100' } });
    const history = body.history as { revision: number; active: number; why: string }[];
    expect(history.map(({ revision }) => revision)).toEqual(Array.from({ length: 21 }, (_, index) => 21 - index));
    expect(history.map(({ active }) => active)).toEqual(history.map(({ revision }) => revision));
    expect(new Set(history.map((entry) => entry.why)).size).toBe(21);
  });
});
