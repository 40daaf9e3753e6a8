import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { page, table } from '../../../functions/pages/html.ts';

/** Without control characters, which no page shows. */
const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(/\p{Cc}/gu, ''));

describe('table', () => {
  it('shows every cell as it is, markup in it as text', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), text, (cells, caption) => {
        const html = table(caption, [{ head: 'cell', cell: (cell: string) => cell }], cells);
        const { document } = parseHTML(page('Table', [html]));
        expect([...document.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(cells);
        expect(document.querySelector('caption')?.textContent).toBe(caption);
        expect(document.querySelectorAll('table, td, th').length).toBe(cells.length + 2);
      }),
    );
  });

  it('writes no element that a cell names', () => {
    const html = table('a', [{ head: 'cell', cell: (cell: string) => cell }], ['<img src=x onerror=alert(1)>', '\'"&']);
    expect(html).not.toContain('<img');
    expect(html).toContain('&#39;&quot;&amp;');
  });
});

describe('page', () => {
  it('needs no other file and runs no script', () => {
    const html = page('<script>', []);
    expect(html).not.toMatch(/<script|<link|src=|@import|url\(/);
    expect(html).toContain('<title>&lt;script&gt;</title>');
  });
});
