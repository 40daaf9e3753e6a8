export type Quota = { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };

/** The first day (UTC, yyyy-mm-dd) of the period of a time; weeks begin on Sunday, as in API Gateway. */
export function periodStart(period: Quota['period'], nowMs: number): string {
  const day = new Date(nowMs);
  day.setUTCHours(0, 0, 0, 0);
  if (period === 'WEEK') day.setUTCDate(day.getUTCDate() - day.getUTCDay());
  if (period === 'MONTH') day.setUTCDate(1);
  return day.toISOString().slice(0, 10);
}
