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
import { type Ink, type Plot, type PlotLine, TIME } from './plot.ts';

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
  const path = line<number>()
    .x((i) => x(plot.steps[i] ?? 0))
    .curve(curve);
  const stroke = (one: PlotLine, at: (k: number) => number): Mark => {
    const dash = dashOf(plot, one);
    return {
      key: one.id,
      d: path.y((k) => y(at(k)))(seen) ?? '',
      stroke: one.ink,
      ...(dash === null ? {} : { dash }),
    };
  };
  const own = plot.lines.filter((one) => one.of === undefined);
  const areas =
    plot.shape === 'lines'
      ? own.map((one) => stroke(one, (k) => one.values[k] ?? 0))
      : layers({ ...plot, lines: own }, seen).map((points, i) => ({
          key: own[i]!.id,
          d: shape(closing(points)) ?? '',
          fill: own[i]!.ink,
          ...(plot.id === 'held' ? { stroke: EDGE } : {}),
        }));
  const beside = plot.lines.filter((one) => one.of !== undefined);
  const over = beside.map((one, i) => stroke(one, (k) => heightOf(plot, beside, i, k)));
  return { marks: [...areas, ...over], ticks };
}

/** Where another run's line stands at a sample: over the lines below it in a stack. */
function heightOf({ shape }: Plot, beside: readonly PlotLine[], i: number, k: number): number {
  const under = shape === 'stack' ? beside.slice(0, i) : [];
  return [...under, beside[i]!].reduce((sum, { values }) => sum + (values[k] ?? 0), 0);
}

const OWN_DASHES = [null, '3 2', '1 2'] as const;
const BESIDE_DASHES = ['7 3', '7 3 1 3', '7 3 1 3 1 3', '12 3'] as const;

/** How a line is broken, so that it can be told from the others without its tint; null: it is whole, or an area. */
export function dashOf({ shape, lines }: Plot, one: PlotLine): string | null {
  const like = lines.filter(({ of }) => of === one.of);
  const i = like.findIndex(({ id }) => id === one.id);
  if (one.of !== undefined) return BESIDE_DASHES[i % BESIDE_DASHES.length]!;
  return shape === 'lines' ? OWN_DASHES[i % OWN_DASHES.length]! : null;
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
  const sum = (i: number, some: readonly PlotLine[]) => some.reduce((n, one) => n + at(i, one), 0);
  const [own, beside] = [lines.filter(({ of }) => of === undefined), lines.filter(({ of }) => of)];
  const total = (i: number) => Math.max(sum(i, own), sum(i, beside));
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
function tickText({ text, scale, unit }: Plot, value: number): string {
  if (scale === 'linear' && !unit.startsWith(TIME) && value >= 10_000) return short(value);
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
