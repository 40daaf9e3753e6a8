import { describe, expect, it } from 'vitest';
import { judgeEvidence } from '../../../functions/authenticity/judge-evidence.ts';

describe('judgeEvidence', () => {
  it('believes a file that declares itself generated', () => {
    expect(judgeEvidence({ generator: 'Midjourney', camera: 'Canon EOS 80D' })).toEqual({
      verdict: 'synthetic',
      reasons: ['the file itself says that it was made by Midjourney', 'camera tags: Canon EOS 80D'],
    });
  });

  it('does not let camera tags, which anyone can write, prove anything', () => {
    expect(judgeEvidence({ camera: 'Canon EOS 80D' }).verdict).toBe('undetermined');
  });

  it('mentions an editor without judging by it', () => {
    expect(judgeEvidence({ editor: 'Lightroom' })).toEqual({
      verdict: 'undetermined',
      reasons: [
        'the file does not prove whether this is a photo or a generated picture',
        'no camera tags, which many programs remove',
        'edited with Lightroom',
      ],
    });
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
