import { z } from 'zod';
import { BooleanLike, NumberLike } from '../template/known/known-type.ts';

/** Schemas of the API Gateway resources. The loader checks the names of properties, these schemas what is inside. */
const Texts = z.record(z.string(), z.string());
const Flags = z.record(z.string(), BooleanLike);

export const ApiProperties = z.object({
  Name: z.string(),
  BinaryMediaTypes: z.array(z.string()).default([]),
  ApiKeySourceType: z.enum(['HEADER', 'AUTHORIZER']).default('HEADER'),
  MinimumCompressionSize: z.never({ error: 'compression is not supported' }).optional(),
});

export const ResourceProperties = z.object({ ParentId: z.string(), PathPart: z.string(), RestApiId: z.string() });

const IntegrationResponse = z.strictObject({
  StatusCode: z.string(),
  SelectionPattern: z.string().optional(),
  ResponseParameters: Texts.default({}),
  ResponseTemplates: Texts.default({}),
});

const Lambda = z.strictObject({
  Type: z.literal('AWS_PROXY'),
  IntegrationHttpMethod: z.literal('POST'),
  Uri: z.string(),
  TimeoutInMillis: NumberLike.default(29_000),
  PassthroughBehavior: z.string().optional(),
});
const Mock = z.strictObject({
  Type: z.literal('MOCK'),
  RequestTemplates: Texts.default({}),
  IntegrationResponses: z.array(IntegrationResponse).default([]),
  PassthroughBehavior: z.string().optional(),
});
export type MockIntegration = z.infer<typeof Mock>;

export const MethodProperties = z.object({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  ApiKeyRequired: BooleanLike.default(false),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
  Integration: z.discriminatedUnion('Type', [Lambda, Mock]),
  RequestParameters: Flags.default({}),
  RequestModels: Texts.default({}),
  RequestValidatorId: z.string().optional(),
});

export const ValidatorProperties = z.object({
  ValidateRequestBody: BooleanLike.default(false),
  ValidateRequestParameters: BooleanLike.default(false),
});
export const ModelProperties = z.object({
  RestApiId: z.string(),
  Name: z.string().optional(),
  Schema: z.union([z.string().transform((text): unknown => JSON.parse(text)), z.record(z.string(), z.unknown())]),
});

export const AuthorizerProperties = z.object({
  RestApiId: z.string(),
  Type: z.enum(['REQUEST', 'TOKEN']),
  AuthorizerUri: z.string(),
  IdentitySource: z.string().default(''),
  AuthorizerResultTtlInSeconds: NumberLike.default(300),
  IdentityValidationExpression: z.string().optional(),
  AuthorizerCredentials: z.never({ error: 'an authorizer’s own role is not supported' }).optional(),
});

const MethodSetting = z.strictObject({
  HttpMethod: z.string(),
  ResourcePath: z.string(),
  ThrottlingRateLimit: NumberLike.optional(),
  ThrottlingBurstLimit: NumberLike.optional(),
  MetricsEnabled: BooleanLike.default(false),
  LoggingLevel: z.string().optional(),
  DataTraceEnabled: BooleanLike.optional(),
  CachingEnabled: z.literal(false, { error: 'caching is not supported' }).optional(),
});
export type MethodSetting = z.infer<typeof MethodSetting>;

export const StageProperties = z.object({
  RestApiId: z.string(),
  StageName: z.string(),
  MethodSettings: z.array(MethodSetting).default([]),
  AccessLogSetting: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
  Variables: Texts.optional(),
  DeploymentId: z.string(),
});

const PlanThrottle = z.strictObject({ RateLimit: NumberLike, BurstLimit: NumberLike });
export const UsagePlanProperties = z.object({
  ApiStages: z
    .array(
      z.strictObject({
        ApiId: z.string(),
        Stage: z.string(),
        Throttle: z.record(z.string(), PlanThrottle).default({}),
      }),
    )
    .default([]),
  Throttle: PlanThrottle.optional(),
  Quota: z
    .strictObject({
      Limit: NumberLike,
      Period: z.enum(['DAY', 'WEEK', 'MONTH']),
      Offset: z.literal(0, { error: 'an offset is not supported' }).optional(),
    })
    .optional(),
});

export const ApiKeyProperties = z.object({
  // API Gateway generates a value where there is none; without its control plane nobody could read it.
  Value: z.string().regex(/^[0-9A-Za-z]{20,128}$/, 'expected 20 to 128 letters and digits'),
  Enabled: BooleanLike.default(false),
});
export const UsagePlanKeyProperties = z.object({
  KeyId: z.string(),
  KeyType: z.literal('API_KEY'),
  UsagePlanId: z.string(),
});
