/** The lines of a page frame's life story. */
import type { TraceEvent } from '../../engine/trace-event.ts';

/** One line of a frame's life. `step` and `event` are the position just after it, to seek to. */
export interface LifeLine {
  readonly step: number;
  readonly event: number;
  /** Event type; `state` where the frame changed without an event of its own; `boot` for the beginning. */
  readonly type: TraceEvent['type'] | 'state' | 'boot';
  /** At most 80 characters, present tense. */
  readonly text: string;
  readonly fn: string;
  /** State byte of the frame then, as the grid draws it. */
  readonly look: number;
  /** Lines like it in a row that it stands for, itself the last of them, and the position's step of the first. */
  readonly times: number;
  readonly since: number;
}

/** A line with the operation it happened in, and what it may be folded with. */
export interface RawLine extends LifeLine {
  readonly op: number;
  readonly firstOp: number;
  readonly fold: 'touch' | 'buddy' | 'scan' | null;
}

/** Characters a line may have. */
export const LIFE_TEXT = 80;

/** A part of a frame's life. */
export interface LifeStory {
  readonly pfn: number;
  /** Oldest first. */
  readonly lines: readonly LifeLine[];
  /** All operations from here to where it began looking are told in `lines`, `omitted` lines apart. */
  readonly reached: number;
  /** Lines found before the first of `lines`, which the next part brings again: "n earlier left out". */
  readonly omitted: number;
  /** Nothing lies before: the story begins with its first line. Else ask on with `to` = `reached`. */
  readonly complete: boolean;
}

/** A line of its own about operation `op`. */
export function line(
  op: number,
  step: number,
  event: number,
  type: LifeLine['type'],
  text: string,
  fn: string,
  look: number,
  fold: RawLine['fold'] = null,
): RawLine {
  const short = text.length <= LIFE_TEXT ? text : `${text.slice(0, LIFE_TEXT - 1)}…`;
  return { op, firstOp: op, step, event, type, text: short, fn, look, times: 1, since: step, fold };
}
