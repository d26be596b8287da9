/** One of a person's edits taken out of the middle, and what that means for those that follow. */
import { C } from '../engine/counters.ts';
import { placeEdits } from '../history/standing.ts';
import { seek, takeOut } from '../history/timeline.ts';
import type { Position } from './protocol.ts';
import { editsOf, type Session } from './session.ts';
import { numberOfEdit } from './sources.ts';

/**
 * Takes edit number `index` out of what is open.
 * @param at where the person is
 * @returns the first step whose next operation is another one now, and where the person is now
 * @throws InputError where there is no such edit
 */
export function takeOutEdit(session: Session, index: number, at: Position): { from: number; step: number } {
  const { timeline, prepared } = session;
  const edit = placeEdits(editsOf(session))[numberOfEdit(timeline.done, index)];
  const place = edit?.at ?? null;
  const from = takeOut(timeline, prepared.operations, index);
  return { from, step: place !== null && at.step > place ? at.step - 1 : at.step };
}

/** Steps of a person's edits, from `from` on, that name something that is not there when they come. */
export function idleEdits(session: Session, from: number): number[] {
  const { timeline } = session;
  const absent = (step: number) => {
    seek(timeline, step);
    return timeline.machine.counters[C.absentOperations]!;
  };
  return placeEdits(editsOf(session))
    .flatMap(({ at }) => (at === null || at < from ? [] : [at]))
    .sort((a, b) => a - b)
    .filter((at) => {
      const before = absent(at);
      return absent(at + 1) > before;
    });
}
