import { cannotRun } from '../errors.ts';
import { requirePermission } from '../events/lambda-permissions.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { executeArn, targetOfUri } from './lambda-target.ts';
import type { RequestContent } from './request-content.ts';
import { AuthorizerProperties } from './rest-api-properties.ts';

/** A Lambda authorizer. */
export type Authorizer = {
  readonly id: string;
  readonly type: 'REQUEST' | 'TOKEN';
  readonly targetId: string;
  readonly identitySources: readonly string[];
  /** lifetime of a cached response, per identity; 0 disables the cache */
  readonly cacheSeconds: number;
  /** the regular expression of a TOKEN authorizer's token */
  readonly tokenPattern?: RegExp;
};

const SOURCE = /^method\.request\.(header|querystring)\.([\w.-]+)$/;

/** The authorizers of an API, by id. */
export function readAuthorizers(template: Template, restApiId: string): ReadonlyMap<string, Authorizer> {
  const authorizers = resourcesOf(template, 'AWS::ApiGateway::Authorizer').flatMap(
    (resource): [string, Authorizer][] => {
      const where = `${resource.logicalId} (${resource.type}) Properties`;
      const properties = readProperties(resource, AuthorizerProperties);
      if (properties.RestApiId !== restApiId) return [];
      const targetId = targetOfUri(template, properties.AuthorizerUri, `${where}.AuthorizerUri`);
      const id = resource.physicalId;
      const source = executeArn(template, restApiId, `authorizers/${id}`);
      requirePermission(template, targetId, 'apigateway.amazonaws.com', source, where);
      const identitySources = properties.IdentitySource.split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      const unknown = identitySources.find((one) => !SOURCE.test(one));
      if (unknown) throw cannotRun(`${where}.IdentitySource`, `${unknown} is not supported`);
      const cacheSeconds = properties.AuthorizerResultTtlInSeconds;
      if (identitySources.length === 0 && (properties.Type === 'TOKEN' || cacheSeconds > 0)) {
        throw cannotRun(
          `${where}.IdentitySource`,
          'is missing: only a REQUEST authorizer that is not cached needs none',
        );
      }
      const pattern = properties.IdentityValidationExpression;
      const tokenPattern = pattern === undefined ? {} : { tokenPattern: new RegExp(`^(?:${pattern})$`) };
      return [[id, { id, type: properties.Type, targetId, identitySources, cacheSeconds, ...tokenPattern }]];
    },
  );
  return new Map(authorizers);
}

/** The values of the authorizer's identity sources; undefined when one is missing or the token is not valid. */
export function identityOf(
  { identitySources, tokenPattern }: Authorizer,
  { headers, query }: Pick<RequestContent, 'headers' | 'query'>,
): readonly string[] | undefined {
  const values = identitySources.map((source) => {
    const [, place, name = ''] = SOURCE.exec(source) ?? [];
    return (place === 'header' ? headers.get(name.toLowerCase()) : query.get(name))?.at(-1) ?? '';
  });
  if (values.includes('')) return undefined;
  return tokenPattern && !tokenPattern.test(values[0] ?? '') ? undefined : values;
}
