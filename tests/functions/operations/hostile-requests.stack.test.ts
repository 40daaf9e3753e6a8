import { afterAll, describe, expect, it } from 'vitest';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import { type ApiFunction, ROUTES, type RouteName } from '../../../functions/platform/names/routes.ts';
import { VALUATIONS_EXAMPLES } from '../../../functions/valuation/valuations-examples.ts';
import { type Asked, context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const HANDLERS = {
  'jobs-api': (await import('../../../functions/jobs/jobs-api.lambda.ts')).handler,
  'keys-api': (await import('../../../functions/workspaces/keys-api.lambda.ts')).handler,
  'predictions-api': (await import('../../../functions/predictions/predictions-api.lambda.ts')).handler,
  'pictures-api': (await import('../../../functions/pipeline/pictures-api.lambda.ts')).handler,
  'policies-api': (await import('../../../functions/policies/policies-api.lambda.ts')).handler,
  'service-api': (await import('../../../functions/operations/service-api.lambda.ts')).handler,
  'valuations-api': (await import('../../../functions/valuation/valuations-api.lambda.ts')).handler,
  'models-api': (await import('../../../functions/operations/models-api.lambda.ts')).handler,
} as const satisfies Record<ApiFunction, unknown>;

const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];
const NOBODYS = '01KAQ6R4ZB2N7T9X3M5V8W1C0D';

/** As text, and as a decoder leaves it of bytes that are not UTF-8. */
const HOSTILE = [
  ...[
    '\ud800',
    '\udfff',
    'a\udc00b',
    '\ufffd',
    'M\ufffdnchen',
    '\ufeff',
    '\u0000',
    'a\u0000b',
    '\u202eevil',
    '\u2066\u2069',
  ],
  ...[
    '\u001b[31m',
    '\r\nX-Injected: 1',
    '\u2028\u2029',
    '\u200b\u200d',
    '\u{e0001}',
    '😀'.repeat(400),
    `${'x'.repeat(59)}😀`,
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '../../etc/passwd',
    '%00',
    '%c3%28',
    '%ed%a0%80',
    '#{7*7}',
  ],
  ...[
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    'x'.repeat(5000),
    ' ',
    '',
    '0',
    '-1',
    'NaN',
    'null',
    '[]',
    '{}',
    'undefined',
  ],
  ...[
    '=cmd()',
    `${NOBODYS}\n`,
    NOBODYS.toLowerCase(),
    'p001\u0000',
    'p101',
    '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    'e30',
    'AAAA',
    '_-_-',
  ],
];

const JOB = { asset: { kind: 'property' }, photos: [{ filename: 'a.jpg', contentType: 'image/jpeg', bytes: 5 }] };
const [PHOTO] = JOB.photos;
const [COMP] = VALUATIONS_EXAMPLES.addComps.body.comps;
const GRADING = VALUATIONS_EXAMPLES.adviseOnGrading.body;
const POLICY = { revision: 0, why: 'a test', document: VEHICLE_RATING.defaults };
/** What is in the braces of a path unless the text is. */
const USUAL: Readonly<Record<string, string>> = { name: VEHICLE_RATING.name, version: '0' };

/** The requests that carry a hostile text in every place of a route. */
function requestsWith(route: RouteName, text: string): readonly Asked[] {
  const ids = Object.fromEntries(
    [...ROUTES[route].path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, USUAL[name] ?? NOBODYS]),
  );
  const inIds = Object.keys(ids).map((name) => ({ params: { ...ids, [name]: text } }));
  const inQuery = ['limit', 'cursor', 'status', text].map((name) => ({ params: ids, query: { [name]: text } }));
  const inHeaders = ['idempotency-key', 'content-type', 'content-encoding', 'host', 'origin', text].map((name) => ({
    params: ids,
    body: '{}',
    headers: { [name]: text },
  }));
  const bodies: readonly unknown[] = [
    text,
    `{"asset": "${text}"`,
    { [text]: text },
    { ...JOB, asset: { kind: text } },
    { ...JOB, asset: { kind: 'property', address: text, statedCondition: text, zipCode: text, [text]: 1 } },
    { ...JOB, asset: { kind: 'product', title: text, category: text, currency: text } },
    { ...JOB, photos: [{ ...PHOTO, filename: text, subject: text }] },
    { ...JOB, photos: [{ ...PHOTO, contentType: text, sha256: text, bytes: text }] },
    { ...JOB, options: { [text]: text } },
    { rows: text },
    { rows: [text, { facts: text }, { [text]: text }] },
    { rows: [{ facts: { model: 'ford f-150', [text]: 1 } }], model: text },
    { rows: [{ facts: { model: text, make: text, fuel: text } }], model: 'vehicle-us' },
    { rows: [{ facts: { livingAreaSqft: 1800, zipCode: text }, changes: { [text]: text } }] },
    { kind: text, comps: [COMP] },
    { kind: 'product', comps: [{ ...COMP, title: text, seller: text, sourceId: text, source: text }] },
    { kind: 'product', comps: [{ ...COMP, date: text, status: text, format: text, currency: text, [text]: 1 }] },
    { kind: 'product', bytes: 5, source: text },
    { kind: 'product', bytes: text, currency: text },
    { kind: 'product', query: text, currency: 'USD' },
    { decision: text },
    { ...GRADING, currency: text, cardYear: text, [text]: text },
    { ...GRADING, grades: text },
    { ...GRADING, grades: [{ grade: text, population: text, priceCents: text }], costs: { [text]: text } },
    { role: text },
    { role: 'viewer', name: text },
    { ...POLICY, why: text },
    { ...POLICY, revision: text, shareBps: text, version: text },
    { ...POLICY, document: text },
    { ...POLICY, document: { [text]: text } },
    { ...POLICY, document: { ...POLICY.document, bestGradeWith: { [text]: { one: text } } }, shareBps: 100 },
    { document: { ...POLICY.document, [text]: text } },
  ];
  // Other routes refuse any body.
  const sent = ROUTES[route].method === 'POST' ? bodies : bodies.slice(0, 1);
  return [...inIds, ...inQuery, ...inHeaders, ...sent.map((body) => ({ params: ids, body }))];
}

/** Libraries, stacks, paths of a machine, and what V8 says. */
const DISCLOSED =
  /zod|dynalite|dynamo|aws-sdk|@smithy|middy|onnx|sharp|libvips|node_modules|node:|\.[cm]?[jt]s\b|\bat .+:\d+:\d+|\/(home|work|tmp|var|usr)\/|(Type|Syntax|Range)Error|Exception|JSON\.parse|call stack|Unexpected token/i;

type Refused = { readonly detail?: unknown; readonly errors?: readonly Record<string, unknown>[] };

/** What is wrong with an answer; undefined when nothing is. */
function faultOf(statusCode: number, body: string): string | undefined {
  if (statusCode >= 500) return `${statusCode}`;
  if (statusCode < 400) return undefined;
  const { detail, errors = [] } = JSON.parse(body) as Refused;
  const texts = [detail, ...errors.flatMap((violation) => Object.values(violation))].map(String);
  return texts.find((text) => /\p{C}|\p{Zl}|\p{Zp}/u.test(text) || text.length > 500 || DISCLOSED.test(text));
}

describe('the API', () => {
  it.each(ROUTE_NAMES)('answers every hostile request in own words, or takes it: %s', async (route) => {
    const handler = HANDLERS[ROUTES[route].servedBy];
    const faults: string[] = [];
    for (const text of HOSTILE) {
      for (const asked of requestsWith(route, text)) {
        const { statusCode, body } = await handler(requestTo(route, asked), context);
        const fault = faultOf(statusCode, body);
        if (fault !== undefined) faults.push(`${JSON.stringify(asked).slice(0, 150)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it.each(['\ud800', 'a\udc00b', 'M\ufffdnchen'])(
    'refuses a text that is no UTF-8 wherever a body has it: %j',
    async (text) => {
      const places = [
        { ...JOB, asset: { kind: 'property', address: text } },
        { ...JOB, photos: [{ ...PHOTO, filename: text }] },
        { ...JOB, photos: [{ ...PHOTO, subject: text }] },
      ];
      for (const place of places) {
        const { statusCode, body } = await HANDLERS['jobs-api'](requestTo('createJob', { body: place }), context);
        expect([statusCode, JSON.parse(body).code]).toEqual([400, 'invalid_json']);
      }
      const { statusCode, body } = await HANDLERS['keys-api'](
        requestTo('createKey', { body: { role: 'viewer', name: text } }),
        context,
      );
      expect([statusCode, JSON.parse(body).code]).toEqual([400, 'invalid_json']);
    },
  );
});
