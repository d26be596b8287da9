/**
 * Stored states of a machine along its run, so that any step is reached by restoring the one before it and
 * replaying a little. Kept is one copy, of one keyframe, and the deltas from each keyframe to the next: applied
 * forwards or backwards they take the copy to any other. When the deltas outgrow the memory they may take, every
 * second keyframe goes, its delta joined to the next one's, and the spacing doubles.
 */

import { assert } from '../base/assert.ts';
import { forgetHints } from '../engine/hints.ts';
import {
  type Columns,
  type Machine,
  restoreSnapshot,
  snapshotBytes,
  takeSnapshot,
} from '../engine/machine.ts';
import { type Bases, copyIfDue, createBases, dropBases } from './bases.ts';
import { applyDeltas, catchUp, columnLengths, type Delta, fitColumns, joinDeltas } from './delta.ts';
import { type Packed, unpackState } from './packed.ts';

/** Bytes all deltas of one timeline may take: 256 MB. */
export const KEYFRAME_BYTES = 256 * 1024 * 1024;
/** Operations between keyframes before any thinning: at least, and as a part of the pages, since finding a delta takes as long as the machine is large. */
const LEAST_SPACING = 256;
const PAGES_AN_OPERATION = 64;

/** Place of a copy that stands at no keyframe: somebody uses its memory, or did. */
const LENT = -1;

export interface Keyframe {
  readonly step: number;
  /** From the keyframe before; the first has none. */
  readonly delta: Delta;
  /** Of all columns: what the machine has grown by then. */
  readonly lengths: Uint32Array;
}

export interface Keyframes {
  readonly limit: number;
  /** Operations between neighbours; the first is always step 0. */
  spacing: number;
  /** Of all deltas. */
  bytes: number;
  /** Ascending by step. */
  readonly list: Keyframe[];
  /** The state at keyframe `at`, or of no keyframe while that is {@link LENT}. */
  copy: Columns | null;
  at: number;
  /** The keyframe a machine was put at last. */
  restored: number;
  readonly bases: Bases;
}

/**
 * No keyframes yet.
 * @param limit bytes of deltas at most
 * @param copy memory for the one copy
 */
export function createKeyframes(
  pages: number,
  limit = KEYFRAME_BYTES,
  copy: Columns | null = null,
): Keyframes {
  return {
    limit,
    spacing: firstSpacing(pages),
    bytes: 0,
    list: [],
    copy,
    at: 0,
    restored: 0,
    bases: createBases(),
  };
}

/** Operations between keyframes of a machine that were never thinned; restoring one takes no longer than these. */
export function firstSpacing(pages: number): number {
  let spacing = LEAST_SPACING;
  while (spacing * PAGES_AN_OPERATION < pages) spacing *= 2;
  return spacing;
}

/** Lets another use the memory of the copy, until {@link giveBack} or the next need of a keyframe. */
export function lendCopy(frames: Keyframes): void {
  frames.at = LENT;
}

/** The copy is lent no more, and stands at the keyframe of that number. */
export function giveBack(frames: Keyframes, at: number): void {
  frames.at = at;
}

/** Number of the first keyframe at `step` or after; null where there is none. */
export function keyframeFrom(frames: Keyframes, step: number): number | null {
  const before = indexAt(frames, step);
  const at = frames.list[before]!.step === step ? before : before + 1;
  return at < frames.list.length ? at : null;
}

/** Whether {@link keepIfDue} would store the machine at `step`. */
export function isDue({ list, spacing }: Keyframes, step: number): boolean {
  const last = list[list.length - 1];
  return step % spacing === 0 && (last === undefined || last.step < step);
}

/** Stores the machine at `step` where one is due and none is there yet. */
export function keepIfDue(frames: Keyframes, m: Machine, step: number): void {
  if (!isDue(frames, step)) return;
  const last = frames.list[frames.list.length - 1];
  let delta: Delta = new Uint8Array(0);
  if (last) {
    delta = catchUp(moveCopy(frames, frames.list.length - 1), m);
  } else {
    frames.copy = takeSnapshot(m, frames.copy ?? undefined);
  }
  frames.list.push({ step, delta, lengths: columnLengths(m) });
  frames.at = frames.list.length - 1;
  frames.bytes += delta.byteLength;
  if (frames.copy) copyIfDue(frames.bases, frames.copy, step, delta.byteLength);
  while (frames.bytes > frames.limit && frames.list.length > 1) thin(frames);
}

/** The last keyframe at or before `step`. */
export function nearestKeyframe(frames: Keyframes, step: number): Keyframe {
  return frames.list[indexAt(frames, step)]!;
}

/** Keyframes between two that are restored one after the other, where somebody may be looking around. */
const NEARBY = 4;

/**
 * Puts the machine at the last keyframe at or before `step`: by the copy where that is near or will be needed
 * again soon, else from a base and past the copy.
 */
export function restoreKeyframe(frames: Keyframes, step: number, m: Machine): void {
  const to = indexAt(frames, step);
  const base = nearestBase(frames, to);
  const isAround = Math.abs(to - frames.restored) <= NEARBY;
  if (isAround || base === null || base.bytes >= bytesFromCopy(frames, to) + snapshotBytes(m) * COPYING) {
    restoreSnapshot(m, moveCopy(frames, to));
  } else {
    unpackState(base.state, m);
    walk(frames.list, m, base.at, to);
    forgetHints(m.hints, m.config);
  }
  frames.restored = to;
}

/** Drops all keyframes after `step`: what they hold no longer comes to pass. */
export function dropAfter(frames: Keyframes, step: number): void {
  const last = indexAt(frames, step);
  if (frames.at > last) moveCopy(frames, last);
  while (frames.list.length > last + 1) frames.bytes -= frames.list.pop()!.delta.byteLength;
  const end = frames.list[last]!.step;
  tidyBases(frames, (at) => at <= end);
}

function indexAt({ list }: Keyframes, step: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle]!.step <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

function tidyBases(frames: Keyframes, isKept: (step: number) => boolean): void {
  const end = frames.list.length - 1;
  dropBases(frames.bases, isKept, (step) => bytesBetween(frames, indexAt(frames, step), end));
}

/** Bytes of deltas that are walked while a whole state is unpacked or copied, as a part of its bytes. */
const UNPACKING = 1 / 24;
const COPYING = 1 / 24;

/** A base, its keyframe, and the way from it to another: bytes of deltas, unpacking among them. */
interface Way {
  readonly state: Packed;
  readonly at: number;
  readonly bytes: number;
}

/** The base from which a keyframe is soonest reached; null where there is none. */
function nearestBase(frames: Keyframes, to: number): Way | null {
  let nearest: Way | null = null;
  for (const { step, state } of frames.bases.list) {
    const at = indexAt(frames, step);
    const bytes = bytesBetween(frames, at, to);
    if (nearest === null || bytes < nearest.bytes) nearest = { state, at, bytes };
  }
  if (nearest === null || frames.copy === null) return null;
  return { ...nearest, bytes: nearest.bytes + snapshotBytes(frames.copy) * UNPACKING };
}

function bytesFromCopy(frames: Keyframes, to: number): number {
  return frames.at === LENT ? Number.POSITIVE_INFINITY : bytesBetween(frames, frames.at, to);
}

/** Takes the copy to keyframe `to`, from where it is or from a base, whichever is nearer. */
function moveCopy(frames: Keyframes, to: number): Columns {
  const { list, copy } = frames;
  assert(copy !== null, 'keyframes: the first keyframe was never stored');
  const base = nearestBase(frames, to);
  if (base !== null && base.bytes < bytesFromCopy(frames, to)) {
    unpackState(base.state, copy);
    frames.at = base.at;
  }
  walk(list, copy, frames.at, to);
  frames.at = to;
  return copy;
}

/** Takes a state from one keyframe to another by the deltas between them. */
function walk(list: readonly Keyframe[], state: Columns, from: number, to: number): void {
  const first = Math.min(from, to);
  const passed = list.slice(first, Math.max(from, to) + 1);
  for (const { lengths } of passed) fitColumns(state, lengths, false);
  applyDeltas(
    state,
    passed.slice(1).map(({ delta }) => delta),
  );
  fitColumns(state, list[to]!.lengths, true);
}

function bytesBetween({ list }: Keyframes, a: number, b: number): number {
  let bytes = 0;
  for (let i = Math.min(a, b) + 1; i <= Math.max(a, b); i++) bytes += list[i]!.delta.byteLength;
  return bytes;
}

/** Drops every second keyframe; the first stays. Old deltas go as new ones come, so that they are not there together. */
function thin(frames: Keyframes): void {
  frames.spacing *= 2;
  const isKept = (step: number) => step % frames.spacing === 0;
  const last = frames.list.findLastIndex(({ step }) => isKept(step));
  const end = frames.list[last]!.step;
  moveCopy(frames, last);
  const old = frames.list.splice(0);
  let pending: Delta | null = null;
  for (let frame = old.shift(); frame; frame = old.shift()) {
    const delta: Delta = pending ? joinDeltas(pending, frame.delta) : frame.delta;
    pending = isKept(frame.step) ? null : delta;
    if (!pending) frames.list.push({ ...frame, delta });
  }
  frames.at = frames.list.length - 1;
  frames.restored = 0;
  frames.bytes = frames.list.reduce((sum, { delta }) => sum + delta.byteLength, 0);
  tidyBases(frames, (step) => isKept(step) && step <= end);
}
