import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { JobView } from '../../../functions/jobs/jobs-contract.ts';
import { CONTRACTS, EXAMPLES } from '../../../functions/operations/api-contracts.ts';
import { openapiDocument, problemCodesOf, servedAt } from '../../../functions/operations/openapi.ts';
import type { Contract, Example } from '../../../functions/platform/contract.ts';
import { PROBLEMS } from '../../../functions/platform/names/problems.ts';
import { ROUTES, type RouteName } from '../../../functions/platform/names/routes.ts';
import { replySchemaOf } from './reply-schema.ts';

const document = JSON.parse(JSON.stringify(openapiDocument('0.1.0')));
const names = Object.keys(ROUTES) as RouteName[];
const operationOf = (name: RouteName) => document.paths[ROUTES[name].path][ROUTES[name].method.toLowerCase()];

type Described = { readonly description?: string };
type Schema = {
  readonly properties?: Record<string, Described>;
  readonly parameters?: (Described & { name: string })[];
};

/** Where in the document a property or parameter has no description. */
function undescribed(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {}, parameters = [] }: Schema = node;
  const fields = [
    ...Object.entries(properties),
    ...parameters.map((parameter) => [parameter.name, parameter] as const),
  ];
  const missing = fields.filter(([, { description }]) => !description).map(([name]) => `${path}.${name}`);
  const below = Object.entries(node).filter(([name]) => name !== 'example' && name !== 'examples');
  return [...missing, ...below.flatMap(([name, child]) => undescribed(child, `${path}/${name}`))];
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false }).addSchema(document, 'api');

describe('openapiDocument', () => {
  it.each(names)('describes %s under its own name', (name) => expect(operationOf(name)?.operationId).toBe(name));

  it('describes nothing that is no route', () => {
    const operations = Object.values<object>(document.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(names.length);
  });

  it('describes every field and parameter, in words', () => {
    expect(undescribed(document)).toEqual([]);
  });

  it.each(names)('says how %s refuses', (name) => {
    const contract: Contract = CONTRACTS[name];
    const statuses = problemCodesOf(ROUTES[name], contract).map((code) => `${PROBLEMS[code].status}`);
    expect(Object.keys(operationOf(name).responses)).toEqual(expect.arrayContaining(statuses));
  });

  it('requires a key everywhere except on public routes', () => {
    const open = names.filter((name) => operationOf(name).security?.length === 0);
    expect(open).toEqual(names.filter((name) => ROUTES[name].role === 'public'));
  });

  it.each(names)('has schemas that a validator takes: %s', (name) => {
    for (const status of Object.keys(operationOf(name).responses)) {
      const [type] = Object.keys(operationOf(name).responses[status].content);
      expect(() => ajv.compile(replySchemaOf(name, status, String(type)))).not.toThrow();
    }
  });
});

describe('servedAt', () => {
  it.each(['/live/api/v1', '/api/v1'])('gives paths that are joined to %s as they stand', (apiPath) => {
    const { servers, paths } = servedAt(apiPath, openapiDocument('0.1.0'));
    const urls = Object.keys(paths ?? {}).map((path) => `${servers[0]?.url}${path}`);
    expect(urls).toEqual([...new Set(names.map((name) => `${apiPath}${ROUTES[name].path}`))]);
  });
});

const parses = (schema: z.ZodType | undefined, value: unknown) => schema?.safeParse(value).error?.issues ?? [];

describe('EXAMPLES', () => {
  it.each(names)('show an answer of %s as it really is', (name) => {
    expect(parses(CONTRACTS[name].reply, EXAMPLES[name].reply)).toEqual([]);
  });

  it.each(names)('show a request for %s as it must be', (name) => {
    const contract: Contract = CONTRACTS[name];
    const example: Example = EXAMPLES[name];
    expect(parses(contract.body, example.body)).toEqual([]);
  });

  it.each(['getJob', 'cancelJob'] as const)('offer no start of a job that has ended: %s', (name) => {
    expect(EXAMPLES[name].reply.links).not.toHaveProperty('start');
  });

  it('rate only what was assessed', () => {
    expect(JobView.parse(EXAMPLES.getJob.reply).assessment).toMatchObject({
      quality: { photos: { total: 3, assessed: 2, rejected: 1 } },
      rating: { interior: { status: 'rated' }, overall: { status: 'undetermined' } },
    });
  });
});
