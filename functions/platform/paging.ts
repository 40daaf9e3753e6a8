import { z } from 'zod';

/** Entries of a page when the request names no limit. Chosen by eye: a screenful. */
const PAGE_SIZE = 20;

/** The most entries of a page. */
export const LARGEST_PAGE = 100;

/** Entries of a page. Digits, because it is in a query string; an integer in the OpenAPI document. */
const Limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, `expected an integer from 1 to ${LARGEST_PAGE}`)
  .transform(Number)
  .pipe(z.int().max(LARGEST_PAGE))
  .default(PAGE_SIZE)
  .meta({
    description: 'The most entries that the page may have.',
    override: ({ jsonSchema }: { readonly jsonSchema: { pattern?: unknown } }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: PAGE_SIZE });
    },
  });

/** Query parameters of every list. */
export const PageQuery = z.strictObject({
  limit: Limit,
  cursor: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('The `nextCursor` of the page before; none for the first page.'),
});

/** In every list's reply, beside its entries. */
export const NextCursor = z
  .string()
  .optional()
  .describe('Send it as `cursor` for the next page. Absent on the last page.');

/** A page of a list. Without `nextPosition` it is the last; other pages can be short or empty, too. */
export type Page<Entry> = { readonly entries: readonly Entry[]; readonly nextPosition?: string | undefined };
