/**
 * The whole run as curves and ticks: the machine is run ahead through its log in slices, sampled on a grid of steps,
 * and every operation whose outcome matters leaves a marker. What happened is read from the machine's counters, so
 * that running ahead records no events.
 */
import { C, type CounterName } from '../engine/counters.ts';
import type { Machine } from '../engine/machine.ts';
import { unusableFreeIndex } from './indices.ts';
import { type Marker, type MarkerKind, thinMarkers } from './markers.ts';

export type { Marker, MarkerKind } from './markers.ts';

/** Samples of the whole run on a common grid of steps. */
export interface Series {
  readonly steps: readonly number[];
  /** Pages in free blocks of orders 0-1, 2-3, 4 and up. */
  readonly freeSmall: readonly number[];
  readonly freeMiddle: readonly number[];
  readonly freeLarge: readonly number[];
  /** Orders the unusable index is sampled for, and its value in thousandths per sample. */
  readonly orders: readonly number[];
  readonly unusable: readonly (readonly number[])[];
  readonly markers: readonly Marker[];
  /** Markers beyond the limit that were left out. */
  readonly markersOmitted: number;
}

/** What a series needs of a timeline: a machine that can be taken to any step of a log. */
export interface Course {
  readonly machine: Machine;
  /** Operations of the log; read anew for every slice. */
  length(): number;
  /** Takes the machine to a step. */
  seek(step: number): void;
}

export interface SeriesRun {
  /** Steps run through so far. */
  readonly done: number;
  /**
   * Goes on for at most `budget` operations. The machine may be elsewhere before, and is at `done` after.
   * @returns true when the end of the log is reached
   */
  run(budget: number): boolean;
  /** Forgets what lies after `step`, where the log has changed; `run` goes on from there. */
  rewind(step: number): void;
  /** What is known by now, as plain lists. */
  series(): Series;
  /** All markers, none left out, by step. */
  markers(): readonly Marker[];
}

/** Samples a series may have. */
export const SAMPLES = 1400;
const ORDERS = [3, 4, 5, 6];

interface Sample {
  readonly step: number;
  /** Pages in free blocks of orders 0-1, 2-3, 4 and up. */
  readonly free: readonly [number, number, number];
  readonly unusable: readonly number[];
}

/** The counters that tell an outcome, in the order the markers of one step are listed. */
const WATCHED: readonly (readonly [CounterName, MarkerKind])[] = [
  ['requestsFailed', 'failed'],
  ['highOrderServed', 'served'],
  ['slabsDiscarded', 'discard'],
  ['slabReclaims', 'reclaim'],
  ['directReclaims', 'reclaim'],
  ['oomKills', 'oom'],
];

/** Places of the watched counters. */
const WATCHED_AT: readonly number[] = WATCHED.map(([counter]) => C[counter]);

/** Prepares to run through `course` from step 0. */
export function createSeriesRun(course: Course): SeriesRun {
  const { machine: m } = course;
  const orders = ORDERS.filter((order) => order <= m.config.maxOrder);
  let samples: Sample[] = [];
  let markers: Marker[] = [];
  let done = 0;
  const stride = () => Math.max(1, Math.ceil(course.length() / (SAMPLES - 1)));

  function run(budget: number): boolean {
    const end = Math.min(course.length(), done + budget);
    const grid = stride();
    course.seek(done);
    if (samples.length === 0) samples.push(sampleOf(m, 0, orders));
    const before = WATCHED_AT.map((at) => m.counters[at]!);
    while (done < end) {
      course.seek(++done);
      note(markers, m, done, before);
      if (done % grid === 0 || done === course.length()) samples.push(sampleOf(m, done, orders));
    }
    return done >= course.length();
  }

  return {
    get done() {
      return done;
    },
    run,
    rewind(step) {
      const grown = samples.length > SAMPLES * 1.25;
      const from = grown ? 0 : Math.min(step, done);
      samples = samples.filter((sample) => sample.step <= from && !grown);
      markers = markers.filter((marker) => marker.step <= from);
      done = from;
    },
    series: () => asSeries(samples, orders, markers),
    markers: () => markers,
  };
}

/**
 * Books a marker for each kind of outcome of one operation; a slab discarded says that one was reclaimed.
 * @param before the watched counters before the operation; brought up to date
 */
function note(markers: Marker[], m: Machine, step: number, before: number[]): void {
  let kinds: Set<MarkerKind> | null = null;
  for (let i = 0; i < WATCHED_AT.length; i++) {
    const now = m.counters[WATCHED_AT[i]!]!;
    if (now <= before[i]!) continue;
    before[i] = now;
    kinds ??= new Set();
    kinds.add(WATCHED[i]![1]);
  }
  if (!kinds) return;
  if (kinds.has('discard')) kinds.delete('reclaim');
  for (const kind of kinds) markers.push({ step, kind });
}

function sampleOf(m: Machine, step: number, orders: readonly number[]): Sample {
  const blocks = new Array<number>(m.config.maxOrder + 1).fill(0);
  for (let i = 0; i < m.freeCount.length; i++) blocks[i % blocks.length]! += m.freeCount[i]!;
  const free: [number, number, number] = [0, 0, 0];
  for (let order = 0; order < blocks.length; order++) {
    free[order < 2 ? 0 : order < 4 ? 1 : 2] += blocks[order]! * 2 ** order;
  }
  return { step, free, unusable: orders.map((order) => unusableFreeIndex(blocks, order)) };
}

function asSeries(samples: readonly Sample[], orders: readonly number[], markers: readonly Marker[]): Series {
  const thinned = thinMarkers(markers);
  return {
    steps: samples.map((sample) => sample.step),
    freeSmall: samples.map((sample) => sample.free[0]),
    freeMiddle: samples.map((sample) => sample.free[1]),
    freeLarge: samples.map((sample) => sample.free[2]),
    orders,
    unusable: orders.map((_, i) => samples.map((sample) => sample.unusable[i]!)),
    markers: thinned,
    markersOmitted: markers.length - thinned.length,
  };
}
