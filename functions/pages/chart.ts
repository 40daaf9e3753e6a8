import { type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escaped } from './html.ts';

/** In px; a page narrows a chart where the screen is narrow. */
const LAYOUT = {
  width: 460,
  height: 300,
  marginLeft: 56,
  marginBottom: 44,
  x: { labelOffset: 40 },
  style: { fontSize: '12px' },
} as const satisfies PlotOptions;

/** A chart as HTML: an SVG of its marks, in the page's colours, with what it shows in words. */
export function chart(caption: string, options: PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = plot({ document, ...LAYOUT, ...options, x: { ...LAYOUT.x, ...options.x } });
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', caption);
  return `<figure>${svg.outerHTML}<figcaption>${escaped(caption)}</figcaption></figure>`;
}
