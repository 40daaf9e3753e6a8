/** One measured number beside what it should be. */
export type Figure = {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** absent where nothing was promised */
  readonly target?: { readonly is: 'at least' | 'at most'; readonly value: number };
};

/** Whether a figure reaches its target; undefined where there is none. */
export function reaches({ measured, target }: Figure): boolean | undefined {
  if (!target) return undefined;
  return target.is === 'at least' ? measured >= target.value : measured <= target.value;
}

/** The value below which this share of the samples lies: nearest rank, so always a sample. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error('no samples to take a percentile of');
  return value;
}
