import { afterAll, describe, expect, it } from 'vitest';
import { ROUTES, type RouteName } from '../../../functions/platform/names/routes.ts';
import type { Policy } from '../../../functions/platform/policy.ts';
import { POLICIES } from '../../../functions/policies/registry.ts';
import { VALUATIONS_EXAMPLES } from '../../../functions/valuation/valuations-examples.ts';
import { context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';
import { NUMERIC_FIELDS, type NumericField } from './numeric-fields.ts';

const stores = await startStores();
afterAll(stores.close);
const HANDLERS = {
  'jobs-api': (await import('../../../functions/jobs/jobs-api.lambda.ts')).handler,
  'keys-api': (await import('../../../functions/workspaces/keys-api.lambda.ts')).handler,
  'policies-api': (await import('../../../functions/policies/policies-api.lambda.ts')).handler,
  'predictions-api': (await import('../../../functions/predictions/predictions-api.lambda.ts')).handler,
  'valuations-api': (await import('../../../functions/valuation/valuations-api.lambda.ts')).handler,
} as const;
const { jobNamed } = await import('../../../functions/jobs/job-store.ts');
const { JobRef } = await import('../../../functions/platform/ids.ts');

/** As they are written: JSON.stringify would write many of them in another way. */
const HOSTILE = [
  ...['0', '-0', '0.0', '-0.0', '0e0', '0e-999', '0e999', '-1', '1', '2', '5', '63', '100', '101', '1600', '1900'],
  ...['1e-1', '1e-7', '1e-16', '1e-17', '1e-100', '1e-129', '1e-130', '9.99e-131', '1e-131', '1e-200', '-1e-200'],
  ...['5e-324', '2.2250738585072014e-308', '1e-323', '1e-400', '-1e-400', '0.00000000000000000000000000000000000001'],
  ...['0.1', '0.30000000000000004', '0.25', '0.25000000000000006', '1.0000000000000002', '99.99999999999999'],
  ...['2.2500000000000000000000000000000000000001', '3.1415926535897932384626433832795028841971'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '18446744073709551616'],
  ...['1e15', '1e16', '1e20', '1e21', '-1e21', '1E+21', '123456789012345678901234567890123456789'],
  ...['1e125', '9.9999999999999999999999999999999999999E+125', '1e126', '-1e126', '1e127', '1e200', '1e308'],
  ...['1.7976931348623157e308', '-1.7976931348623157e308', '1e309', '-1e309', '1e999', `1${'0'.repeat(400)}`],
];

/** Without it, the number is refused. */
const COMPANIONS: Readonly<Record<string, object>> = {
  valueCents: { currency: 'USD' },
  latitude: { longitude: -122.3 },
  longitude: { latitude: 47.6 },
};

const PLACE = 'the number of the test';

function jobOf({ variant, path }: NumericField) {
  return {
    asset: { kind: 'property', ...variant, ...(path[0] === 'asset' && COMPANIONS[String(path.at(-1))]) },
    photos: [{ filename: 'a.jpg', contentType: 'image/jpeg', bytes: 5 }],
    options: {},
  };
}

/** The bodies that a number is put into. */
const BODIES: Partial<Record<RouteName, (field: NumericField) => object>> = {
  createJob: jobOf,
  predictVehicles: () => ({ rows: [{ facts: { model: 'ford f-150' }, changes: { fuel: 'gas' } }], explain: false }),
  predictHouses: () => ({
    rows: [{ facts: { livingAreaSqft: 1800, latitude: 47.6, longitude: -122.3 }, changes: { waterfront: true } }],
    explain: false,
  }),
};

/** The JSON of a body with a number, as it is written, at this place. */
function bodyWith(field: NumericField, number: string): string {
  const { route, path } = field;
  const body = BODIES[route]?.(field) ?? {};
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(at as object, key), body);
  Reflect.set(parent as object, path.at(-1) ?? '', PLACE);
  return JSON.stringify(body).replace(JSON.stringify(PLACE), number);
}

const at = (value: unknown, path: NumericField['path']): unknown =>
  path.reduce<unknown>((above, key) => Reflect.get(above as object, key), value);

/** The JSON of a change of a policy with a number, as it is written, at this place. */
function changeWith({ route, path }: NumericField, policy: Policy, number: string): string {
  const change: object = {
    why: 'a test',
    revision: 0,
    ...(route === 'rollBackPolicy' ? { version: 0 } : { document: structuredClone(policy.defaults) }),
    ...(route === 'tryPolicy' && { shareBps: 100 }),
  };
  Reflect.set(at(change, path.slice(0, -1)) as object, String(path.at(-1)), PLACE);
  return JSON.stringify(change).replace(JSON.stringify(PLACE), number);
}

let workspaces = 0;

/** Sends a number to its field of a policy's change, each in a workspace of its own. */
async function sendToPolicy(field: NumericField, number: string): Promise<Sent> {
  const policy = POLICIES.find(({ name }) => name === field.variant.title) ?? POLICIES[0];
  workspaces += 1;
  const asked = { workspaceId: `numbers-${workspaces}`, params: { name: policy.name } };
  const event = requestTo(field.route, { ...asked, body: changeWith(field, policy, number) });
  const { statusCode, body } = await HANDLERS['policies-api'](event, context);
  const answer = JSON.parse(body);
  // Another revision than that of a fresh workspace, or a version that it does not have.
  if (answer.code === 'policy_changed' || answer.code === 'not_found') return { taken: false, fault: undefined };
  if (statusCode >= 400 && statusCode < 500) return { taken: false, fault: unclear(field, answer) };
  if (statusCode >= 300) return { taken: false, fault: `${statusCode} ${answer.detail}` };
  if (field.path[0] !== 'document') return { taken: true, fault: undefined };
  const version = { ...asked, params: { ...asked.params, version: '1' } };
  const { document } = JSON.parse(
    (await HANDLERS['policies-api'](requestTo('getPolicyVersion', version), context)).body,
  );
  const stored = at({ document }, field.path);
  return { taken: true, fault: stored === Number(number) ? undefined : `stored as ${stored}` };
}

const [EXAMPLE_COMP] = VALUATIONS_EXAMPLES.addComps.body.comps;
const QUESTIONS = {
  adviseOnGrading: { ...VALUATIONS_EXAMPLES.adviseOnGrading.body, costs: {} },
  createCompsUpload: VALUATIONS_EXAMPLES.createCompsUpload.body,
  addComps: { kind: 'product', comps: [{ ...EXAMPLE_COMP, format: 'auction' }] },
};

/** Sends a number to its field of a question about values. */
async function ask(field: NumericField, number: string): Promise<Sent> {
  const question: object = structuredClone(QUESTIONS[field.route as keyof typeof QUESTIONS]);
  Reflect.set(at(question, field.path.slice(0, -1)) as object, String(field.path.at(-1)), PLACE);
  const body = JSON.stringify(question).replace(JSON.stringify(PLACE), number);
  const answer = await HANDLERS['valuations-api'](requestTo(field.route, { body }), context);
  if (answer.statusCode < 300) return { taken: true, fault: undefined };
  return { taken: false, fault: answer.statusCode < 500 ? unclear(field, JSON.parse(answer.body)) : answer.body };
}

/** Sends a number in a path, where one that names nothing is unknown. */
async function sendInPath({ route, path }: NumericField, number: string): Promise<Sent> {
  const params = { name: POLICIES[0].name, [String(path[0])]: number };
  const { statusCode } = await HANDLERS['policies-api'](requestTo(route, { params }), context);
  return { taken: statusCode === 200, fault: statusCode === 200 || statusCode === 404 ? undefined : `${statusCode}` };
}

/** A value that is allowed beside the others of the default. */
const allowedIn = ({ path, variant, allowed }: NumericField): unknown =>
  path[0] === 'document'
    ? at({ document: POLICIES.find(({ name }) => name === variant.title)?.defaults }, path)
    : allowed;

const nameOf = ({ route, part, variant, path }: NumericField): string =>
  [route, part, ...Object.values(variant), ...path].join(' ');

type Refused = {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string }[];
};

/** What the refusal of a number lacks; undefined when it says what is wrong where. */
function unclear({ part, path }: NumericField, { code, detail, errors }: Refused): string | undefined {
  const where = path.reduce<string>(
    (above, key) => (typeof key === 'number' ? `${above}[${key}]` : `${above}.${key}`),
    part,
  );
  // A number of a document can contradict another one, which is then named.
  const isThere = (named: string): boolean =>
    path[0] === 'document' ? named.startsWith(`${part}.document`) : named === where;
  const named = code === 'invalid_request' && errors?.some((violation) => isThere(violation.path));
  const ofJson = code === 'invalid_json' && /^Expected .*number.*, received /.test(detail);
  return named || ofJson ? undefined : `${code}: ${detail}`;
}

type Sent = { readonly taken: boolean; readonly fault: string | undefined };

/** Sends a number to its field: whether it was taken, and what is wrong with the answer, if anything. */
async function send(field: NumericField, number: string): Promise<Sent> {
  if (field.part === 'path') return sendInPath(field, number);
  if (ROUTES[field.route].servedBy === 'policies-api' && field.part === 'body') return sendToPolicy(field, number);
  if (field.route in QUESTIONS) return ask(field, number);
  const { route, part, path } = field;
  const name = String(path.at(-1));
  const handler = HANDLERS[ROUTES[route].servedBy as keyof typeof HANDLERS];
  const query = {
    query: { ...(route === 'listComps' && { kind: 'product' }), [name]: number },
    params: { name: POLICIES[0].name },
  };
  const event = requestTo(route, part === 'query' ? query : { body: bodyWith(field, number) });
  const { statusCode, body } = await handler(event, context);
  const answer = JSON.parse(body);
  if (statusCode >= 400 && statusCode < 500) return { taken: false, fault: unclear(field, answer) };
  if (statusCode >= 300) return { taken: false, fault: `${statusCode} ${answer.detail}` };
  if (part === 'query' || route !== 'createJob') return { taken: true, fault: undefined };
  const stored = at(await jobNamed(JobRef.parse({ workspaceId: 'acme', jobId: answer.jobId })), path);
  // Of the two zeros, DynamoDB and JSON know one.
  return { taken: true, fault: stored === Number(number) ? undefined : `stored as ${stored}` };
}

/** Promoting and ending a trial take the revision of every change, and a document is read by one function for every route. */
const SWEPT = NUMERIC_FIELDS.filter(
  ({ route, path }) =>
    route !== 'promotePolicy' && route !== 'endPolicyTrial' && (route === 'replacePolicy' || path[0] !== 'document'),
);

describe('every number that a request may hold', () => {
  it('is found in the contracts', () => {
    expect(NUMERIC_FIELDS.map(nameOf)).toEqual(
      expect.arrayContaining([
        'createJob body property asset bathrooms',
        'createJob body collectible asset valueCents',
        'createJob body photos 0 bytes',
        'createJob body options uploadSeconds',
        'predictVehicles body rows 0 facts odometerMiles',
        'predictHouses body rows 0 changes livingAreaSqft',
        'listJobs query limit',
        'replacePolicy body vehicle-rating document noDamageVisible 0',
        'tryPolicy body shareBps',
        'rollBackPolicy body version',
      ]),
    );
  });

  it.each(SWEPT.map((field) => [nameOf(field), field] as const))(
    'is stored and read back as it is, or refused in words: %s',
    async (_, field) => {
      const faults: string[] = [];
      for (const number of HOSTILE) {
        const { fault } = await send(field, number);
        if (fault) faults.push(`${number}: ${fault}`);
      }
      expect(faults).toEqual([]);
      // So that no field is refused for another reason.
      expect(await send(field, String(allowedIn(field)))).toEqual({ taken: true, fault: undefined });
    },
  );
});
