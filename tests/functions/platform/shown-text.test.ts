import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownText } from '../../../functions/platform/shown-text.ts';

describe('shownText', () => {
  it('keeps an ordinary name', () => {
    expect(shownText(' Canon  EOS 80D ')).toBe('Canon EOS 80D');
  });

  it('removes characters that control a terminal, or the order and looks of text', () => {
    expect(shownText('a\u001b[31m\u202eb\u2066c\u200bd\ufeff\u0000e\u2028f')).toBe('a[31mbcdef');
  });

  it('cuts a longer text after 60 characters, and says so', () => {
    expect(shownText('é'.repeat(60))).toBe('é'.repeat(60));
    expect(shownText('é'.repeat(61))).toBe(`${'é'.repeat(60)}…`);
  });

  it('is short and without control characters, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0x10ffff), { maxLength: 100 }).map((points) => String.fromCodePoint(...points)),
        (text) => {
          expect([...shownText(text)].length).toBeLessThanOrEqual(61);
          expect(shownText(text)).not.toMatch(/\p{C}/u);
        },
      ),
    );
  });
});
