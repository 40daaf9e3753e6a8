import { describe, expect, it } from 'vitest';
import { EVIDENCE_TESTS, Evidence } from '../../../functions/photos/evidence.ts';
import { stored } from '../../../functions/platform/stored.ts';

const evidence = { verdict: 'undetermined', summary: 'nothing proves it', tests: [] };
const test = { test: 'structure', outcome: 'pass', meaning: 'the picture shows something' };
const accepts = (rest: object) => Evidence.safeParse({ ...evidence, ...rest }).success;

describe('Evidence', () => {
  // Stored assessments and customers' programs know them: none may go, and none change.
  it('has these tests', () => {
    expect(EVIDENCE_TESTS).toEqual([
      'declared_generated',
      'declared_edited',
      'editing_software',
      'camera_and_times',
      'structure',
      'seen_before',
    ]);
  });

  it.each(['authentic', 'suspicious', 'synthetic', 'undetermined'])('may be %s', (verdict) => {
    expect(accepts({ verdict })).toBe(true);
  });

  it.each(['pass', 'warn', 'fail', 'not_applicable'])('may hold a test that came to %s', (outcome) => {
    expect(accepts({ tests: [{ ...test, outcome }] })).toBe(true);
  });

  it.each([
    ['another verdict', { verdict: 'fake' }],
    ['another test', { tests: [{ ...test, test: 'pixels' }] }],
    ['another outcome', { tests: [{ ...test, outcome: 'perhaps' }] }],
    ['a test that says nothing', { tests: [{ test: 'structure', outcome: 'pass' }] }],
  ])('has no %s', (_, rest) => {
    expect(accepts(rest)).toBe(false);
  });

  it('is read back from what release 0.1.0 stored', () => {
    expect(
      stored(Evidence).parse({ verdict: 'suspicious', scoreRatio: 0.08, reasons: ['it looks generated'] }),
    ).toEqual({
      verdict: 'suspicious',
      summary: 'assessed by release 0.1.0',
      tests: [],
    });
  });
});
