import { openapiDocument } from '../../../functions/operations/openapi.ts';
import type { RouteName } from '../../../functions/platform/names/routes.ts';

/** A number that a request may hold. */
export type NumericField = {
  readonly route: RouteName;
  readonly part: 'body' | 'query' | 'path';
  /** of the asset, where the body has one of several kinds */
  readonly variant: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[];
  /** a value that the schema allows */
  readonly allowed: number;
};

type Schema = Readonly<Record<string, unknown>>;
type Found = Pick<NumericField, 'variant' | 'path' | 'allowed'>;

const schemasIn = (value: unknown): readonly Schema[] =>
  Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [];

/** What a variant of a union is known by: its constants, and of the document of a policy its title. */
const constantsOf = ({ properties, title }: Schema): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    Object.entries((properties ?? {}) as Record<string, Schema>)
      .filter(([, property]) => property.const !== undefined)
      .map(([name, property]) => [name, property.const]),
  ),
  ...(title !== undefined && { title }),
});

function numbersIn(schema: Schema, definitions: Schema, path: Found['path'], variant: Found['variant']): Found[] {
  if (typeof schema.$ref === 'string') {
    const target = definitions[schema.$ref.split('/').at(-1) ?? ''] as Schema;
    return numbersIn(target, definitions, path, variant);
  }
  const variants = [...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)];
  if (variants.length > 0) {
    return variants.flatMap((each) => numbersIn(each, definitions, path, { ...variant, ...constantsOf(each) }));
  }
  if (schema.type === 'number' || schema.type === 'integer') {
    return [{ variant, path, allowed: typeof schema.minimum === 'number' ? schema.minimum : 1 }];
  }
  if (schema.type === 'array') return numbersIn(schema.items as Schema, definitions, [...path, 0], variant);
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, property]) =>
    numbersIn(property, definitions, [...path, name], variant),
  );
}

type Operation = {
  readonly operationId: RouteName;
  readonly parameters?: readonly { readonly name: string; readonly in: 'query' | 'path'; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
};

/** Every number that a request of the API may hold, as the OpenAPI document of the contracts has them. */
export const NUMERIC_FIELDS: readonly NumericField[] = (() => {
  const { paths, components } = JSON.parse(JSON.stringify(openapiDocument('1'))) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Schema };
  };
  const operations = Object.values(paths).flatMap((byMethod) => Object.values(byMethod));
  return operations.flatMap(({ operationId: route, parameters = [], requestBody }) => {
    const body = numbersIn(requestBody?.content['application/json'].schema ?? {}, components.schemas, [], {});
    const named = parameters.flatMap((parameter) =>
      numbersIn(parameter.schema, components.schemas, [parameter.name], {}).map((found) => ({
        route,
        part: parameter.in,
        ...found,
      })),
    );
    return [...body.map((found) => ({ route, part: 'body' as const, ...found })), ...named];
  });
})();
