/** How the traffic of a function is shifted to its new version. */
const SHIFTS = ['all-at-once', 'canary', 'linear'] as const;
export type Shift = (typeof SHIFTS)[number];

/**
 * The value of `-c shift=…`, which overrides the environment's; undefined when there is none.
 *
 * @throws when there is no such shift
 */
export function readShift(given: unknown): Shift | undefined {
  if (given === undefined) return undefined;
  const shift = SHIFTS.find((known) => known === given);
  if (shift) return shift;
  throw new Error(`Expected -c shift=${SHIFTS.join('|')}; got ${JSON.stringify(given)}.`);
}
