/**
 * What the work that led to each event of an operation was part of. Direct reclaim and compaction have tracepoints
 * around them; reclaim of slabs and moving of pages begin with the first look.
 */
import { EV, type EventLog } from '../../../engine/trace-event.ts';

export const PHASE = {
  allocation: 0,
  directReclaim: 1,
  slabReclaim: 2,
  pageMoving: 3,
  compaction: 4,
} as const;
export type Phase = (typeof PHASE)[keyof typeof PHASE];

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  [PHASE.allocation]: 'allocation',
  [PHASE.directReclaim]: 'direct reclaim',
  [PHASE.slabReclaim]: 'slab reclaim',
  [PHASE.pageMoving]: 'page moving',
  [PHASE.compaction]: 'compaction',
};

/** Events whose own work is part of the phase already: the look is charged before it is told. */
const OPENS_WITH: Partial<Record<number, Phase>> = {
  [EV.scanSlab]: PHASE.slabReclaim,
  [EV.chooseSlab]: PHASE.slabReclaim,
  [EV.scanGroup]: PHASE.slabReclaim,
  [EV.chooseGroup]: PHASE.slabReclaim,
  [EV.noCandidate]: PHASE.slabReclaim,
  [EV.scanWindow]: PHASE.pageMoving,
  [EV.chooseWindow]: PHASE.pageMoving,
  [EV.noWindow]: PHASE.pageMoving,
};
/** Events whose phase begins after them. */
const OPENS_AFTER: Partial<Record<number, Phase>> = {
  [EV.directReclaimBegin]: PHASE.directReclaim,
  [EV.compactBegin]: PHASE.compaction,
};
const CLOSES: ReadonlySet<number> = new Set([
  EV.slabReclaimEnd,
  EV.noCandidate,
  EV.directReclaimEnd,
  EV.windowFreed,
  EV.windowKept,
  EV.noWindow,
  EV.compactEnd,
]);
/** A request's end ends whatever led to it. */
const ENDS_ALL: ReadonlySet<number> = new Set([EV.pageAlloc, EV.allocFailed, EV.kswapdSleep, EV.daemonSleep]);

/** Phase of the work between the event before and each event. */
export function phasesOf(log: EventLog): Uint8Array {
  const phases = new Uint8Array(log.count);
  let outer: Phase = PHASE.allocation;
  let now: Phase = PHASE.allocation;
  for (let e = 0; e < log.count; e++) {
    const type = log.type[e]!;
    now = OPENS_WITH[type] ?? now;
    phases[e] = now;
    if (type === EV.directReclaimEnd || ENDS_ALL.has(type)) outer = PHASE.allocation;
    if (CLOSES.has(type) || ENDS_ALL.has(type)) now = outer;
    now = OPENS_AFTER[type] ?? now;
    if (type === EV.directReclaimBegin) outer = now;
  }
  return phases;
}
