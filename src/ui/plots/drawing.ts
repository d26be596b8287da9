/** Plots as paths: pure geometry, the same for the page and for a file. */
import {
  area,
  curveStepAfter,
  curveStepBefore,
  format,
  line,
  max,
  ticks as niceTicks,
  scaleLinear,
  scaleLog,
  stack,
} from 'd3';
import type { StepScale } from '../bottom/plots.ts';
import type { Ink, Plot, PlotLine } from './plot.ts';

export interface Mark {
  readonly key: string;
  readonly d: string;
  readonly fill?: Ink;
  readonly stroke?: Ink;
  readonly dash?: string;
}

export interface Drawing {
  readonly marks: readonly Mark[];
  /** Labelled places of the vertical axis, in pixels from the top. */
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
}

interface Point {
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

type Height = (value: number) => number;

/** The least a logarithmic axis shows, in ns. */
const LOG_FROM = 10;
const EDGE: Ink = { token: '--line-2', opacity: 1 };

/** @param height pixels from the plot's top to its foot */
export function drawPlot(plot: Plot, x: StepScale, height: number): Drawing {
  const seen = visible(plot, x);
  if (plot.shape === 'heat') return drawHeat(plot, seen, x, height);
  const top = Math.max(1, most(plot, seen));
  const y = heightScale(plot, top, height);
  const curve = plot.reads === 'at' ? curveStepAfter : curveStepBefore;
  const shape = area<Point>()
    .x(({ step }) => x(step))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))
    .curve(curve);
  const closing = (points: Point[]): Point[] => {
    const last = points.at(-1);
    const end = x.domain()[1] ?? 0;
    return plot.reads === 'at' && last && last.step < end ? [...points, { ...last, step: end }] : points;
  };
  const ticks = heightTicks(plot, top).map((value) => ({ y: y(value), text: tickText(plot, value) }));
  if (plot.shape === 'lines') {
    const path = line<number>()
      .x((i) => x(plot.steps[i] ?? 0))
      .curve(curve);
    const marks = plot.lines.map(({ id, ink, values }, i) => ({
      key: id,
      d: path.y((k) => y(values[k] ?? 0))(seen) ?? '',
      stroke: ink,
      ...(i > 0 ? { dash: '3 2' } : {}),
    }));
    return { marks, ticks };
  }
  const marks = layers(plot, seen).map((points, i) => ({
    key: plot.lines[i]!.id,
    d: shape(closing(points)) ?? '',
    fill: plot.lines[i]!.ink,
    ...(plot.id === 'held' ? { stroke: EDGE } : {}),
  }));
  return { marks, ticks };
}

/** Indices of the samples inside the axis, with one more on each side. */
function visible({ steps }: Plot, x: StepScale): number[] {
  const [from = 0, to = 0] = x.domain();
  const inside = steps.flatMap((step, i) => (step >= from && step <= to ? [i] : []));
  const first =
    inside[0] ??
    Math.max(
      0,
      steps.findLastIndex((step) => step < from),
    );
  const last = inside.at(-1) ?? first;
  if (inside.length === 0) inside.push(first);
  if (first > 0) inside.unshift(first - 1);
  if (last < steps.length - 1) inside.push(last + 1);
  return inside;
}

function most({ shape, lines }: Plot, seen: readonly number[]): number {
  const at = (i: number, { values }: PlotLine) => values[i] ?? 0;
  const total = (i: number) => lines.reduce((sum, one) => sum + at(i, one), 0);
  const largest = (i: number) => Math.max(...lines.map((one) => at(i, one)));
  return max(seen, shape === 'stack' ? total : largest) ?? 0;
}

function heightScale({ scale }: Plot, top: number, height: number): Height {
  if (scale === 'linear') return scaleLinear([0, top], [height, 0]);
  const log = scaleLog([LOG_FROM, Math.max(top, LOG_FROM * 10)], [height, 0]).clamp(true);
  return (value) => (value <= 0 ? height : log(value));
}

function heightTicks({ scale }: Plot, top: number): number[] {
  if (scale === 'linear') return niceTicks(0, top, 2).filter(Number.isInteger);
  const powers: number[] = [];
  for (let value = 1000; value <= top; value *= 1000) powers.push(value);
  return powers;
}

const short = format('~s');

/** Round figures, short: `5,000`, `100k`, `1 ms`. */
function tickText({ text, scale }: Plot, value: number): string {
  if (scale === 'linear' && value >= 10_000) return short(value);
  return text(value).replace(/\.0+(?= )/, '');
}

/** Points of each line's area, foot first. */
function layers({ shape, steps, lines }: Plot, seen: readonly number[]): Point[][] {
  if (shape === 'nested') {
    return lines.map(({ values }) =>
      seen.map((i) => ({ step: steps[i] ?? 0, low: 0, high: values[i] ?? 0 })),
    );
  }
  const byId = new Map(lines.map((one) => [one.id, one]));
  return stack<number, string>()
    .keys(lines.map(({ id }) => id))
    .value((i, id) => byId.get(id)?.values[i] ?? 0)([...seen])
    .map((layer) => layer.map((point) => ({ step: steps[point.data] ?? 0, low: point[0], high: point[1] })));
}

/** Levels of grey an index is shown in. */
export const LEVELS = 11;

/** The ink of an index from 0 to 1. */
export const levelInk = (value: number): Ink => ({
  token: '--ink',
  opacity: 0.06 + (0.8 * Math.round(value * (LEVELS - 1))) / (LEVELS - 1),
});

/** A row for each order, order 0 at the top; where a request would succeed (−1000) the paper shows. */
function drawHeat(plot: Plot, seen: readonly number[], x: StepScale, height: number): Drawing {
  const pitch = height / plot.lines.length;
  const end = x.domain()[1] ?? 0;
  const marks = plot.lines.flatMap(({ id, values }, row) => {
    const paths = new Map<number, string>();
    const top = (row * pitch).toFixed(2);
    for (const i of seen) {
      const value = values[i] ?? 0;
      if (value === -1000) continue;
      const level = Math.round((Math.max(0, value) / 1000) * (LEVELS - 1));
      const from = x(plot.steps[i] ?? 0);
      const to = x(plot.steps[i + 1] ?? end);
      if (to <= from) continue;
      const d = `M${from.toFixed(1)} ${top}H${(to + 0.3).toFixed(1)}v${(pitch - 1).toFixed(2)}H${from.toFixed(1)}z`;
      paths.set(level, (paths.get(level) ?? '') + d);
    }
    return [...paths].map(([level, d]) => ({
      key: `${id}-${level}`,
      d,
      fill: levelInk(level / (LEVELS - 1)),
    }));
  });
  const ticks = plot.lines.map((_, row) => ({ y: (row + 0.5) * pitch, text: String(row) }));
  return { marks, ticks };
}
