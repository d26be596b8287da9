/**
 * A machine and its operation log as something one can move along: step n = n operations applied. Any step is
 * reached by keyframe and replay, and gives the same state however it was reached. Events inside an operation can
 * be looked at, never kept: the machine half-way is thrown away by the next move.
 */
import { applyOperation } from '../engine/apply.ts';
import { bootMachine } from '../engine/boot.ts';
import type { MachineConfig } from '../engine/config.ts';
import { copyHints } from '../engine/hints.ts';
import { createMachine, type Machine, restoreSnapshot, takeSnapshot } from '../engine/machine.ts';
import type { Operation, OperationLog } from '../engine/operation.ts';
import { eventAt, StopAtEvent, type TraceEvent } from '../engine/trace-event.ts';
import { takingOut } from './changes.ts';
import { type Edit, editOf, redoRows, sameOperation, undoRows } from './edits.ts';
import {
  createKeyframes,
  dropAfter,
  firstSpacing,
  giveBack,
  isDue,
  type Keyframes,
  keepIfDue,
  keyframeFrom,
  lendCopy,
  nearestKeyframe,
  restoreKeyframe,
} from './keyframes.ts';

export interface Timeline {
  readonly config: MachineConfig;
  readonly machine: Machine;
  /** Changed in place by {@link fork}, {@link takeOut}, {@link undo} and {@link redo} only. */
  readonly operations: OperationLog;
  /** Operations applied to the machine. */
  step: number;
  /** Events into operation `step`; above 0 the machine is half-way and only good for looking at. */
  event: number;
  readonly keyframes: Keyframes;
  /**
   * A second machine: it goes ahead to see what an operation will cause, and waits where the first is looked at
   * half-way. It follows by applying the same operations, so that looking ahead while playing copies nothing. Its
   * memory is that of the keyframes' copy: a large machine is there twice, not three times.
   */
  readonly scout: Scout;
  readonly done: Edit[];
  readonly undone: Edit[];
}

export interface Scout {
  readonly machine: Machine;
  step: number;
}

/** The step of a scout that is in no state of the timeline's, or serves as the keyframes' copy. */
const NOWHERE = Number.POSITIVE_INFINITY;

/** The scout follows so many operations by itself, as a part of the pages; from farther away a copy is sooner there. */
const PAGES_A_FOLLOWED = 256;

/** Records listed of one operation; the count is always whole. */
export const RECORDS_LIMIT = 4096;

/** What one operation caused: the number of events and the first {@link RECORDS_LIMIT} of them. */
export interface Happened {
  readonly count: number;
  readonly events: readonly TraceEvent[];
}

/**
 * Boots a machine and puts it at step 0.
 * @param operations owned by the timeline from here on
 * @param keyframeBytes memory the keyframes may take
 */
export function createTimeline(
  config: MachineConfig,
  operations: OperationLog,
  keyframeBytes?: number,
): Timeline {
  const machine = bootMachine(config);
  const scout: Scout = { machine: createMachine(config), step: NOWHERE };
  const keyframes = createKeyframes(config.pages, keyframeBytes, scout.machine);
  keepIfDue(keyframes, machine, 0);
  return { config, machine, operations, step: 0, event: 0, keyframes, scout, done: [], undone: [] };
}

/** Moves to `step`, held between 0 and the number of operations. */
export function seek(t: Timeline, step: number): void {
  const target = Math.max(0, Math.min(step, t.operations.length));
  const stored = nearestKeyframe(t.keyframes, target).step;
  const home = t.scout.step <= target && t.scout.step > stored ? t.scout : null;
  const from = home?.step ?? stored;
  // a short way forward is replayed even past a stored state: restoring one would take longer
  const isFar = from - t.step > firstSpacing(t.config.pages);
  if (t.event > 0 || t.step > target || isFar) {
    if (home) {
      restoreSnapshot(t.machine, home.machine);
    } else {
      callScoutBack(t);
      restoreKeyframe(t.keyframes, target, t.machine);
    }
    t.step = from;
    t.event = 0;
  }
  t.machine.log.level = 0;
  while (t.step < target) {
    applyOperation(t.machine, t.operations, t.step);
    t.step++;
    keep(t);
  }
}

/** Applies the next `n` operations, as far as there are any. */
export function advance(t: Timeline, n: number): void {
  seek(t, t.step + n);
}

/** Applies the next operation; what it caused stands in the machine's log until the next move. */
export function stepLogged(t: Timeline): void {
  seek(t, t.step);
  t.machine.log.level = 1;
  applyOperation(t.machine, t.operations, t.step);
  t.step++;
  keep(t);
}

/** Applies the next operation and tells what it caused. */
export function stepRecorded(t: Timeline): Happened {
  stepLogged(t);
  return happened(t.machine);
}

/**
 * Goes on to `step` and shows what each operation on the way caused, in the machine's log.
 * @param from where to begin; the machine is taken there first
 */
export function replayRecorded(t: Timeline, from: number, step: number, each: (m: Machine) => void): void {
  seek(t, from);
  const target = Math.min(step, t.operations.length);
  while (t.step < target) {
    t.machine.log.level = 1;
    applyOperation(t.machine, t.operations, t.step);
    t.step++;
    keep(t);
    each(t.machine);
  }
}

/** What operation `step` causes; leaves the machine at `step`. Nothing at the end of the log. */
export function eventsOf(t: Timeline, step: number): Happened {
  return lookAhead(t, step, (happened) => happened);
}

/**
 * Lets `view` look at what operation `step` causes and at a machine after it; leaves the timeline's own at `step`.
 * At the end of the log `view` sees that nothing happened.
 */
export function lookAhead<T>(t: Timeline, step: number, view: (happened: Happened, m: Machine) => T): T {
  seek(t, step);
  if (t.step >= t.operations.length) return view({ count: 0, events: [] }, t.machine);
  const scout = sendScout(t);
  const m = scout.machine;
  m.log.level = 1;
  goAhead(t, scout);
  return view(happened(m), m);
}

/**
 * Shows the machine `event` events into operation `step`. An operation with fewer events is applied whole.
 * @returns what has happened of the operation so far
 */
export function peek(t: Timeline, step: number, event: number): Happened {
  seek(t, step);
  if (event <= 0 || t.step >= t.operations.length) return { count: 0, events: [] };
  sendScout(t);
  const log = t.machine.log;
  log.level = 1;
  log.stopAt = event;
  try {
    applyOperation(t.machine, t.operations, t.step);
    t.step++;
  } catch (error) {
    if (!(error instanceof StopAtEvent)) throw error;
    t.event = log.count;
  } finally {
    log.stopAt = Number.POSITIVE_INFINITY;
  }
  return happened(t.machine);
}

/**
 * Does `operation` at `step`: advances where the log has just that one next, else drops what follows.
 * @param keep puts what follows behind the operation instead
 * @returns whether it forked, and how many operations were dropped
 */
export function fork(
  t: Timeline,
  step: number,
  operation: Operation,
  keep = false,
): { forked: boolean; dropped: number } {
  seek(t, step);
  if (sameOperation(t.operations, t.step, operation)) {
    advance(t, 1);
    return { forked: false, dropped: 0 };
  }
  const edit = editOf(t.operations, t.step, operation, keep);
  t.done.push(edit);
  t.undone.length = 0;
  forget(t, edit.at);
  redoRows(t.operations, edit);
  advance(t, 1);
  return { forked: true, dropped: keep ? 0 : edit.removed.length };
}

/**
 * Takes one edit out of the middle and makes those after it again; can be undone as any edit.
 * @param base the operations without any edit
 * @param index number of the edit among those that are made
 * @returns the first step whose next operation is another one now, where the machine is
 */
export function takeOut(t: Timeline, base: OperationLog, index: number): number {
  const edit = takingOut(t.operations, base, t.done, index);
  t.done.push(edit);
  t.undone.length = 0;
  forget(t, edit.at);
  redoRows(t.operations, edit);
  return t.step;
}

/** Takes the last edit back. @returns the step it was made at, where the machine now is; null when there is none */
export function undo(t: Timeline): number | null {
  const edit = t.done.pop();
  if (!edit) return null;
  t.undone.push(edit);
  forget(t, edit.at);
  undoRows(t.operations, edit);
  return edit.at;
}

/** Makes the last edit taken back again. @returns the step it leads to; null when there is none */
export function redo(t: Timeline): number | null {
  const edit = t.undone.pop();
  if (!edit) return null;
  t.done.push(edit);
  forget(t, edit.at);
  redoRows(t.operations, edit);
  seek(t, edit.at + 1);
  return t.step;
}

/** Goes to `step` and forgets every stored state after it. */
function forget(t: Timeline, step: number): void {
  seek(t, step);
  dropAfter(t.keyframes, step);
  if (t.scout.step > step) t.scout.step = NOWHERE;
}

/** Stores the machine where a keyframe is due. */
function keep(t: Timeline): void {
  if (!isDue(t.keyframes, t.step)) return;
  callScoutBack(t);
  keepIfDue(t.keyframes, t.machine, t.step);
}

/** Gives the keyframes their copy back: the scout goes on to the next of them, where there is one. */
function callScoutBack(t: Timeline): void {
  const { scout, keyframes } = t;
  if (scout.step === NOWHERE) return;
  const next = keyframeFrom(keyframes, scout.step);
  if (next !== null) {
    scout.machine.log.level = 0;
    while (scout.step < keyframes.list[next]!.step) goAhead(t, scout);
    giveBack(keyframes, next);
  }
  scout.step = NOWHERE;
}

/** Brings the scout to where the machine is. */
function sendScout(t: Timeline): Scout {
  const { scout } = t;
  const behind = t.step - scout.step;
  if (behind < 0 || behind > t.config.pages / PAGES_A_FOLLOWED) {
    lendCopy(t.keyframes);
    takeSnapshot(t.machine, scout.machine);
    copyHints(t.machine.hints, scout.machine.hints);
    scout.step = t.step;
  }
  scout.machine.log.level = 0;
  while (scout.step < t.step) goAhead(t, scout);
  return scout;
}

/** Applies the scout's next operation. One that the engine breaks off leaves the scout nowhere. */
function goAhead({ operations }: Timeline, scout: Scout): void {
  const { step } = scout;
  scout.step = NOWHERE;
  applyOperation(scout.machine, operations, step);
  scout.step = step + 1;
}

function happened(m: Machine): Happened {
  const shown = Math.min(m.log.count, RECORDS_LIMIT);
  return { count: m.log.count, events: Array.from({ length: shown }, (_, i) => eventAt(m.log, i)) };
}
