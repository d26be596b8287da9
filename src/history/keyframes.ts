/**
 * Stored copies of a machine along its run, so that any step is reached by restoring the one before it and
 * replaying a little. When they outgrow the memory they may take, every second one goes and the spacing doubles.
 */
import { type Machine, type Snapshot, snapshotBytes, takeSnapshot } from '../engine/machine.ts';

/** Bytes all keyframes of one timeline may take: 256 MB. */
export const KEYFRAME_BYTES = 256 * 1024 * 1024;
/** Operations between keyframes before any thinning. */
const FIRST_SPACING = 256;

export interface Keyframe {
  readonly step: number;
  readonly snapshot: Snapshot;
  readonly bytes: number;
}

export interface Keyframes {
  readonly limit: number;
  /** Operations between neighbours; the first is always step 0. */
  spacing: number;
  bytes: number;
  /** Ascending by step. */
  readonly list: Keyframe[];
}

/** No keyframes yet; `limit` bytes at most, but never fewer than the one at step 0. */
export function createKeyframes(limit = KEYFRAME_BYTES): Keyframes {
  return { limit, spacing: FIRST_SPACING, bytes: 0, list: [] };
}

/** Stores the machine at `step` where one is due and none is there yet. */
export function keepIfDue(frames: Keyframes, m: Machine, step: number): void {
  const last = frames.list[frames.list.length - 1];
  if (step % frames.spacing !== 0 || (last && last.step >= step)) return;
  const snapshot = takeSnapshot(m);
  const bytes = snapshotBytes(snapshot);
  frames.list.push({ step, snapshot, bytes });
  frames.bytes += bytes;
  while (frames.bytes > frames.limit && frames.list.length > 1) thin(frames);
}

/** The last keyframe at or before `step`. */
export function nearestKeyframe(frames: Keyframes, step: number): Keyframe {
  let low = 0;
  let high = frames.list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (frames.list[middle]!.step <= step) low = middle;
    else high = middle - 1;
  }
  return frames.list[low]!;
}

/** Drops all keyframes after `step`: what they hold no longer comes to pass. */
export function dropAfter(frames: Keyframes, step: number): void {
  while (frames.list.length > 1 && frames.list[frames.list.length - 1]!.step > step) {
    frames.bytes -= frames.list.pop()!.bytes;
  }
}

function thin(frames: Keyframes): void {
  frames.spacing *= 2;
  const kept = frames.list.filter((frame) => frame.step % frames.spacing === 0);
  frames.list.length = 0;
  frames.list.push(...kept);
  frames.bytes = kept.reduce((sum, frame) => sum + frame.bytes, 0);
}
