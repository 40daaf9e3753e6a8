/** How a stack ends: what it must let go of, and in which way. */
export type Ending = 'stop' | 'kill';

export type Cleanup = {
  /** to be done at the end, the latest first */
  readonly add: (step: (ending: Ending) => unknown) => void;
  readonly run: (ending: Ending) => Promise<void>;
};

/** Runs every step even when one fails, then throws the first failure. */
export function cleanup(): Cleanup {
  const steps: ((ending: Ending) => unknown)[] = [];
  return {
    add: (step) => {
      steps.push(step);
    },
    run: async (ending) => {
      const failures: unknown[] = [];
      for (const step of steps.splice(0).reverse()) {
        try {
          await step(ending);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
