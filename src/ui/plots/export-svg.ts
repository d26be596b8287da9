/** Plots as an SVG that stands by itself: no style sheet, no script, its origin in its description. */
import { rangeScale, type StepScale } from '../bottom/plots.ts';
import { count } from '../words.ts';
import { dashOf, drawPlot, LEVELS, levelInk, type Mark } from './drawing.ts';
import { type Origin, oneLine, originLines } from './export-files.ts';
import { type Ink, type Plot, sampleFor } from './plot.ts';

/** The value of a design token, as written in the style sheet. */
export type ColourOf = (token: string) => string;

const WIDTH = 1000;
const X0 = 84;
const X1 = 760;
const LINE = 14;
const HEAD = 62;
const FONT = 'Inter, system-ui, sans-serif';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const place = (n: number) => String(Math.round(n * 100) / 100);

/** The text of an SVG file with these plots, one below the other. */
export function svgOf(plots: readonly Plot[], origin: Origin, colourOf: ColourOf): string {
  const { from, to } = origin.range;
  const x = rangeScale(from, to, X0, X1);
  let top = HEAD;
  const parts = plots.map((plot) => {
    const height = Math.max(64, plot.lines.length * LINE);
    const part = svgPlot(plot, x, height, top, origin.step, colourOf);
    top += height + 44;
    return part;
  });
  const height = top + 10;
  const ink = colourOf('--ink');
  const against = origin.against === undefined ? '' : ` against ${origin.against} (dashed)`;
  const about = `${origin.policy}${against}, seed ${origin.seed}, steps ${count(from)} to ${count(to)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}" font-size="11">`,
    `<title>${escaped(`${oneLine(origin.title)}: ${plots.map(({ title }) => title).join(', ')}`)}</title>`,
    `<desc>${escaped(originLines(origin).join('\n'))}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="${colourOf('--paper')}"/>`,
    text(X0, 24, oneLine(origin.title), { fill: ink, extra: ' font-size="16" font-weight="600"' }),
    text(X0, 41, about, { fill: colourOf('--ink-2') }),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

interface TextLook {
  readonly fill: string;
  readonly extra?: string;
}

const text = (x: number, y: number, words: string, { fill, extra = '' }: TextLook) =>
  `<text x="${place(x)}" y="${place(y)}" fill="${fill}"${extra}>${escaped(words)}</text>`;

function paint(name: 'fill' | 'stroke', ink: Ink | undefined, colourOf: ColourOf): string {
  if (ink === undefined) return `${name}="none"`;
  const opacity = ink.opacity === 1 ? '' : ` ${name}-opacity="${place(ink.opacity)}"`;
  return `${name}="${colourOf(ink.token)}"${opacity}`;
}

const path = ({ d, fill, stroke, dash }: Mark, colourOf: ColourOf) =>
  `<path d="${d}" ${paint('fill', fill, colourOf)} ${paint('stroke', stroke, colourOf)} stroke-width="${
    fill ? 0.5 : 1.5
  }"${dash === undefined ? '' : ` stroke-dasharray="${dash}"`}/>`;

function svgPlot(
  plot: Plot,
  x: StepScale,
  height: number,
  top: number,
  step: number,
  colourOf: ColourOf,
): string {
  const { marks, ticks } = drawPlot(plot, x, height);
  const [ink, grey, line] = [colourOf('--ink'), colourOf('--ink-2'), colourOf('--line-2')];
  const [from = 0, to = 0] = x.domain();
  const at = x(step);
  return [
    `<g transform="translate(0 ${place(top + 16)})">`,
    text(X0, -6, plot.title, { fill: ink, extra: ' font-weight="600"' }),
    text(X1, -6, `${plot.unit}: ${plot.note}`, { fill: grey, extra: ' text-anchor="end"' }),
    ...marks.map((mark) => path(mark, colourOf)),
    `<path d="M${X0} ${height}H${X1}" stroke="${line}" fill="none"/>`,
    ...ticks.map(({ y, text: words }) =>
      text(X0 - 6, Math.max(8, y + 4), words, { fill: grey, extra: ' text-anchor="end" font-size="10"' }),
    ),
    ...x
      .ticks(6)
      .filter(Number.isInteger)
      .map((tick) =>
        text(x(tick), height + 13, count(tick), {
          fill: grey,
          extra: ' text-anchor="middle" font-size="10"',
        }),
      ),
    text(X0 - 6, height + 13, 'step', { fill: grey, extra: ' text-anchor="end" font-size="10"' }),
    ...(step < from || step > to
      ? []
      : [
          `<path d="M${place(at)} 0V${height}" stroke="${colourOf('--accent')}" stroke-width="1.5" fill="none"/>`,
        ]),
    ...legend(plot, step, colourOf),
    '</g>',
  ].join('\n');
}

/** Names and values at the step the file was made at; a scale of greys for an index. */
function legend(plot: Plot, step: number, colourOf: ColourOf): string[] {
  const at = sampleFor(plot, step);
  const lines = plot.shape === 'stack' ? [...plot.lines].reverse() : plot.lines;
  const [ink, edge] = [colourOf('--ink'), colourOf('--line-2')];
  const rows = lines.flatMap((one, row) => {
    const { name, ink: tint, values } = one;
    const y = row * LINE;
    const value = values[at] ?? 0;
    const swatch = plot.shape === 'heat' ? levelInk(Math.max(0, value) / 1000) : tint;
    const fill = plot.shape === 'heat' && value === -1000 ? undefined : swatch;
    const dash = plot.shape === 'heat' ? null : dashOf(plot, one);
    const sample =
      dash === null
        ? `<rect x="${X1 + 16}" y="${y + 1}" width="10" height="10" ${paint('fill', fill, colourOf)} stroke="${edge}" stroke-width="0.5"/>`
        : path({ key: one.id, d: `M${X1 + 4} ${y + 6}h24`, stroke: tint, dash }, colourOf);
    return [
      sample,
      text(X1 + 32, y + 10, name, { fill: ink }),
      text(WIDTH - 16, y + 10, plot.text(value), { fill: ink, extra: ' text-anchor="end"' }),
    ];
  });
  if (plot.shape !== 'heat') return rows;
  const y = plot.lines.length * LINE + 4;
  const greys = Array.from({ length: LEVELS }, (_, level) => {
    const tint = paint('fill', levelInk(level / (LEVELS - 1)), colourOf);
    return `<rect x="${X1 + 28 + level * 8}" y="${y}" width="8" height="9" ${tint}/>`;
  });
  return [
    ...rows,
    text(X1 + 16, y + 9, '0', { fill: ink }),
    ...greys,
    text(X1 + 34 + LEVELS * 8, y + 9, '1', { fill: ink }),
  ];
}
