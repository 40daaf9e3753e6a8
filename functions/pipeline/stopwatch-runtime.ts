import type { Timings } from '../photos/photo-assessment.ts';

export type Stopwatch = {
  /** Runs a step and records its duration. */
  readonly time: <T>(step: string, work: () => Promise<T>) => Promise<T>;
  /** Milliseconds per step so far, and their sum as `total`. */
  readonly timings: () => Timings;
};

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

/** Times the steps of one photo. */
export function stopwatch(): Stopwatch {
  const started = performance.now();
  const steps: Record<string, number> = {};
  return {
    time: async (step, work) => {
      const before = performance.now();
      const result = await work();
      steps[step] = tenths(performance.now() - before);
      return result;
    },
    timings: () => ({ ...steps, total: tenths(performance.now() - started) }),
  };
}
