/** What a plot is: columns over the steps of a run, and how they are drawn and read. */

/** A design token, and how much of it. */
export interface Ink {
  readonly token: string;
  readonly opacity: number;
}

export interface PlotLine {
  /** Name of the column in a CSV. */
  readonly id: string;
  readonly name: string;
  readonly ink: Ink;
  /** The policy whose run it is, where that is not the run that is open. */
  readonly of?: string;
  /** By sample. */
  readonly values: readonly number[];
  /** The value of the samples after `i` up to `k` taken together: the last level, the sum, the largest, the mean. */
  between(i: number, k: number): number;
}

export type PlotId =
  | 'free'
  | 'unusable'
  | 'fragmentation'
  | 'held'
  | 'evicted'
  | 'io'
  | 'lru'
  | 'damage'
  | 'refault-cost'
  | 'search'
  | 'slabs'
  | 'requests'
  | 'cost'
  | 'pools';

/** How the unit of a plot of nanoseconds begins. */
export const TIME = 'modelled time';

export interface Plot {
  readonly id: PlotId;
  readonly title: string;
  /** What the vertical axis counts. */
  readonly unit: string;
  /** How it is to be read, a line. */
  readonly note: string;
  /** `nested`: each line is a part of the one before it. */
  readonly shape: 'stack' | 'nested' | 'lines' | 'heat';
  readonly scale: 'linear' | 'log';
  /** Whether a value belongs to the moment of its sample, or to the steps since the sample before. */
  readonly reads: 'at' | 'since';
  readonly steps: readonly number[];
  /** From the foot of the plot upwards. */
  readonly lines: readonly PlotLine[];
  /** A value as people read it. */
  text(value: number): string;
}

/** Index of the sample that speaks for a step. */
export function sampleFor({ steps, reads }: Plot, step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = reads === 'at' ? (low + high + 1) >> 1 : (low + high) >> 1;
    if (reads === 'at') {
      if (steps[middle]! <= step) low = middle;
      else high = middle - 1;
    } else if (steps[middle]! >= step) high = middle;
    else low = middle + 1;
  }
  return low;
}
