import { cannotRun } from '../errors.ts';
import type { Answer } from './answer.ts';
import { checkVariables, substitute } from './context-variables.ts';
import { checkMapping, type MappingSource, mappedValue } from './parameter-mapping.ts';
import type { MockIntegration } from './rest-api-properties.ts';

const HEADER = 'method.response.header.';
/** The only supported request template of a mock: the status code of the backend that it replaces. */
const STATUS_TEMPLATE = /^\s*\{\s*"?statusCode"?\s*:\s*(\d{3})\s*\}\s*$/;

/** @throws CannotRunError when a mock's templates hold more than a status code and context variables */
export function checkMock(mock: MockIntegration, where: string): void {
  const request = requestTemplate(mock);
  if (request !== undefined && !STATUS_TEMPLATE.test(request)) {
    throw cannotRun(`${where}.RequestTemplates`, 'only { "statusCode": NNN } is supported');
  }
  for (const [index, response] of mock.IntegrationResponses.entries()) {
    for (const [name, expression] of Object.entries(response.ResponseParameters)) {
      checkMapping(expression, `${where}.IntegrationResponses.${index}.ResponseParameters.${name}`);
    }
    for (const [type, format] of Object.entries(response.ResponseTemplates)) {
      checkVariables(format, `${where}.IntegrationResponses.${index}.ResponseTemplates.${type}`);
    }
  }
}

/** A mock's response: the one whose pattern matches its status, else the one without a pattern; undefined without either. */
export function answerMock(mock: MockIntegration, source: MappingSource): Answer | undefined {
  const status = STATUS_TEMPLATE.exec(requestTemplate(mock) ?? '')?.[1] ?? '200';
  const response =
    mock.IntegrationResponses.find(
      ({ SelectionPattern }) => SelectionPattern && new RegExp(`^(?:${SelectionPattern})$`).test(status),
    ) ?? mock.IntegrationResponses.find(({ SelectionPattern }) => !SelectionPattern);
  if (response === undefined) return undefined;
  const [contentType, format] = Object.entries(response.ResponseTemplates)[0] ?? ['application/json', ''];
  const headers = Object.entries(response.ResponseParameters).flatMap(([name, expression]): [string, string][] => {
    const value = mappedValue(expression, source);
    return value === undefined || !name.startsWith(HEADER) ? [] : [[name.slice(HEADER.length), value]];
  });
  return {
    statusCode: Number(response.StatusCode),
    headers: [['content-type', contentType], ...headers],
    body: Buffer.from(substitute(format, source.variables, '')),
  };
}

function requestTemplate({ RequestTemplates }: MockIntegration): string | undefined {
  return RequestTemplates['application/json'] ?? Object.values(RequestTemplates)[0];
}
