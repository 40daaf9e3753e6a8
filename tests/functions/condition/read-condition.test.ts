import { describe, expect, it } from 'vitest';
import type { ModelAnswer } from '../../../functions/condition/model-answer.ts';
import { readSubject, readVehicle } from '../../../functions/condition/read-condition.ts';
import { answer, word } from './answers.ts';

describe('readSubject', () => {
  const kitchen = [word('kitchen', 0.7), word('bathroom', 0.2)];

  it('is the likeliest class', () => {
    expect(readSubject(answer({ classes: [kitchen] }))).toEqual({ label: 'kitchen', confidenceRatio: 0.7 });
  });

  it('is undetermined below the threshold, and where the model abstains, however sure', () => {
    const unsure = answer({ classes: [[word('kitchen', 0.4)]] });

    expect(readSubject(unsure)).toEqual({ label: 'undetermined', confidenceRatio: 0.4 });
    expect(readSubject(answer({ classes: [kitchen], abstains: true }))).toEqual({
      label: 'undetermined',
      confidenceRatio: 0.7,
    });
  });

  it('is undetermined unless the model is sure of another thing than the asset', () => {
    const seen = (confidenceRatio: number) => answer({ classes: [[word('vehicle', confidenceRatio)]] });

    expect(readSubject(seen(0.79), 'property').label).toBe('undetermined');
    expect(readSubject(seen(0.8), 'property').label).toBe('vehicle');
    expect(readSubject(seen(0.79), 'vehicle').label).toBe('vehicle');
    expect(readSubject(seen(0.79)).label).toBe('vehicle');
    expect(readSubject(answer({ classes: [kitchen] }), 'vehicle').label).toBe('undetermined');
    expect(readSubject(answer({ classes: [kitchen] }), 'product').label).toBe('kitchen');
  });

  it.each([
    ['no class', []],
    ['a class without words', [[]]],
    ['a word that is none of ours', [[word('Küche', 0.9)]]],
  ])('knows nothing by %s', (_, classes) => {
    expect(readSubject(answer({ classes }))).toEqual({ label: 'undetermined', confidenceRatio: 0 });
  });
});

describe('readVehicle', () => {
  const PARTS = [
    word('door', 0.8),
    word('light', 0.3),
    word('bumper', 0.6, { experimental: true }),
    word('spoiler', 0.9),
  ];
  const vehicle = (rest: Partial<ModelAnswer>) => readVehicle(answer({ labels: PARTS, ...rest }));
  const damaged = [word('severe', 0.7), word('undamaged', 0.2)];
  const nothing = { severity: 'undetermined', confidenceRatio: 0, experimental: false, parts: [] };

  it('is the likeliest severity, with the parts that reach their thresholds', () => {
    expect(vehicle({ classes: [damaged] })).toEqual({
      severity: 'severe',
      confidenceRatio: 0.7,
      experimental: false,
      parts: [
        { part: 'door', confidenceRatio: 0.8, experimental: false },
        { part: 'bumper', confidenceRatio: 0.6, experimental: true },
      ],
    });
  });

  it.each([
    ['below the threshold', { classes: [[word('severe', 0.4)]] }, 0.4],
    ['where the model abstains, however sure', { classes: [damaged], abstains: true }, 0.7],
    ['where it abstains and is unsure', { classes: [[word('minor', 0.3)]], abstains: true }, 0.3],
  ])('is undetermined %s, and names no parts', (_, rest, confidenceRatio) => {
    expect(vehicle(rest)).toEqual({ ...nothing, confidenceRatio });
  });

  it('names no parts of an undamaged vehicle', () => {
    expect(vehicle({ classes: [[word('undamaged', 0.9)]] })).toEqual({
      ...nothing,
      severity: 'undamaged',
      confidenceRatio: 0.9,
    });
  });

  it('reads the output that speaks of severities', () => {
    const parts = [word('door', 0.9)];
    expect(vehicle({ classes: [parts, damaged] }).severity).toBe('severe');
  });

  it.each([
    ['no output', []],
    ['no output of severities', [[word('door', 0.9)]]],
    ['a best word that is no severity', [[word('door', 0.9), word('severe', 0.1)]]],
  ])('knows nothing by %s', (_, classes) => {
    expect(vehicle({ classes })).toEqual(nothing);
  });

  it('says when the severity is experimental', () => {
    expect(vehicle({ classes: [[word('minor', 0.9, { experimental: true })]] }).experimental).toBe(true);
  });
});
