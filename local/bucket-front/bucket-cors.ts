import { z } from 'zod';
import { matchesWildcard, matchesWildcardIgnoringCase } from '../gate/wildcard.ts';
import { NumberLike } from '../template/known/known-type.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';

const CorsRule = z.strictObject({
  Id: z.string().optional(),
  AllowedHeaders: z.array(z.string()).default([]),
  AllowedMethods: z.array(z.string()),
  AllowedOrigins: z.array(z.string()),
  ExposedHeaders: z.array(z.string()).default([]),
  MaxAge: NumberLike.optional(),
});
export type CorsRule = z.infer<typeof CorsRule>;

/** Only the CORS part of a bucket; the runner's emulators read the rest. */
const WithCors = z.object({ CorsConfiguration: z.strictObject({ CorsRules: z.array(CorsRule) }).optional() });

export type CorsQuestion = {
  readonly origin: string;
  /** of the request, or a preflight's Access-Control-Request-Method */
  readonly method: string;
  /** a preflight's Access-Control-Request-Headers */
  readonly requestHeaders?: readonly string[];
};

/** The CORS rules of each bucket of the template, by its name. */
export function readBucketCors(template: Template): ReadonlyMap<string, readonly CorsRule[]> {
  return new Map(
    resourcesOf(template, 'AWS::S3::Bucket').map(({ physicalId, properties }) => [
      physicalId,
      WithCors.parse(properties).CorsConfiguration?.CorsRules ?? [],
    ]),
  );
}

/** The response headers of the first matching rule; undefined when no rule matches. */
export function corsHeaders(
  rules: readonly CorsRule[],
  { origin, method, requestHeaders = [] }: CorsQuestion,
): { readonly [header: string]: string } | undefined {
  const rule = rules.find(
    ({ AllowedOrigins, AllowedMethods, AllowedHeaders }) =>
      AllowedOrigins.some((one) => matchesWildcard(one, origin)) &&
      AllowedMethods.includes(method) &&
      requestHeaders.every((header) => AllowedHeaders.some((one) => matchesWildcardIgnoringCase(one, header))),
  );
  if (rule === undefined) return undefined;
  const everyone = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': everyone ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(requestHeaders.length > 0 && { 'access-control-allow-headers': requestHeaders.join(', ') }),
    ...(rule.ExposedHeaders.length > 0 && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
    ...(!everyone && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
