import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../functions/platform/sealing.ts';

describe('unseal', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (text, secret, purpose) => {
        expect(unseal(seal(text, secret, purpose), secret, purpose)).toBe(text);
      }),
    );
  });

  it('fails under another secret', () => {
    expect(() => unseal(seal('text', 'one', 'purpose'), 'other', 'purpose')).toThrow();
  });

  it('fails for another purpose', () => {
    expect(() => unseal(seal('text', 'one', 'purpose'), 'one', 'other')).toThrow();
  });

  it('fails when any byte was changed', () => {
    const sealed = seal('text', 'secret', 'purpose');
    for (const at of sealed.keys()) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal(changed, 'secret', 'purpose')).toThrow();
    }
  });
});

describe('seal', () => {
  it('never gives the same bytes twice', () => {
    expect(seal('text', 'secret', 'purpose')).not.toEqual(seal('text', 'secret', 'purpose'));
  });
});
