import { z } from 'zod';
import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import type { Answer } from './answer.ts';
import { checkVariables, substitute } from './context-variables.ts';
import { type GatewayError, RESPONSE_TYPES } from './gateway-error.ts';
import { checkMapping, type MappingSource, mappedValue } from './parameter-mapping.ts';

const Properties = z.object({
  RestApiId: z.string(),
  ResponseType: z.string(),
  StatusCode: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
});

/** A gateway response of the template, which customizes one of the gateway's own errors. */
export type GatewayResponse = z.infer<typeof Properties>;
export type GatewayResponses = ReadonlyMap<string, GatewayResponse>;

const HEADER = 'gatewayresponse.header.';
/** API Gateway's default body. */
const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

/** The gateway responses of one API, by type. */
export function readGatewayResponses(template: Template, restApiId: string): GatewayResponses {
  const responses = resourcesOf(template, 'AWS::ApiGateway::GatewayResponse').flatMap((resource) => {
    const where = `${resource.logicalId} (${resource.type}) Properties`;
    const response = readProperties(resource, Properties);
    if (response.RestApiId !== restApiId) return [];
    if (!RESPONSE_TYPES.includes(response.ResponseType)) {
      throw cannotRun(`${where}.ResponseType`, `${response.ResponseType} is not known here`);
    }
    for (const [type, format] of Object.entries(response.ResponseTemplates)) {
      checkVariables(format, `${where}.ResponseTemplates.${type}`);
    }
    for (const [name, expression] of Object.entries(response.ResponseParameters)) {
      checkMapping(expression, `${where}.ResponseParameters.${name}`);
      if (!name.startsWith(HEADER)) throw cannotRun(`${where}.ResponseParameters.${name}`, 'is no header');
    }
    return [[response.ResponseType, response] as const];
  });
  return new Map(responses);
}

/**
 * The response for one of the gateway's own errors, by the template's gateway response for its type, else for `DEFAULT_4XX`
 * or `DEFAULT_5XX`. A status in the gateway response overrides the error's.
 */
export function renderError(error: GatewayError, responses: GatewayResponses, source: MappingSource): Answer {
  const fallback = error.statusCode < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const response = responses.get(error.type) ?? responses.get(fallback);
  const variables = new Map([
    ...source.variables,
    ['error.message', error.message],
    ['error.messageString', JSON.stringify(error.message)],
    ['error.responseType', error.type],
  ]);
  const templates = Object.keys(response?.ResponseTemplates ?? {}).length > 0 ? response?.ResponseTemplates : undefined;
  const [contentType, format] = chooseTemplate(templates ?? DEFAULT_TEMPLATES, source.headers.get('accept'));
  const mapped = Object.entries(response?.ResponseParameters ?? {}).flatMap(
    ([name, expression]): [string, string][] => {
      const value = mappedValue(expression, { ...source, variables });
      return value === undefined ? [] : [[name.slice(HEADER.length).toLowerCase(), value]];
    },
  );
  const headers = new Map([['content-type', contentType], ['x-amzn-errortype', error.errorType], ...mapped]);
  return {
    statusCode: Number(response?.StatusCode ?? error.statusCode),
    headers: [...headers],
    body: Buffer.from(substitute(format, variables, '')),
    error,
  };
}

/** The template of an accepted media type, else of JSON, else the first. */
function chooseTemplate(templates: { readonly [contentType: string]: string }, accept = ''): readonly [string, string] {
  const accepted = accept.split(',').map((type) => type.split(';')[0]?.trim() ?? '');
  const choices = Object.entries(templates);
  const json = choices.find(([type]) => type === 'application/json');
  return choices.find(([type]) => accepted.includes(type)) ?? json ?? choices[0] ?? ['application/json', ''];
}
