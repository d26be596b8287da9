/**
 * When each event of an operation happened: what had been charged by then, on from the operation's beginning.
 *
 * Arrivals are an open loop and operations are atomic, so a trace lets an operation's work begin when it arrives, or,
 * where the work before it is not done by then, when that is. Times of a trace never go back, and every span is as
 * long as what was charged in it, to the nanosecond.
 */
import { C } from '../../../engine/counters.ts';
import type { Machine } from '../../../engine/machine.ts';
import { actionCounts, lastBill, MEASURE } from '../../../engine/measures.ts';
import { EV } from '../../../engine/trace-event.ts';

/** A request's end: counts of actions by `ACTIONS`, which times their prices are its latency. */
export interface TimedRequest {
  /** The pageAlloc or allocFailed event. */
  readonly event: number;
  readonly latencyNs: number;
  readonly counts: readonly number[];
}

/** Times of one operation after another, in ns of the trace. */
export interface Timing {
  arrivalNs: number;
  startNs: number;
  endNs: number;
  /** Time of each event of the last operation. */
  atNs: number[];
  /** How often each action had been charged since boot: before the operation, at each event, at its end. */
  counts: number[][];
  requests: TimedRequest[];
}

export function createTiming(): Timing {
  return { arrivalNs: 0, startNs: 0, endNs: 0, atNs: [], counts: [], requests: [] };
}

/**
 * Listens to what `apply` does to a machine: one operation or its first events, with its events recorded.
 * @returns what `apply` returns
 */
export function timed<T>(m: Machine, timing: Timing, apply: () => T): T {
  const before = m.counters[C.costNs]!;
  timing.atNs = [];
  timing.counts = [actionCounts(m)];
  timing.requests = [];
  m.log.heard = (event) => {
    timing.atNs.push(m.counters[C.costNs]! - before);
    timing.counts.push(actionCounts(m));
    const type = m.log.type[event];
    if (type !== EV.pageAlloc && type !== EV.allocFailed) return;
    timing.requests.push({ event, latencyNs: m.measures[MEASURE.lastLatencyNs]!, counts: lastBill(m) });
  };
  try {
    const result = apply();
    timing.counts.push(actionCounts(m));
    timing.arrivalNs = m.counters[C.clockNs]!;
    timing.startNs = Math.max(timing.arrivalNs, timing.endNs);
    timing.endNs = timing.startNs + m.counters[C.costNs]! - before;
    timing.atNs = timing.atNs.map((ns) => timing.startNs + ns);
    return result;
  } finally {
    m.log.heard = null;
  }
}
