import { Ajv, type ValidateFunction } from 'ajv';
import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import type { RequestContent } from './request-content.ts';
import { type MethodProperties, ModelProperties, ValidatorProperties } from './rest-api-properties.ts';

/** The checks of a method's request validator; none without a validator. */
export type RequestCheck = {
  /** e.g. `method.request.querystring.limit` */
  readonly requiredParameters: readonly string[];
  /** by content type */
  readonly bodies: ReadonlyMap<string, ValidateFunction>;
};

type Method = Pick<
  ReturnType<typeof MethodProperties.parse>,
  'RestApiId' | 'RequestParameters' | 'RequestModels' | 'RequestValidatorId'
>;

/** Reads a method's validator with its models. Their JSON schemas (draft 4) are validated by a later draft's rules. */
export function readRequestCheck(template: Template, method: Method, where: string): RequestCheck {
  const validator = resourcesOf(template, 'AWS::ApiGateway::RequestValidator').find(
    ({ physicalId }) => physicalId === method.RequestValidatorId,
  );
  if (validator === undefined) {
    if (method.RequestValidatorId) throw cannotRun(`${where}.RequestValidatorId`, 'is no validator of the template');
    return { requiredParameters: [], bodies: new Map() };
  }
  const { ValidateRequestBody, ValidateRequestParameters } = readProperties(validator, ValidatorProperties);
  const required = Object.entries(method.RequestParameters).filter(([, isRequired]) => isRequired);
  const models = Object.entries(method.RequestModels);
  return {
    requiredParameters: ValidateRequestParameters ? required.map(([name]) => name) : [],
    bodies: new Map(
      ValidateRequestBody
        ? models.map(([type, name]) => [type, compileModel(template, method.RestApiId, name, `${where}.RequestModels`)])
        : [],
    ),
  };
}

function compileModel(template: Template, restApiId: string, name: string, where: string): ValidateFunction {
  const models = resourcesOf(template, 'AWS::ApiGateway::Model');
  const model = models.find(({ physicalId, properties }) => physicalId === name && properties.RestApiId === restApiId);
  if (model === undefined) throw cannotRun(where, `${name} is no model of the template`);
  const { $schema, ...schema } = Object(readProperties(model, ModelProperties).Schema);
  try {
    return new Ajv({ strict: false, validateFormats: false }).compile(schema);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw cannotRun(`${model.logicalId} (${model.type}) Properties.Schema`, problem);
  }
}

/** The error of an invalid request, or undefined. A body whose content type has no model is valid, as on AWS. */
export function checkRequest(
  { requiredParameters, bodies }: RequestCheck,
  request: RequestContent & { readonly body: Buffer },
): GatewayError | undefined {
  const missing = requiredParameters.filter((parameter) => !hasParameter(parameter, request));
  if (missing.length > 0) {
    const names = missing.map((parameter) => parameter.split('.').at(-1)).join(', ');
    return gatewayError('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${names}]`);
  }
  const contentType = request.headers.get('content-type')?.at(-1)?.split(';')[0]?.trim() ?? 'application/json';
  const validate = bodies.get(contentType);
  return validate === undefined || isValid(validate, request.body) ? undefined : gatewayError('BAD_REQUEST_BODY');
}

function hasParameter(parameter: string, request: RequestContent): boolean {
  const [, , place, ...name] = parameter.split('.');
  if (place === 'path') return (request.pathParameters[name.join('.')] ?? '') !== '';
  if (place === 'header')
    return (request.headers.get(name.join('.').toLowerCase()) ?? []).some((value) => value !== '');
  return (request.query.get(name.join('.')) ?? []).some((value) => value !== '');
}

function isValid(validate: ValidateFunction, body: Buffer): boolean {
  try {
    return validate(JSON.parse(body.toString('utf8')));
  } catch {
    return false;
  }
}
