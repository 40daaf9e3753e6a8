export type Quota = { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };

/** The first day (UTC, yyyy-mm-dd) of the period that a time is in; weeks begin on Sunday, as API Gateway's do. */
export function periodStart(period: Quota['period'], nowMs: number): string {
  const day = new Date(nowMs);
  day.setUTCHours(0, 0, 0, 0);
  if (period === 'WEEK') day.setUTCDate(day.getUTCDate() - day.getUTCDay());
  if (period === 'MONTH') day.setUTCDate(1);
  return day.toISOString().slice(0, 10);
}
