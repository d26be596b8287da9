/**
 * Whole copies of the state at a few keyframes. Deltas are walked one after the other, a hundred megabytes of them in
 * the run of a large machine; from the nearest copy the way is short. There are as many as memory allows: when one
 * more would be too many, every second goes.
 */
import { type Columns, type Snapshot, snapshotBytes, takeSnapshot } from '../engine/machine.ts';

/** Bytes all copies of one timeline may take: 256 MB, and never more copies than these. */
const BASE_BYTES = 256 * 1024 * 1024;
const MOST = 4;
/** The first distance between two, as a part of a copy's bytes; and at least. */
const FIRST_GAP = 1 / 16;
const LEAST_GAP = 16 * 1024;

export interface Bases {
  /** Bytes of deltas between neighbours. */
  gap: number;
  /** Bytes of deltas since the last one. */
  since: number;
  /** Ascending by step. */
  readonly list: { readonly step: number; readonly state: Snapshot }[];
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
  const whole = snapshotBytes(state);
  const most = Math.min(MOST, Math.floor(BASE_BYTES / whole));
  if (bases.gap === 0) bases.gap = Math.max(LEAST_GAP, whole * FIRST_GAP);
  bases.since += bytes;
  if (most < 2 || bases.since < bases.gap) return;
  if (bases.list.length >= most) {
    // those at odd multiples of the distance go, and the next is one distance farther
    const kept = bases.list.filter((_, i) => i % 2 === 1);
    bases.list.splice(0, bases.list.length, ...kept);
    bases.gap *= 2;
    if (most % 2 === 0) return;
  }
  bases.list.push({ step, state: takeSnapshot(state) });
  bases.since = 0;
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
