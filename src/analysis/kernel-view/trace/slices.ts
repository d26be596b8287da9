/**
 * What the kernel has no tracepoint for, as `tracing_mark_write`: reclaim of slabs and moving of pages between atrace's
 * `B|pid|name` and `E|pid`, which trace viewers draw as slices, and the sum of a request's latency in one line.
 */
import { partsOf } from '../../bill.ts';
import type { Who } from '../who.ts';
import { PHASE, PHASE_NAMES, type Phase, phasesOf } from './phases.ts';
import { type Task, whoIs } from './task.ts';
import type { Telling } from './telling.ts';
import type { TimedRequest } from './timing.ts';

const DRAWN: ReadonlySet<Phase> = new Set([PHASE.slabReclaim, PHASE.pageMoving]);

/** Draws the slices of one operation. */
export interface Slices {
  /** Called before each event is told, with the time of the event before it. */
  before(e: number): void;
  /** Called after the last event. */
  end(): void;
}

export function createSlices(t: Telling, asker: Task): Slices {
  const phases = phasesOf(t.m.log);
  let open: Phase = PHASE.allocation;
  let opener: Who = t.who;
  const mark = (letter: string, name: string) => {
    const was = t.who;
    t.who = opener;
    t.say('tracing_mark_write', `${letter}|${whoIs(opener, asker).pid}${name}`);
    t.who = was;
  };
  const turnTo = (phase: Phase) => {
    if (phase === open) return;
    if (DRAWN.has(open)) mark('E', '');
    open = phase;
    opener = t.who;
    if (DRAWN.has(open)) mark('B', `|${PHASE_NAMES[open]}`);
  };
  return { before: (e) => turnTo(phases[e]! as Phase), end: () => turnTo(PHASE.allocation) };
}

const HAND_OUT: ReadonlySet<string> = new Set(['buddyStep', 'arrayStep']);

/** Says the latency of the request that just ended as its sum, where it took more than handing out. */
export function tellLatency(t: Telling, { event, latencyNs, counts }: TimedRequest): void {
  const parts = partsOf(t.m.config.cost, counts);
  if (parts.every(({ action }) => HAND_OUT.has(action))) return;
  const sum = parts.map(({ action, times, priceNs }) => `${action}=${times}x${priceNs}`);
  t.say(
    'tracing_mark_write',
    `order0: latency order=${t.m.log.order[event]} ns=${latencyNs} ${sum.join(' ')}`,
  );
}
