/**
 * The whole run as curves and ticks: the machine is run ahead through its log in slices, sampled on a grid of steps,
 * and every operation whose outcome matters leaves a marker. What happened is read from the machine's counters, so
 * that running ahead records no events.
 */
import { C, type CounterName } from '../engine/counters.ts';
import type { Machine } from '../engine/machine.ts';
import { type Marker, type MarkerKind, thinMarkers } from './markers.ts';
import { asCurves, type Curves } from './series-curves.ts';
import { type AskedCost, heldEvery, type Sample, sampleOf } from './series-sample.ts';

export type { Marker, MarkerKind } from './markers.ts';
export type { Counted, Held } from './series-sample.ts';

/** Samples of the whole run on a common grid of steps. */
export interface Series extends Curves {
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
  let samples: Sample[] = [];
  let markers: Marker[] = [];
  let done = 0;
  let asked: AskedCost = { total: 0, dearest: 0 };
  const heldStride = heldEvery(m.config.pages, SAMPLES);

  const sample = (grid: number) => {
    const withHeld = done % (grid * heldStride) === 0 || done === course.length();
    samples.push(sampleOf(m, done, withHeld, asked));
    asked.dearest = 0;
  };

  function run(budget: number): boolean {
    const end = Math.min(course.length(), done + budget);
    const grid = Math.max(1, Math.ceil(course.length() / (SAMPLES - 1)));
    course.seek(done);
    if (samples.length === 0) sample(grid);
    const before = WATCHED_AT.map((at) => m.counters[at]!);
    while (done < end) {
      const requests = m.counters[C.requests]!;
      const cost = m.counters[C.costNs]!;
      course.seek(++done);
      note(markers, m, done, before);
      if (m.counters[C.requests]! !== requests) addCost(asked, m.counters[C.costNs]! - cost);
      if (done % grid === 0 || done === course.length()) sample(grid);
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
      samples = samples.filter((one) => one.step <= step && !grown);
      // From a sample on, so that what is summed between two of them is whole.
      const last = samples.at(-1);
      done = last?.step ?? 0;
      asked = { total: last?.asked.total ?? 0, dearest: 0 };
      markers = markers.filter((marker) => marker.step <= done);
    },
    series: () => {
      const thinned = thinMarkers(markers);
      const markersOmitted = markers.length - thinned.length;
      return { ...asCurves(samples, m.config.maxOrder), markers: thinned, markersOmitted };
    },
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

/** Adds what one operation that asked for memory cost. */
function addCost(asked: AskedCost, cost: number): void {
  asked.total += cost;
  if (cost > asked.dearest) asked.dearest = cost;
}
