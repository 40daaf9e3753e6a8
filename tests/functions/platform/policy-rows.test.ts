import { describe, expect, it } from 'vitest';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import { FINDINGS } from '../../../functions/condition/finding-policy.ts';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import type { Policy } from '../../../functions/platform/policy.ts';
import { revisionRowOf, rowOfRevision } from '../../../functions/platform/policy-rows.ts';
import { POLICIES } from '../../../functions/policies/registry.ts';

type Path = readonly string[];

/** The path of every field of an object, at every depth of objects. */
const pathsIn = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? []
    : Object.entries(value).flatMap(([name, each]) => [[...path, name], ...pathsIn(each, [...path, name])]);

/** The same without one field. */
function without(document: unknown, [name = '', ...rest]: Path): unknown {
  const { [name]: field, ...others } = document as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [name]: without(field, rest) };
}

/** What is read of a row in which this document is in force, and on trial. */
function readBack(policy: Policy, document: unknown) {
  const row = rowOfRevision(WorkspaceId.parse('acme'), policy.name, {
    revision: 2,
    versions: 2,
    active: { version: 1, document },
    candidate: { version: 2, document, shareBps: 1000 },
    change: 'trial_started',
    at: '2026-11-29T09:00:00.000Z',
    by: KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A'),
    why: 'a test',
  });
  const { active, candidate } = revisionRowOf(policy).parse(row);
  return { active: active.document, candidate: candidate?.document };
}

describe('a stored document of an earlier release', () => {
  it.each(POLICIES)('has the fields that it lacks from the default, at every depth: $name', (policy) => {
    const { defaults } = policy;
    const paths = pathsIn(defaults);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      const older = without(defaults, path);
      expect(readBack(policy, older), path.join('.')).toEqual({ active: defaults, candidate: defaults });
    }
  });

  it.each(POLICIES)(
    'cannot lack a field on purpose: a request without it is refused: $name',
    ({ schema, defaults }) => {
      for (const path of pathsIn(defaults)) {
        expect(schema.safeParse(without(defaults, path)).success, path.join('.')).toBe(false);
      }
    },
  );

  it('keeps every field that it has, also beside one that it lacks, and lists as they are', () => {
    const own = {
      ...FINDINGS.defaults,
      neverMinor: [],
      damagedAreaRatio: { severe: 0.9 },
      severityPoints: { ...FINDINGS.defaults.severityPoints, severe: 99 },
    };
    const { damagedAreaRatio, ...rest } = readBack(FINDINGS, own).active as typeof FINDINGS.defaults;
    expect(damagedAreaRatio).toEqual({ moderate: FINDINGS.defaults.damagedAreaRatio.moderate, severe: 0.9 });
    expect(rest).toEqual({ ...own, damagedAreaRatio: undefined });
  });

  it('is refused with a field of another type: a default would be a wrong answer', () => {
    const broken = { ...VEHICLE_RATING.defaults, severalPanels: 'three' };
    expect(() => readBack(VEHICLE_RATING, broken)).toThrow('severalPanels');
  });

  it('of which there is none stays the default', () => {
    expect(readBack(VEHICLE_RATING, undefined)).toEqual({ active: undefined, candidate: undefined });
  });
});
