import type { z } from 'zod';
import { cannotRun } from './errors.ts';
import type { Resource } from './types.ts';

/**
 * A resource's properties, parsed by the schema. An unknown key inside a property is an error that names resource and
 * property; the names of the properties were checked when the template was loaded.
 */
export function readProperties<Schema extends z.ZodObject>(resource: Resource, schema: Schema): z.output<Schema> {
  const result = schema.strip().safeParse(resource.properties);
  if (result.success) return result.data as z.output<Schema>;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : [];
  const path = ['Properties', ...(issue?.path ?? []), ...unknown].join('.');
  const problem = unknown.length > 0 ? 'the runner does not know this property' : (issue?.message ?? 'is invalid');
  throw cannotRun(`${resource.logicalId} (${resource.type}) ${path}`, problem);
}
