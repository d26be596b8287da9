/** The life story of a page frame along a timeline, newest part first: each call replays one span of operations. */
import { bootLine, foldLines, toldLine, watchFrame } from '../analysis/inspect/life.ts';
import type { LifeStory, RawLine } from '../analysis/inspect/life-line.ts';
import { peek, seek, stepRecorded, type Timeline } from '../history/timeline.ts';
import type { Position } from './protocol.ts';

export interface LifeBounds {
  /** First step to look at; 0 where nobody says. */
  readonly from?: number;
  /** Look only at operations before this step: `reached` of the part before. Left out: up to the position asked for. */
  readonly to?: number;
  /** Lines told; one operation's lines stay together and may exceed it. */
  readonly limit?: number;
  /** Operations replayed at most. */
  readonly budget?: number;
}

export const LIFE_LIMIT = 64;
export const LIFE_BUDGET = 1024;
/** Spans begin at a multiple of this where they can: there may be a keyframe. */
const ALIGN = 256;

/**
 * What happened to a frame up to a position. Leaves the timeline at another position than it was.
 *
 * @param at the present: operations before `at.step`, and the first `at.event` events of the next one
 */
export function lifeOf(t: Timeline, pfn: number, at: Position, bounds: LifeBounds = {}): LifeStory {
  const { from = 0, limit = LIFE_LIMIT, budget = LIFE_BUDGET } = bounds;
  const end = Math.max(from, Math.min(bounds.to ?? at.step, at.step));
  const start = Math.max(from, spanStart(end, Math.max(1, budget)));
  const lines = gather(t, pfn, start, end);
  if (bounds.to === undefined && at.event > 0) lines.push(...insideLines(t, pfn, at));
  return cut(pfn, foldLines(lines), start, from, limit);
}

function spanStart(end: number, budget: number): number {
  const earliest = Math.max(0, end - budget);
  const aligned = Math.ceil(earliest / ALIGN) * ALIGN;
  return aligned < end ? aligned : earliest;
}

function gather(t: Timeline, pfn: number, start: number, end: number): RawLine[] {
  seek(t, start);
  const watch = watchFrame(t.machine, pfn);
  const lines: RawLine[] = t.step === 0 ? [bootLine(t.machine, pfn)] : [];
  while (t.step < end) lines.push(...watch.during(t.step, () => stepRecorded(t)));
  return lines;
}

/** The operation one is inside of, as far as it has come. */
function insideLines(t: Timeline, pfn: number, { step, event }: Position): RawLine[] {
  seek(t, step);
  return watchFrame(t.machine, pfn).during(step, () => peek(t, step, event), false);
}

/** Keeps the newest lines, whole operations together. */
function cut(pfn: number, lines: readonly RawLine[], start: number, from: number, limit: number): LifeStory {
  let first = Math.max(0, lines.length - Math.max(1, limit));
  while (first > 0 && lines[first - 1]!.op >= lines[first]!.firstOp) first--;
  const told = lines.slice(first);
  const reached = first > 0 ? told[0]!.firstOp : start;
  return {
    pfn,
    lines: told.map(toldLine),
    reached,
    omitted: first,
    complete: first === 0 && start === from,
  };
}
