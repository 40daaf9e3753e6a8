import { ROUTES, type RouteName } from '../../../functions/platform/names/routes.ts';

/** Where the API document says what an operation answers, as a reference into the schema that ajv knows as `api`. */
export function replySchemaOf(route: RouteName, status: string, contentType: string): { readonly $ref: string } {
  const { method, path } = ROUTES[route];
  const pointer = ['paths', path, method.toLowerCase(), 'responses', status, 'content', contentType, 'schema'];
  const parts = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
  return { $ref: `api#/${parts.join('/')}` };
}
