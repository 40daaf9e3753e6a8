import type { z } from 'zod';
import { sha256 } from './sha256.ts';

/** The same, of which nothing can be changed at any depth. */
export type Immutable<T> = T extends (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

/** Where a document contradicts itself, and what is expected there: a message that begins with "expected". */
export type Contradiction = { readonly path: readonly (string | number)[]; readonly message: string };

/** A set of rules that decides something, and that each workspace may replace by versions of its own. */
export type Policy<Name extends string = string, Schema extends z.ZodType = z.ZodType> = {
  /** as in the path of the API, in kebab-case */
  readonly name: Name;
  readonly title: string;
  /** what it decides, in a sentence */
  readonly summary: string;
  /** the shape and bounds of a document, each field described, and the relations between them */
  readonly schema: Schema;
  /** the document that is in force until a workspace has a version of its own: version 0 */
  readonly defaults: Immutable<z.output<Schema>>;
};

/** A document of this policy, as rules take it. */
export type DocumentOf<P extends Policy> = Immutable<z.output<P['schema']>>;

type Definition<Name extends string, Shape extends z.ZodObject> = Omit<Policy<Name, Shape>, 'schema'> & {
  readonly shape: Shape;
  /** what its fields must be to each other, beyond what each must be by itself */
  readonly contradictionsIn: (document: z.output<Shape>) => readonly Contradiction[];
};

/** A policy by its fields and the relations between them. */
export const definePolicy = <const Name extends string, Shape extends z.ZodObject>({
  shape,
  contradictionsIn,
  ...policy
}: Definition<Name, Shape>): Policy<Name, Shape> => ({
  ...policy,
  schema: shape.superRefine((document, context) => {
    for (const { path, message } of contradictionsIn(document)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  }),
});

/** Hex digits of a digest: 64 bits tell documents apart; they protect nothing. */
const DIGEST_DIGITS = 16;

/** The digest of a document, whatever the order of its fields: the first 64 bits of the SHA-256 of its canonical JSON, in hex. */
export const digestOf = (document: unknown): string =>
  sha256(JSON.stringify(canonical(document))).slice(0, DIGEST_DIGITS);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, canonical(each)]));
}
