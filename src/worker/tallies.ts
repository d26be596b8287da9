/**
 * Events since boot at any step of a timeline. They are no part of the machine's state, so they are counted by
 * replay; sums kept along the way make that a short one.
 */
import { addEvents, createTally, type EventTally } from '../analysis/kernel-view/event-tally.ts';
import type { Edit } from '../history/edits.ts';
import { replayRecorded, type Timeline } from '../history/timeline.ts';

/** Operations between kept sums. */
const SPACING = 1024;

interface Sums {
  /** The edits they were counted under: the number of them and the last one. */
  readonly edits: number;
  readonly last: Edit | undefined;
  /** By step, multiples of the spacing. */
  readonly kept: Map<number, EventTally>;
}

const known = new WeakMap<Timeline, Sums>();

/** A sum of the caller's own; the timeline's machine is at `step` after. */
export function tallyAt(t: Timeline, step: number): EventTally {
  const { kept } = sumsOf(t);
  let from = Math.floor(step / SPACING) * SPACING;
  while (from > 0 && !kept.has(from)) from -= SPACING;
  const tally = structuredClone(kept.get(from)) ?? createTally(t.config.zones.length);
  replayRecorded(t, from, step, (m) => {
    addEvents(tally, m);
    if (t.step % SPACING === 0) kept.set(t.step, structuredClone(tally));
  });
  return tally;
}

/** An edit makes other events: what was counted is forgotten. */
function sumsOf(t: Timeline): Sums {
  const last = t.done.at(-1);
  let sums = known.get(t);
  if (sums === undefined || sums.edits !== t.done.length || sums.last !== last) {
    sums = { edits: t.done.length, last, kept: new Map() };
    known.set(t, sums);
  }
  return sums;
}
