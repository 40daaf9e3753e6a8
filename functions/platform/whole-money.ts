/** An amount in whole units of its currency, rounded, as an American reads it: $12,300. */
export const wholeMoney = (cents: number, currency: string): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 0 }).format(cents / 100);
