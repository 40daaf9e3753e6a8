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
});
