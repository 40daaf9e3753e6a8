import { describe, expect, it } from 'vitest';
import { judgeEvidence } from '../../../functions/authenticity/judge-evidence.ts';
import type { Word } from '../../../functions/condition/model-answer.ts';

const THRESHOLDS = { authentic: 0.6, synthetic: 0.7, recaptured: 0.5 } as const;

const answer = (authentic: number, synthetic: number, recaptured: number, abstains = false) => {
  const word = (name: keyof typeof THRESHOLDS, confidenceRatio: number): Word => ({
    word: name,
    confidenceRatio,
    thresholdRatio: THRESHOLDS[name],
    reachesThreshold: confidenceRatio >= THRESHOLDS[name],
    experimental: false,
  });
  return {
    classes: [[word('authentic', authentic), word('synthetic', synthetic), word('recaptured', recaptured)]],
    abstains,
  };
};

describe('judgeEvidence', () => {
  it.each([
    ['authentic', answer(0.9, 0.05, 0.05), "it looks like a camera's photo (90 %)"],
    ['synthetic', answer(0.1, 0.85, 0.05), 'it looks generated (85 %)'],
    ['suspicious', answer(0.2, 0.1, 0.7), 'it looks like a photo of a screen (70 %)'],
    ['undetermined', answer(0.5, 0.4, 0.1), 'it is not certain enough whether this is a photo or a generated picture'],
    ['undetermined', answer(0.9, 0.05, 0.05, true), 'the photo is unlike those the model was tested on'],
  ] as const)('says %s when the model does', (verdict, words, reason) => {
    expect(judgeEvidence(words, {})).toMatchObject({
      verdict,
      reasons: [reason, 'no camera tags, which many programs remove'],
    });
  });

  it('believes a file that declares itself generated', () => {
    expect(judgeEvidence(answer(0.9, 0.05, 0.05), { generator: 'Midjourney' })).toEqual({
      verdict: 'synthetic',
      scoreRatio: 0.05,
      reasons: ['the file itself says that it was made by Midjourney', 'no camera tags, which many programs remove'],
    });
  });

  it('finds it suspicious when a picture looks generated and carries the tags of a camera', () => {
    expect(judgeEvidence(answer(0.1, 0.85, 0.05), { camera: 'Canon EOS 80D' }).verdict).toBe('suspicious');
  });

  it('does not let camera tags, which anyone can write, settle an open question', () => {
    expect(judgeEvidence(answer(0.5, 0.4, 0.1), { camera: 'Canon EOS 80D' }).verdict).toBe('undetermined');
  });

  it('mentions an editor without judging by it', () => {
    const { verdict, reasons } = judgeEvidence(answer(0.9, 0.05, 0.05), { editor: 'Lightroom' });

    expect([verdict, reasons.at(-1)]).toEqual(['authentic', 'edited with Lightroom']);
  });

  it.each([
    ['synthetic', { synthetic: 0.8, recaptured: 0.6, authentic: 0.7 }, {}, 'synthetic'],
    ['recaptured before authentic', { synthetic: 0.1, recaptured: 0.6, authentic: 0.7 }, {}, 'suspicious'],
    [
      'the file before an abstaining model',
      { synthetic: 0.1, recaptured: 0, authentic: 0.9, abstains: true },
      { generator: 'Midjourney' },
      'synthetic',
    ],
    [
      'abstaining before every word',
      { synthetic: 0.9, recaptured: 0, authentic: 0, abstains: true },
      {},
      'undetermined',
    ],
  ] as const)('puts first what weighs more: %s', (_, words, provenance, verdict) => {
    const abstains = 'abstains' in words;
    const given = answer(words.authentic, words.synthetic, words.recaptured, abstains);

    expect(judgeEvidence(given, provenance).verdict).toBe(verdict);
  });

  it('says why it is suspicious, and which camera the tags name', () => {
    expect(judgeEvidence(answer(0.1, 0.85, 0.05), { camera: 'Canon EOS 80D', editor: 'GIMP' })).toEqual({
      verdict: 'suspicious',
      scoreRatio: 0.85,
      reasons: [
        'it looks generated (85 %), yet carries the tags of a camera',
        'camera tags: Canon EOS 80D',
        'edited with GIMP',
      ],
    });
  });

  it.each([
    ['words', []],
    [
      'one of the words',
      [
        [
          {
            word: 'authentic',
            confidenceRatio: 0.3,
            thresholdRatio: 0.6,
            reachesThreshold: false,
            experimental: false,
          },
        ],
      ],
    ],
  ])('takes what a model has no word for as not said: without %s', (_, classes) => {
    expect(judgeEvidence({ classes, abstains: false }, {})).toEqual({
      verdict: 'undetermined',
      scoreRatio: 0,
      reasons: [
        'it is not certain enough whether this is a photo or a generated picture',
        'no camera tags, which many programs remove',
      ],
    });
  });
});
