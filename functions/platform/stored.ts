import { z } from 'zod';

/**
 * The version attribute of the rows that this release writes. It changes when existing rows must be read in another way.
 * Release 0.1.0 wrote version 1, without the attribute.
 */
export const ROW_VERSION = 2;

/**
 * The schema for reading rows: at every depth unknown fields are stripped, and limits and rules of input do not apply. During
 * a deployment two releases read each other's rows, and a row that one accepted must not fail in the other.
 *
 * Input keeps the strict schema.
 */
export const stored = <Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>> =>
  lenient(schema) as z.ZodType<z.output<Schema>>;

function lenient(schema: unknown): z.ZodType {
  if (schema instanceof z.ZodObject) {
    return z.object(Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, lenient(field)])));
  }
  if (schema instanceof z.ZodNumber) return z.number();
  if (schema instanceof z.ZodArray) return z.array(lenient(schema.element));
  if (schema instanceof z.ZodOptional) return lenient(schema.unwrap()).optional();
  if (schema instanceof z.ZodNullable) return lenient(schema.unwrap()).nullable();
  if (schema instanceof z.ZodDefault) return lenient(schema.unwrap()).default(schema.def.defaultValue);
  if (schema instanceof z.ZodReadonly) return lenient(schema.unwrap()).readonly();
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(lenient));
  if (schema instanceof z.ZodRecord) return z.record(schema.keyType, lenient(schema.valueType));
  if (schema instanceof z.ZodType) return schema;
  throw new Error('Expected a zod schema');
}
