import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { needsIn, templateOf } from './synthesized.ts';

describe.each(ENVIRONMENT_NAMES)('the templates of FettleStack in %s', (name) => {
  const { stacks } = templateOf(name);

  it('has no dependency cycle in any stack', () => {
    expect(stacks.flatMap((stack) => inCycles(needsIn(stack)))).toEqual([]);
  });

  it('has at most 400 resources in any stack, and 160 parameters and outputs: a fifth below CloudFormation’s limits', () => {
    const full = stacks.filter(
      ({ Resources, Parameters, Outputs }) =>
        Object.keys(Resources).length > 400 ||
        Object.keys(Parameters).length > 160 ||
        Object.keys(Outputs).length > 160,
    );
    expect(full).toEqual([]);
  });

  it('has no logical id twice, so that no name on one machine depends on nesting', () => {
    const ids = stacks.flatMap(({ Resources }) => Object.keys(Resources));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

/** The ids that are reached from themselves. */
const inCycles = (needs: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.keys(needs).filter((start) => {
    const seen = new Set<string>();
    const reaches = (id: string): boolean =>
      (needs[id] ?? []).some((next) => {
        if (next === start) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next);
      });
    return reaches(start);
  });
