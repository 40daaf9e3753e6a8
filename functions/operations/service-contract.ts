import { z } from 'zod';
import type { Contracts } from '../platform/contract.ts';

/** The contracts of `service-api`. */
export const SERVICE_API = {
  getHealth: {
    summary: 'Check whether the API is up',
    description: 'Checks nothing else; see `/ready`.',
    status: 200,
    reply: z.strictObject({
      status: z.literal('ok').describe('Always ok.'),
      version: z.string().describe('Version of Fettle.'),
      environment: z.string().describe('The environment of this API: dev, staging or prod.'),
    }),
    problems: [],
  },
  getOpenapi: {
    summary: 'Get this document',
    description: 'An OpenAPI 3.1 document, made from the schemas that requests are validated against.',
    status: 200,
    reply: z.looseObject({ openapi: z.string().describe('Version of the OpenAPI specification.') }),
    problems: [],
  },
} as const satisfies Contracts<'service-api'>;
