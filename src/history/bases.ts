/**
 * Whole copies of the state at a few keyframes, step 0 among them. Deltas are walked one after the other, hundreds of
 * megabytes of them in the run of a large machine; from the nearest copy the way is short. There are as many as
 * memory allows: when one more would be too many, every second goes.
 */
import { type Columns, snapshotBytes } from '../engine/machine.ts';
import { type Packed, packState } from './packed.ts';

/** Bytes all copies of one timeline may take: 128 MB, that of step 0 apart, and never more copies than these. */
const BASE_BYTES = 128 * 1024 * 1024;
const MOST = 6;
/** The first distance between two, as a part of the state's bytes; and at least. */
const FIRST_GAP = 1 / 16;
const LEAST_GAP = 16 * 1024;

export interface Base {
  readonly step: number;
  readonly state: Packed;
}

export interface Bases {
  /** Bytes of deltas between neighbours. */
  gap: number;
  /** Bytes of deltas since the last one. */
  since: number;
  /** Ascending by step; the first is step 0. */
  readonly list: Base[];
}

/** None yet. */
export function createBases(): Bases {
  return { gap: 0, since: 0, list: [] };
}

/**
 * Copies the state at the newest keyframe where that is due.
 * @param bytes of its delta
 */
export function copyIfDue(bases: Bases, state: Columns, step: number, bytes: number): void {
  const { list } = bases;
  if (list.length === 0) {
    bases.gap = Math.max(LEAST_GAP, snapshotBytes(state) * FIRST_GAP);
    list.push({ step, state: packState(state) });
    return;
  }
  bases.since += bytes;
  if (bases.since < bases.gap) return;
  const packed = packState(state);
  const most = Math.min(MOST, Math.floor(BASE_BYTES / Math.max(packed.bytes, largest(list))));
  if (list.length > most) {
    // those at odd multiples of the distance go, and the next is one distance farther
    const kept = list.filter((_, i) => i % 2 === 0);
    const wasEven = list.length % 2 === 0;
    list.splice(0, list.length, ...kept);
    bases.gap *= 2;
    if (!wasEven || list.length > most) return;
  }
  list.push({ step, state: packed });
  bases.since = 0;
}

function largest(list: readonly Base[]): number {
  return list.slice(1).reduce((most, { state }) => Math.max(most, state.bytes), 0);
}

/**
 * Drops the copies of keyframes that are there no more.
 * @param bytesSince of deltas since a step
 */
export function dropBases(
  bases: Bases,
  isKept: (step: number) => boolean,
  bytesSince: (step: number) => number,
): void {
  const kept = bases.list.filter(({ step }) => isKept(step));
  bases.list.splice(0, bases.list.length, ...kept);
  bases.since = bytesSince(kept[kept.length - 1]?.step ?? 0);
}
