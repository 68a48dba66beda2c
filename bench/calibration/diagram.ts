import type { Bin } from './score.ts';

/** One line of a diagram: the bins measured at one rate of wrong VINs. */
export interface Series {
  label: string;
  bins: readonly Bin[];
}

const size = { width: 440, height: 540 };
/** The square that confidence (right) and share right (up) span. */
const plot = { left: 56, top: 66, side: 360 };
/** The strip below it that says how many VINs are in a bin. */
const strip = { top: 470, height: 40 };
/** Told apart by shape as well as by colour. */
const marks = [
  { colour: 'a', shape: (x: number, y: number) => `<circle cx="${x}" cy="${y}" r="4"/>` },
  { colour: 'b', shape: (x: number, y: number) => `<path d="M${x - 4} ${y - 4}h8v8h-8z"/>` },
  { colour: 'c', shape: (x: number, y: number) => `<path d="M${x} ${y - 5}l5 9h-10z"/>` },
] as const;

// A picture in a README does not know its page's colours: it brings its own ground, in either scheme.
const style = `
  text { font: 11px system-ui, sans-serif; fill: #424a53 }
  .title { font-size: 14px; font-weight: 600 }
  .ground { fill: #fff } .grid { stroke: #d0d7de } .axis { stroke: #6e7781; fill: none } .ideal { stroke: #6e7781; stroke-dasharray: 4 4 }
  .a { --c: #0969da } .b { --c: #bc4c00 } .c { --c: #1a7f37 }
  .line { stroke: var(--c); stroke-width: 1.5; fill: none } .mark, .bar { fill: var(--c) } .doubt { stroke: var(--c); opacity: .5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #c9d1d9 } .ground { fill: #0d1117 } .grid { stroke: #30363d } .axis, .ideal { stroke: #8b949e }
    .a { --c: #58a6ff } .b { --c: #f0883e } .c { --c: #3fb950 }
  }`;

/**
 * A reliability diagram as SVG: for each bin the share right over the mean confidence, with its 95 % interval
 * (Wilson); on the diagonal they agree. Below, how many VINs are in each bin (bars on a logarithmic scale).
 */
export function drawDiagram(title: string, series: readonly Series[]): string {
  const most = Math.max(10, ...series.flatMap(({ bins }) => bins.map((bin) => bin.count)));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title">`,
    `<title id="title">Reliability of ${title}: share right over confidence</title>`,
    `<style>${style}\n</style>`,
    `<rect class="ground" width="${size.width}" height="${size.height}" rx="6"/>`,
    `<text class="title" x="${plot.left}" y="24">${title}</text>`,
    ...legend(series),
    ...axes(),
    ...series.map(drawBars(most, series.length)),
    ...series.map(drawLine),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function x(confidence: number): number {
  return round(plot.left + confidence * plot.side);
}

function y(right: number): number {
  return round(plot.top + (1 - right) * plot.side);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function markOf(index: number): (typeof marks)[number] {
  return marks[index % marks.length] ?? marks[0];
}

function legend(series: readonly Series[]): string[] {
  return series.map(({ label }, index) => {
    const { colour, shape } = markOf(index);
    const at = plot.left + index * 125;
    return `<g class="${colour}"><g class="mark">${shape(at + 5, 44)}</g><text x="${at + 15}" y="48">${label}</text></g>`;
  });
}

function axes(): string[] {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const middle = plot.top + plot.side / 2;
  return [
    ...ticks.flatMap((tick) => [
      `<path class="grid" d="M${x(0)} ${y(tick)}H${x(1)}M${x(tick)} ${y(0)}V${y(1)}"/>`,
      `<text x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
      `<text x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${tick}</text>`,
    ]),
    `<path class="ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>`,
    `<path class="axis" d="M${x(0)} ${y(1)}V${y(0)}H${x(1)}M${x(0)} ${strip.top + strip.height}H${x(1)}"/>`,
    `<text x="${x(0.5)}" y="${y(0) + 32}" text-anchor="middle">confidence</text>`,
    `<text transform="translate(18 ${middle}) rotate(-90)" text-anchor="middle">share right</text>`,
    `<text x="${x(0.5)}" y="${strip.top + strip.height + 18}" text-anchor="middle">VINs per bin (bars: logarithmic)</text>`,
  ];
}

function drawBars(most: number, seriesCount: number): (series: Series, index: number) => string {
  const slot = plot.side / 10;
  const width = round((slot - 6) / seriesCount);
  return ({ bins }, index) => {
    const bars = bins.map((bin) => {
      if (bin.count === 0) return '';
      const height = round(2 + (strip.height - 2) * (Math.log(bin.count) / Math.log(most)));
      const left = round(x(bin.from) + 3 + index * width);
      return `<rect x="${left}" y="${round(strip.top + strip.height - height)}" width="${width}" height="${height}"><title>${bin.count} VINs</title></rect>`;
    });
    return `<g class="bar ${markOf(index).colour}">${bars.join('')}</g>`;
  };
}

function drawLine({ bins }: Series, index: number): string {
  const { colour, shape } = markOf(index);
  const points = bins.flatMap(({ count, confidence, right }) =>
    confidence === null || right === null ? [] : [{ count, confidence, right }],
  );
  const line = points.map(({ confidence, right }) => `${x(confidence)},${y(right)}`).join(' ');
  const doubts = points.map(({ count, confidence, right }) => {
    const [low, high] = interval(right, count);
    return `M${x(confidence)} ${y(low)}V${y(high)}`;
  });
  return [
    `<g class="${colour}"><path class="doubt" d="${doubts.join('')}"/><polyline class="line" points="${line}"/>`,
    `<g class="mark">${points.map(({ confidence, right }) => shape(x(confidence), y(right))).join('')}</g></g>`,
  ].join('');
}

/** Wilson's 95 % interval of a share measured on `count` cases. */
function interval(share: number, count: number): [number, number] {
  const z = 1.96;
  const centre = share + z ** 2 / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const scale = 1 + z ** 2 / count;
  return [(centre - spread) / scale, (centre + spread) / scale];
}
