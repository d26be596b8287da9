/** The lines of narration around a position; headlines of operations are kept, since a replay would tell the same. */
import { narrateEvent } from '../analysis/narration/event.ts';
import { narrateOperation } from '../analysis/narration/headline.ts';
import type { Line } from '../analysis/narration/line.ts';
import type { Machine } from '../engine/machine.ts';
import { decodeOperation, type Operation } from '../engine/operation.ts';
import { eventAt } from '../engine/trace-event.ts';
import { type Happened, lookAhead } from '../history/timeline.ts';
import type { Session } from './session.ts';

/** Headlines kept at most. */
const KEPT = 4096;

/** What is said of step 0. */
export const AFTER_BOOT: Line = {
  text: 'Nothing has run yet: zones and free lists as after boot',
  rule: 'free_all_bootmem gives every page that boot has not taken to buddy.',
  fn: 'free_all_bootmem',
};

/** The headline of operation `step`, executed to look and taken back where it is not known yet. */
export function headline(session: Session, step: number): Line {
  const known = session.headlines.get(step);
  if (known) return known;
  const operation = decodeOperation(session.timeline.operations, step);
  return lookAhead(session.timeline, step, (happened, m) =>
    rememberHeadline(session, step, operation, happened, m),
  );
}

/** The headline of operation `step` whose events are at hand. */
export function rememberHeadline(
  session: Session,
  step: number,
  operation: Operation,
  happened: Happened,
  m: Machine,
): Line {
  const line = narrateOperation(operation, happened.events, m);
  if (session.headlines.size >= KEPT) session.headlines.clear();
  session.headlines.set(step, line);
  return line;
}

/**
 * The lines of event number `event` (from 1), the one before and the one after; null where there is none.
 * @param m the machine just after the event
 * @param whole all events of the operation
 */
export function eventLines(
  m: Machine,
  whole: Happened,
  event: number,
): { previous: Line | null; current: Line; next: Line | null } {
  const next = whole.events[event];
  return {
    previous: event > 1 ? narrateEvent(eventAt(m.log, event - 2), m) : null,
    current: narrateEvent(eventAt(m.log, event - 1), m),
    next: next ? narrateEvent(next, m) : null,
  };
}
