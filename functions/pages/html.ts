/** A text as it stands in HTML, in content and between quotation marks. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Column of a table: its heading, and its cell of a row. */
export type Column<Row> = {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** numbers stand at the right */
  readonly isNumber?: boolean;
};

/** A table as HTML; it scrolls by itself where the screen is narrow. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cell = (tag: string, { isNumber }: Column<Row>, text: string): string =>
    `<${tag}${isNumber ? ' class="number"' : ''}>${escaped(text)}</${tag.split(' ', 1)[0]}>`;
  const head = columns.map((column) => cell('th scope="col"', column, column.head)).join('');
  const body = rows.map((row) => `<tr>${columns.map((column) => cell('td', column, column.cell(row))).join('')}</tr>`);
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1d2530,#e6eaf0);--soft:light-dark(#5a6675,#a5b0bf);--line:light-dark(#d9dee6,#39434f);--paper:light-dark(#fff,#14191f);--mark:light-dark(#2b5f9e,#7fb2ee)}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:64rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2.2rem 0 .4rem}p{max-width:46rem}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem}dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
figure{margin:1rem 0}figcaption,caption{color:var(--soft);font-size:.9rem;text-align:left;max-width:46rem}.charts{display:flex;flex-wrap:wrap;gap:0 2rem}.charts figure{width:460px;max-width:100%}svg{max-width:100%;height:auto}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}th,td{padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}th{color:var(--soft);font-weight:600}.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mark{color:var(--mark)}
@media print{:root{color-scheme:light}body{max-width:none;padding:0}.scroll{overflow:visible}figure,tr{break-inside:avoid}}
`.trim();

/** A page of HTML that needs no other file and runs no script. `body`: HTML. */
export const page = (title: string, body: readonly string[]): string =>
  [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    ...body,
    '</main></body></html>',
    '',
  ].join('\n');
