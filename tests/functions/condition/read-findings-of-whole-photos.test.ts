import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelAnswer, Word } from '../../../functions/condition/model-answer.ts';
import { FINDING_KINDS } from '../../../functions/photos/photo-assessment.ts';
import { readFindings } from '../by-default.ts';
import { answer, FAR, word } from './answers.ts';

const found = (rest: Partial<ModelAnswer>, seen = FAR) =>
  readFindings(answer(rest), seen).map(({ finding: { kind, confidenceRatio } }) => [kind, confidenceRatio]);

describe('readFindings of a kind on a map and on the whole photo', () => {
  const mapOf = (kind: string, values: readonly number[], rest: Partial<Word> = {}) => ({
    ...word(kind, Math.max(...values), rest),
    cells: Float32Array.from(values),
    columns: values.length,
    rows: 1,
    pooledCells: 1,
  });
  const ofCracks = (map: number, label: number, experimental: { map?: boolean; label?: boolean } = {}) =>
    readFindings(
      answer({
        maps: [mapOf('crack', [map, 0, 0, 0], { experimental: experimental.map ?? false })],
        labels: [word('crack', label, { experimental: experimental.label ?? false })],
      }),
      FAR,
    ).map(({ finding }) => finding);
  const REGION = { x: 0, y: 0, width: 0.25, height: 1 };
  const near = (confidence: number) => expect.closeTo(confidence, 5);

  it.each([
    [0.6, 0.9, {}, 0.9, false],
    [0.9, 0.6, {}, 0.9, false],
    [0.6, 0.9, { map: true }, 0.9, false],
    // What is experimental makes nothing surer that counts.
    [0.9, 0.6, { map: true }, 0.6, false],
    [0.6, 0.9, { label: true }, 0.6, false],
    [0.6, 0.9, { map: true, label: true }, 0.9, true],
    [0.9, 0.6, { map: true, label: true }, 0.9, true],
    // Not found on the whole photo: the map stands alone.
    [0.9, 0.4, {}, 0.9, false],
    [0.9, 0.4, { map: true }, 0.9, true],
  ])('map %d, label %d, experimental %j: one finding of %d', (map, label, experimental, confidence, shown) => {
    expect(ofCracks(map, label, experimental)).toEqual([
      expect.objectContaining({ confidenceRatio: near(confidence), experimental: shown, box: REGION }),
    ]);
  });

  it('has no region where the map shows none', () => {
    expect(ofCracks(0.4, 0.8)).toMatchObject([{ confidenceRatio: 0.8, box: null, areaRatio: null }]);
  });

  it('makes only the surest of several regions surer', () => {
    const maps = [mapOf('crack', [0.7, 0, 0, 0, 0.6])];

    expect(found({ maps, labels: [word('crack', 0.95)] })).toEqual([
      ['crack', 0.95],
      ['crack', near(0.6)],
    ]);
  });

  it('makes no region of an experimental map surer than what counts', () => {
    const maps = [mapOf('crack', [0.9, 0, 0, 0, 0.8, 0, 0, 0, 0.6], { experimental: true })];
    const findings = readFindings(answer({ maps, labels: [word('crack', 0.7)] }), FAR).map(({ finding }) => finding);

    expect(findings.map(({ confidenceRatio }) => confidenceRatio)).toEqual([0.7, 0.7, near(0.6)]);
    expect(findings.every(({ experimental }) => !experimental)).toBe(true);
  });

  it('can be severe by the certainty of the label where the map is barely certain', () => {
    const maps = [mapOf('mould', [0.55, 0.55, 0, 0])];
    const severity = (label: number) =>
      readFindings(answer({ maps, labels: [word('mould', label)] }), FAR)[0]?.finding.severity;

    expect([severity(0.4), severity(0.9)]).toEqual(['moderate', 'severe']);
  });

  it('takes two outputs about the whole photo for one, the surer that counts', () => {
    const labels = [word('crack', 0.9, { experimental: true }), word('crack', 0.7), word('crack', 0.6)];

    expect(readFindings(answer({ labels }), FAR).map(({ finding }) => finding)).toMatchObject([
      { kind: 'crack', confidenceRatio: 0.7, experimental: false },
    ]);
  });

  it('loses no kind, and has none more than once without a region', () => {
    const anyWord = fc
      .record({
        kind: fc.constantFrom(...FINDING_KINDS.filter((kind) => kind !== 'unknown_damage')),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
        experimental: fc.boolean(),
      })
      .map(({ kind, confidence, experimental }) => word(kind, confidence, { experimental }));
    fc.assert(
      fc.property(fc.array(anyWord), fc.array(anyWord), (mapped, labels) => {
        const maps = mapped.map((each) => ({ ...each, ...mapOf(each.word, [each.confidenceRatio], each) }));
        const findings = readFindings(answer({ maps, labels }), FAR).map(({ finding }) => finding);
        const counted = (words: readonly Word[]) =>
          new Set(words.filter((each) => each.reachesThreshold && !each.experimental).map((each) => each.word));

        expect(new Set(findings.filter(({ experimental }) => !experimental).map(({ kind }) => kind))).toEqual(
          counted([...mapped, ...labels]),
        );
        const whole = findings.filter(({ box }) => box === null).map(({ kind }) => kind);
        expect(new Set(whole).size).toBe(whole.length);
      }),
    );
  });
});

describe('readFindings of unknown kind', () => {
  const unknown = word('unknown_damage', 0.9);
  const kinds = (labels: readonly Word[], seen = FAR) => found({ labels }, seen).map(([kind]) => kind);

  it('stands alone, without a region', () => {
    expect(readFindings(answer({ labels: [unknown] }), FAR)).toEqual([
      {
        finding: {
          kind: 'unknown_damage',
          severity: 'moderate',
          confidenceRatio: 0.9,
          thresholdRatio: 0.5,
          experimental: false,
          areaRatio: null,
          box: null,
        },
        outline: [],
      },
    ]);
  });

  it.each(['crack', 'destroyed'])('is not reported beside %s', (kind) => {
    expect(kinds([unknown, word(kind, 0.6)])).toEqual([kind]);
  });

  it('remains beside what is experimental', () => {
    expect(kinds([unknown, word('mould', 0.6, { experimental: true })])).toEqual(['unknown_damage', 'mould']);
  });

  it('remains where the only damage of a known kind is a stain in the dark, which is not reported', () => {
    const dark = { ...FAR, quality: { ...FAR.quality, exposure: { ...FAR.quality.exposure, meanLuma: 0.2 } } };

    expect(kinds([unknown, word('damp_stain', 0.95)], dark)).toEqual(['unknown_damage']);
  });
});

it('readFindings calls what is destroyed severe, close up too', () => {
  const [only] = readFindings(answer({ labels: [word('destroyed', 0.5)] }), { ...FAR, closeUp: true });

  expect(only?.finding).toMatchObject({ severity: 'severe', box: null, areaRatio: null });
});
