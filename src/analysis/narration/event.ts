/** One event as a sentence. */
import type { Machine } from '../../engine/machine.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import { allocationEvents, type EventSaying } from './allocation-events.ts';
import { type Line, toLine } from './line.ts';
import { mobilityEvents } from './mobility-events.ts';
import { movingEvents } from './moving-events.ts';
import { poolEvents } from './pool-events.ts';
import { reclaimEvents } from './reclaim-events.ts';
import { userEvents } from './user-events.ts';

const SAYINGS: Record<TraceEvent['type'], EventSaying> = {
  ...allocationEvents,
  ...movingEvents,
  ...mobilityEvents,
  ...poolEvents,
  ...reclaimEvents,
  ...userEvents,
};

/** What the event says happened, in at most 64 characters. `m` is the machine at, or soon after, the event. */
export function narrateEvent(event: TraceEvent, m: Machine): Line {
  return toLine(SAYINGS[event.type](event, m));
}
