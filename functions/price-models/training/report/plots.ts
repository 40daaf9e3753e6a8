/** Width and height of a plot, in px. */
const SIZE = { width: 420, height: 320 } as const;
/** Room for axes around the points, in px. */
const MARGIN = 58;
/** Points of a plot, at most: more would only make the file larger. */
const MOST_POINTS = 1500;

type Point = { readonly x: number; readonly y: number };

/** An amount in three digits at most: 154k, 1.2M. */
export function shortAmount(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const [divisor, unit] = rounded >= 1e6 ? [1e6, 'M'] : rounded >= 1000 ? [1000, 'k'] : [1, ''];
  return `${rounded / divisor}${unit}`;
}

/** Predicted against actual prices on logarithmic axes, with the line where both are equal, as SVG. */
export function scatterPlot(points: readonly Point[], xLabel: string, yLabel: string): string {
  const all = points.flatMap(({ x, y }) => [x, y]).filter((value) => value > 0);
  const low = Math.log10(Math.min(...all));
  const high = Math.log10(Math.max(...all));
  const scale = (value: number, length: number): number =>
    MARGIN + ((Math.log10(value) - low) / (high - low || 1)) * (length - 2 * MARGIN);
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  const dots = points
    .filter((_, at) => at % step === 0)
    .map(({ x, y }) => {
      const [cx, cy] = [scale(x, SIZE.width), SIZE.height - scale(y, SIZE.height)];
      return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="1.6"/>`;
    });
  const decades = [1, 2, 5].flatMap((digit) => [2, 3, 4, 5, 6, 7].map((power) => digit * 10 ** power));
  const ticks = decades
    .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high)
    .map((value) => {
      const [x, y] = [scale(value, SIZE.width), SIZE.height - scale(value, SIZE.height)];
      return `<text x="${x.toFixed(1)}" y="${SIZE.height - MARGIN + 18}" text-anchor="middle">${shortAmount(value)}</text><text x="${MARGIN - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${shortAmount(value)}</text>`;
    });
  const [from, to] = [MARGIN, SIZE.width - MARGIN];
  const line = `<line class="aim" x1="${from}" y1="${SIZE.height - MARGIN}" x2="${to}" y2="${MARGIN}"/>`;
  return figure([line, `<g class="dots">${dots.join('')}</g>`, ...ticks], xLabel, yLabel);
}

export type Bar = { readonly label: string; readonly value: number };

/** Bars from 0 to 1 with a line at the aim, as SVG. */
export function ratioBars(bars: readonly Bar[], aim: number, xLabel: string, yLabel: string): string {
  const inner = SIZE.height - 2 * MARGIN;
  const width = (SIZE.width - 2 * MARGIN) / Math.max(1, bars.length);
  const columns = bars.map(({ label, value }, at) => {
    const [x, height] = [MARGIN + at * width, value * inner];
    const bar = `<rect x="${(x + 4).toFixed(1)}" y="${(SIZE.height - MARGIN - height).toFixed(1)}" width="${(width - 8).toFixed(1)}" height="${height.toFixed(1)}"/>`;
    const middle = (x + width / 2).toFixed(1);
    return `${bar}<text x="${middle}" y="${SIZE.height - MARGIN + 18}" text-anchor="middle">${label}</text><text class="within" x="${middle}" y="${SIZE.height - MARGIN - 10}" text-anchor="middle">${(100 * value).toFixed(1)} %</text>`;
  });
  const y = SIZE.height - MARGIN - aim * inner;
  const line = `<line class="aim" x1="${MARGIN}" y1="${y}" x2="${SIZE.width - MARGIN}" y2="${y}"/>`;
  const name = `<text x="${MARGIN - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${Math.round(100 * aim)} %</text>`;
  return figure([...columns, line, name], xLabel, yLabel);
}

function figure(content: readonly string[], xLabel: string, yLabel: string): string {
  const { width, height } = SIZE;
  const labels = `<text x="${width / 2}" y="${height - 12}" text-anchor="middle">${xLabel}</text><text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})">${yLabel}</text>`;
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${yLabel} by ${xLabel}"><path class="axis" d="M${MARGIN} ${MARGIN}V${height - MARGIN}H${width - MARGIN}"/>${content.join('')}${labels}</svg>`;
}
