import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { afterAll, describe, expect, it } from 'vitest';
import { PROPERTY_RATING } from '../../../functions/assessments/property-rating-policy.ts';
import { API_PREFIX, ROUTES, type RouteName } from '../../../functions/platform/names/routes.ts';
import { VALUATIONS_EXAMPLES } from '../../../functions/valuation/valuations-examples.ts';
import { type Answer, type Client, call, createJob, ended, jobOf, submit } from '../../journeys/client.ts';
import { smallPhotos } from '../../journeys/photos.ts';
import { startFettle } from '../../journeys/running-stack.ts';
import { replySchemaOf } from './reply-schema.ts';

const fettle = await startFettle();
afterAll(fettle.stop);
const admin = await fettle.client('acme', 'admin');
const viewer = await fettle.client('acme', 'viewer');
const member = await fettle.client('acme', 'member');
const stranger: Client = { url: admin.url };
const photos = await smallPhotos(2);

const { body: document } = (await call(viewer, 'GET /openapi.json')) as { body: OpenApi };
type OpenApi = {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, { readonly content: object }> }>>;
};
const ajv = new Ajv2020({ strict: false, formats: fullFormats }).addSchema(document, 'api');

const called = new Set<RouteName>();

/** Calls an operation: ids for the braces of its path, a query, a body. */
function ask(
  route: RouteName,
  { as = admin as Client, ids = {}, query = '', ...request }: Asked = {},
): Promise<Answer> {
  called.add(route);
  const path = ROUTES[route].path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
  return call(as, `${ROUTES[route].method} ${path}${query}`, request);
}

type Asked = {
  readonly as?: Client;
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What the document says is wrong with an answer. */
function faults(route: RouteName, { status, headers, body }: Answer): unknown {
  const { method, path } = ROUTES[route];
  const documented = document.paths[path]?.[method.toLowerCase()]?.responses[status]?.content ?? {};
  const type = headers.get('content-type')?.split(';')[0] ?? 'no type';
  if (!Object.hasOwn(documented, type)) return `${status} ${type} is not documented: ${JSON.stringify(body)}`;
  const validate = ajv.compile(replySchemaOf(route, `${status}`, type));
  return validate(body) ? undefined : validate.errors;
}

const aJob = async () => ({ jobId: (await createJob(admin, photos)).jobId });

/** A completed job of two photos. */
const completed = await (async () => {
  const jobId = await submit(admin, photos);
  await ended(admin, jobId);
  return { jobId, photoId: 'p001' };
})();

const aKey = async () => {
  const { body } = await ask('createKey', { body: { role: 'viewer' } });
  return { keyId: (body as { keyId: string }).keyId };
};

const FIESTA = { facts: { model: 'ford fiesta', modelYear: 2014, odometerMiles: 60_000 } };
const HOUSE = { facts: { livingAreaSqft: 1800, latitude: 47.6, longitude: -122.3, condition: 3 } };

const NOBODYS = '01KAQ6R4ZB2N7T9X3M5V8W1C0D';
const COMPS = VALUATIONS_EXAMPLES.addComps.body;
const NO_COMP = `collectible.${'0'.repeat(16)}.${'0'.repeat(16)}`;
const aComp = async () => {
  const { body } = await ask('addComps', { body: COMPS });
  return { compId: (body as { comps: { compId: string }[] }).comps[0]?.compId ?? '' };
};
const UPLOAD = VALUATIONS_EXAMPLES.createCompsUpload.body;
const anUpload = async () => {
  const { body } = await ask('createCompsUpload', { body: UPLOAD });
  return { uploadId: (body as { uploadId: string }).uploadId };
};
const GRADING = VALUATIONS_EXAMPLES.adviseOnGrading.body;
const POLICY = { name: PROPERTY_RATING.name };
const rules = PROPERTY_RATING.defaults;
/** The body of a change of a policy. */
const signed = (revision: number, more = {}) => ({ revision, why: 'a test', ...more });

const CALLS: readonly (readonly [
  what: string,
  route: RouteName,
  status: number,
  asked: () => Asked | Promise<Asked>,
])[] = [
  ['without a key', 'getHealth', 200, () => ({ as: stranger })],
  ['without a key', 'getReady', 200, () => ({ as: stranger })],
  ['by a viewer', 'getOpenapi', 200, () => ({ as: viewer })],
  ['without a key', 'getOpenapi', 401, () => ({ as: stranger })],
  ['by a viewer', 'listModels', 200, () => ({ as: viewer })],
  ['of two photos', 'createJob', 201, () => ({ body: jobOf(photos) })],
  ['of a boat', 'createJob', 400, () => ({ body: { asset: { kind: 'boat' }, photos: [] } })],
  ['that is no JSON', 'createJob', 400, () => ({ body: '{' })],
  ['by a viewer', 'createJob', 403, () => ({ as: viewer, body: jobOf(photos) })],
  [
    'of a form',
    'createJob',
    415,
    () => ({ body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
  ],
  ['of two megabytes', 'createJob', 413, () => ({ body: `"${'x'.repeat(2_000_000)}"` })],
  ['with a filter', 'listJobs', 200, () => ({ query: '?status=completed&limit=1' })],
  ['with a cursor of nobody', 'listJobs', 400, () => ({ query: '?cursor=abc' })],
  ['that waits', 'getJob', 200, async () => ({ ids: await aJob() })],
  ['that is completed', 'getJob', 200, () => ({ ids: completed })],
  ['that is not there', 'getJob', 404, () => ({ ids: { jobId: NOBODYS } })],
  ['that waits', 'cancelJob', 200, async () => ({ ids: await aJob() })],
  ['that is completed', 'cancelJob', 409, () => ({ ids: completed })],
  ['that is completed', 'startJob', 200, () => ({ ids: completed })],
  ['to which nothing came', 'startJob', 409, async () => ({ ids: await aJob() })],
  ['of an assessed photo', 'getDisplay', 200, () => ({ ids: completed })],
  ['of a photo that has not come', 'getDisplay', 409, async () => ({ ids: { ...(await aJob()), photoId: 'p001' } })],
  ['of an assessed photo', 'getOverlay', 200, () => ({ ids: completed })],
  ['of a photo that is none', 'getOverlay', 404, () => ({ ids: { ...completed, photoId: 'p099' } })],
  ['with one wrong row', 'predictVehicles', 200, () => ({ as: viewer, body: { rows: [FIESTA, { facts: {} }] } })],
  ['of wrong rows', 'predictVehicles', 400, () => ({ body: { rows: [{ facts: { model: 'fiesta', doors: 5 } }] } })],
  ['without a key', 'predictHouses', 401, () => ({ as: stranger, body: { rows: [HOUSE] } })],
  ['with a what-if', 'predictHouses', 200, () => ({ body: { rows: [{ ...HOUSE, changes: { condition: 5 } }] } })],
  ['of 501 rows', 'predictHouses', 400, () => ({ body: { rows: Array(501).fill(HOUSE) } })],
  ['by a viewer', 'listPriceModels', 200, () => ({ as: viewer })],
  ['for a member', 'createKey', 201, () => ({ body: { role: 'member', name: 'importer' } })],
  ['for a king', 'createKey', 400, () => ({ body: { role: 'king' } })],
  ['by an admin', 'listKeys', 200, () => ({ query: '?limit=1' })],
  ['by a viewer', 'listKeys', 403, () => ({ as: viewer })],
  ['by an admin', 'revokeKey', 200, async () => ({ ids: await aKey() })],
  ['that is not there', 'revokeKey', 404, () => ({ ids: { keyId: NOBODYS } })],
  ['by a viewer', 'listPolicies', 200, () => ({ as: viewer })],
  ['by a viewer', 'getPolicy', 200, () => ({ as: viewer, ids: POLICY })],
  ['that is not there', 'getPolicy', 404, () => ({ ids: { name: 'no-such-policy' } })],
  ['of the release', 'getPolicyVersion', 200, () => ({ ids: { ...POLICY, version: '0' } })],
  ['that is not there', 'getPolicyVersion', 404, () => ({ ids: { ...POLICY, version: '9' } })],
  ['by a member', 'replacePolicy', 403, () => ({ as: member, ids: POLICY, body: signed(0, { document: rules }) })],
  ['without a field', 'replacePolicy', 400, () => ({ ids: POLICY, body: signed(0, { document: {} }) })],
  ['by an admin', 'replacePolicy', 200, () => ({ ids: POLICY, body: signed(0, { document: rules }) })],
  [
    'of an old revision',
    'replacePolicy',
    409,
    () => ({ ids: POLICY, body: { ...signed(0, { document: rules }), why: 'late' } }),
  ],
  ['of completed jobs', 'previewPolicy', 200, () => ({ ids: POLICY, body: { document: rules } })],
  ['on a share', 'tryPolicy', 200, () => ({ ids: POLICY, body: signed(1, { document: rules, shareBps: 500 }) })],
  ['on trial', 'promotePolicy', 200, () => ({ ids: POLICY, body: signed(2) })],
  ['to another one', 'rollBackPolicy', 200, () => ({ ids: POLICY, body: signed(3, { version: 1 }) })],
  ['of two sales', 'addComps', 201, () => ({ as: member, body: COMPS })],
  ['again', 'addComps', 201, () => ({ as: member, body: COMPS })],
  ['by a viewer', 'addComps', 403, () => ({ as: viewer, body: COMPS })],
  [
    'of tomorrow’s tomorrow',
    'addComps',
    400,
    () => ({ body: { kind: 'product', comps: [{ ...COMPS.comps[0], date: '2999-01-01' }] } }),
  ],
  ['by a viewer', 'listComps', 200, () => ({ as: viewer, query: '?kind=collectible&query=griffey&limit=1' })],
  ['without a kind', 'listComps', 400, () => ({ as: viewer })],
  ['of a table', 'createCompsUpload', 201, () => ({ as: member, body: UPLOAD })],
  ['by a viewer', 'createCompsUpload', 403, () => ({ as: viewer, body: UPLOAD })],
  ['of too many bytes', 'createCompsUpload', 400, () => ({ body: { ...UPLOAD, bytes: 1e9 } })],
  ['that waits for its file', 'getCompsUpload', 200, async () => ({ as: viewer, ids: await anUpload() })],
  ['that is not there', 'getCompsUpload', 404, () => ({ ids: { uploadId: NOBODYS } })],
  ['that is not there', 'decideOnComp', 404, () => ({ ids: { compId: NO_COMP }, body: { decision: 'drop' } })],
  ['that is stored', 'decideOnComp', 200, async () => ({ ids: await aComp(), body: { decision: 'drop' } })],
  ['by a viewer', 'valueThing', 200, () => ({ as: viewer, body: VALUATIONS_EXAMPLES.valueThing.body })],
  [
    'that asks providers',
    'valueThing',
    200,
    () => ({ body: { ...VALUATIONS_EXAMPLES.valueThing.body, providers: 'ask' } }),
  ],
  [
    'that asks providers by a viewer',
    'valueThing',
    403,
    () => ({ as: viewer, body: { ...VALUATIONS_EXAMPLES.valueThing.body, providers: 'ask' } }),
  ],
  ['by a viewer', 'adviseOnGrading', 200, () => ({ as: viewer, body: GRADING })],
  ['of the future', 'adviseOnGrading', 400, () => ({ body: { ...GRADING, cardYear: 2199 } })],
  ['without a key', 'adviseOnGrading', 401, () => ({ as: stranger, body: GRADING })],
  ['that does not run', 'endPolicyTrial', 409, () => ({ ids: POLICY, body: signed(4) })],
];

describe('the API', () => {
  it.each(CALLS)('answers as documented: $1 $0 with $2', async (_, route, status, asked) => {
    const answer = await ask(route, await asked());
    expect(faults(route, answer)).toBeUndefined();
    expect(answer.status).toBe(status);
  });

  it('is called at every operation by these tests', () => {
    expect([...called].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(['', '/live'])('gives links that work on the host of the request, under %j', async (stage) => {
    const { origin } = new URL(admin.url);
    const { body } = await call({ ...admin, url: `${origin}${stage}${API_PREFIX}` }, 'POST /jobs', {
      body: jobOf(photos),
    });
    const { links } = body as { links: { self: string } };
    expect(links.self.startsWith(`${stage}${API_PREFIX}/`)).toBe(true);
    expect((await call({ ...admin, url: origin }, `GET ${links.self}`)).status).toBe(200);
  });

  it('gives pictures under the URLs that it gives', async () => {
    const { body } = await ask('getDisplay', { ids: completed });
    const picture = await fetch((body as { url: string }).url);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  });
});
