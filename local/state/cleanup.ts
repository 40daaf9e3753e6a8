/** How a stack ends: gracefully, or as by a power cut. */
export type Ending = 'stop' | 'kill';

export type Cleanup = {
  /** adds a step; steps run in reverse order */
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
