/** A day as YYYY-MM-DD, undefined where none is written, or why it cannot be read. */
export type Day = string | undefined | { readonly problem: string };

/** The order of the parts of a day such as 6/23/18. */
type Order = 'month-first' | 'day-first';

/**
 * Reads a column of days, each as 2018-06-23, 20180623T000000, or 6/23/18.
 *
 * The order of day and month is guessed nowhere: it is that of the column's days which have one order only (23 is no month), if
 * they agree. Without such days, or where they disagree, a day that could be either is a problem.
 */
export function readDays(column: readonly (string | undefined)[]): readonly Day[] {
  const orders = new Set(
    column.flatMap((text) => {
      const possible = Object.keys(text === undefined ? {} : slashed(text));
      return possible.length === 1 ? possible : [];
    }),
  );
  const [order] = orders.size === 1 ? orders : [];
  return column.map((text) => (text === undefined ? undefined : readDay(text, order)));
}

function readDay(text: string, order: string | undefined): Day {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text) ?? [];
  const iso = dayOf(year, month, day);
  if (iso !== undefined) return iso;
  const possible = Object.entries(slashed(text));
  const days = new Set(possible.map(([, each]) => each));
  const [only] = days;
  if (days.size === 1) return only;
  const settled = possible.find(([each]) => each === order)?.[1];
  if (settled !== undefined) return settled;
  if (days.size > 1) {
    return { problem: `expected a day such as 2018-06-23, received "${text}", which may be ${[...days].join(' or ')}` };
  }
  return { problem: `expected a day such as 2018-06-23, received "${text.slice(0, 40)}"` };
}

/** What a day with slashes can be, by the order of its parts. */
function slashed(text: string): Partial<Record<Order, string>> {
  const [, first, second, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text) ?? [];
  const monthFirst = dayOf(year?.padStart(4, '20'), first, second);
  const dayFirst = dayOf(year?.padStart(4, '20'), second, first);
  return {
    ...(monthFirst !== undefined && { 'month-first': monthFirst }),
    ...(dayFirst !== undefined && { 'day-first': dayFirst }),
  };
}

/** The day, if the calendar has it. */
function dayOf(year = '', month = '', day = ''): string | undefined {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return new Date(`${written}T00:00:00Z`).toJSON()?.startsWith(written) ? written : undefined;
}
