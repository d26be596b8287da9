/** Geometry of the timeline's plots: pure functions of the series and a scale of steps to pixels. */
import { area, curveLinear, type ScaleLinear, scaleLinear, stack } from 'd3';
import type { Marker, Series } from '../../worker/protocol.ts';
import type { LayoutName } from '../use-layout.ts';

export type StepScale = ScaleLinear<number, number>;

/** Where the axis stands in a block of `width` pixels: from `x0` to `x1`, the plots' words and figures beside it. */
export function axisSpan(
  layout: LayoutName,
  width: number,
  plotsOpen: boolean,
): { readonly x0: number; readonly x1: number } {
  if (layout === 'phone') return { x0: 6, x1: width - 6 };
  const large = layout === 'large';
  const figures = large ? LEGEND_WIDTH.large : LEGEND_WIDTH.normal;
  return { x0: large ? 240 : 150, x1: width - (plotsOpen ? figures : 10) };
}

/** Pixels for the figures right of a plot. */
export const LEGEND_WIDTH = { normal: 216, large: 300 } as const;

/** Steps 0 to `length` over `x0` to `x1` pixels, held inside. */
export function stepScale(length: number, x0: number, x1: number): StepScale {
  return scaleLinear([0, Math.max(1, length)], [x0, Math.max(x0 + 1, x1)]).clamp(true);
}

const BANDS = ['freeSmall', 'freeMiddle', 'freeLarge'] as const;

interface Sample {
  readonly step: number;
  readonly freeSmall: number;
  readonly freeMiddle: number;
  readonly freeLarge: number;
}

/** The steps from `from` to `to` over the same pixels. */
export function rangeScale(from: number, to: number, x0: number, x1: number): StepScale {
  return scaleLinear([from, Math.max(from + 1, to)], [x0, Math.max(x0 + 1, x1)]).clamp(true);
}

/** What the events row shows: the run's own markers, and the scenario's notes. */
export function markersWithNotes(
  markers: readonly Marker[],
  notes: readonly { readonly step: number }[],
): readonly Marker[] {
  if (notes.length === 0) return markers;
  // First, so that what happened at the step is drawn over its note.
  const noted = [...new Set(notes.map(({ step }) => step))].map((step): Marker => ({ step, kind: 'note' }));
  return [...noted, ...markers].sort((a, b) => a.step - b.step);
}

/** One path a band, small orders at the bottom. The height is the most that was ever free. */
export function freeAreas(series: Series, x: StepScale, top: number, height: number): readonly string[] {
  const samples: Sample[] = series.steps.map((step, i) => ({
    step,
    freeSmall: series.freeSmall[i] ?? 0,
    freeMiddle: series.freeMiddle[i] ?? 0,
    freeLarge: series.freeLarge[i] ?? 0,
  }));
  const most = Math.max(1, ...samples.map((one) => one.freeSmall + one.freeMiddle + one.freeLarge));
  const y = scaleLinear([0, most], [top + height, top]);
  const shape = area<{ readonly data: Sample; readonly 0: number; readonly 1: number }>()
    .x((one) => x(one.data.step))
    .y0((one) => y(one[0]))
    .y1((one) => y(one[1]))
    .curve(curveLinear);
  return stack<Sample, (typeof BANDS)[number]>()
    .keys(BANDS)
    .value((one, band) => one[band])(samples)
    .map((layer) => shape(layer) ?? '');
}

/** Levels of grey the index is shown in. */
const LEVELS = 11;

/** A row of the unusable index: one path for each level, so that a long run stays a few elements. */
export function indexRow(
  series: Series,
  row: number,
  x: StepScale,
  top: number,
  height: number,
): readonly { readonly level: number; readonly d: string }[] {
  const values = series.unusable[row] ?? [];
  const paths = new Map<number, string>();
  const end = x.domain()[1] ?? 0;
  values.forEach((value, i) => {
    const level = Math.round((Math.max(0, value) / 1000) * (LEVELS - 1));
    const from = x(series.steps[i] ?? 0);
    const to = x(series.steps[i + 1] ?? end);
    const d = `M${from.toFixed(1)} ${top}H${(to + 0.3).toFixed(1)}v${height}H${from.toFixed(1)}z`;
    paths.set(level, (paths.get(level) ?? '') + d);
  });
  return [...paths].map(([level, d]) => ({ level: level / (LEVELS - 1), d }));
}

/** Index of the last sample at or before a step. */
export function sampleAt(series: Series, step: number): number {
  let low = 0;
  let high = series.steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((series.steps[middle] ?? 0) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}
