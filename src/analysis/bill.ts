/**
 * Modelled time as a sum: how often each priced action was done, times its price. A request's parts add up to its
 * latency, a step's to what it cost, a run's to its `costNs`, to the nanosecond.
 */
import { ACTIONS, type Action, type CostTable } from '../engine/cost.ts';
import { C } from '../engine/counters.ts';
import { gfpText } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';
import { actionCounts, lastBill, MEASURE } from '../engine/measures.ts';
import { EV, eventAt } from '../engine/trace-event.ts';
import { killAt, type OomKill } from './oom-kill.ts';
import { choiceAt, type ScanChoice } from './scan-choice.ts';

/** One line of a bill: `times` * `priceNs` = `ns`. */
export interface BillPart {
  readonly action: Action;
  readonly times: number;
  readonly priceNs: number;
  readonly ns: number;
}

/** One request for memory and what it took. */
export interface RequestBill {
  /** Events of the operation up to its end: where to go to see it. */
  readonly event: number;
  readonly order: number;
  readonly gfp: string;
  readonly outcome: 'served' | 'failed';
  /** First page frame of the block; null where it failed. */
  readonly pfn: number | null;
  /** Processes the OOM killer killed for it. */
  readonly oomKills: number;
  readonly latencyNs: number;
  /** Actions that happened, in the table's order; they sum to `latencyNs`. */
  readonly parts: readonly BillPart[];
}

/** What one operation cost: its requests in order, and what lies outside them (reading a page, kswapd, the daemon). */
export interface StepBill {
  /** Processes the OOM killer killed, in order. */
  readonly killed: readonly OomKill[];
  readonly ns: number;
  readonly parts: readonly BillPart[];
  readonly requests: readonly RequestBill[];
  /** Requests beyond {@link BILLS_LIMIT}. */
  readonly requestsOmitted: number;
  readonly outside: { readonly ns: number; readonly parts: readonly BillPart[] };
}

/** Requests of one operation that are told. */
export const BILLS_LIMIT = 64;

/** A run's cost so far. */
export interface RunBill {
  readonly device: string;
  /** Every action, done or not. */
  readonly actions: readonly BillPart[];
}

/** The lines of a bill; actions that did not happen are left out. */
export function partsOf(cost: CostTable, counts: readonly number[]): BillPart[] {
  return linesOf(cost, counts).filter(({ times }) => times !== 0);
}

function linesOf(cost: CostTable, counts: readonly number[]): BillPart[] {
  return ACTIONS.map((action, i) => {
    const times = counts[i]!;
    return { action, times, priceNs: cost[action], ns: times * cost[action] };
  });
}

const sum = (parts: readonly BillPart[]) => parts.reduce((ns, part) => ns + part.ns, 0);

/** The run's cost up to the machine's present state. */
export function runBill(m: Machine): RunBill {
  return { device: m.config.cost.device, actions: linesOf(m.config.cost, actionCounts(m)) };
}

/** Parts of the last request's latency. */
export function lastRequestParts(m: Machine): BillPart[] {
  return partsOf(m.config.cost, lastBill(m));
}

/**
 * Writes the bill of what `apply` does to a machine, one operation or its first events, with its events recorded.
 * @returns what `apply` returns, the bill, and what the first scan for a victim had to choose from
 */
export function billed<T>(
  m: Machine,
  apply: () => T,
): { readonly result: T; readonly bill: StepBill; readonly choice: ScanChoice | null } {
  const before = actionCounts(m);
  const requests: RequestBill[] = [];
  let omitted = 0;
  let choice: ScanChoice | null = null;
  const killed: OomKill[] = [];
  let kills = m.counters[C.oomKills]!;
  m.log.heard = (i) => {
    const type = m.log.type[i];
    if (type === EV.oomKill && killed.length < BILLS_LIMIT) killed.push(killAt(m, i));
    if (type === EV.chooseSlab) choice ??= choiceAt(m, i);
    if (type !== EV.pageAlloc && type !== EV.allocFailed) return;
    const since = m.counters[C.oomKills]! - kills;
    kills += since;
    if (requests.length === BILLS_LIMIT) omitted++;
    else requests.push(requestBill(m, i, since));
  };
  try {
    const result = apply();
    return { result, bill: { ...stepBill(m, before, requests, omitted), killed }, choice };
  } finally {
    m.log.heard = null;
  }
}

function requestBill(m: Machine, i: number, oomKills: number): RequestBill {
  const { type, order, pfn, a } = eventAt(m.log, i);
  return {
    event: i + 1,
    order,
    gfp: gfpText(a),
    outcome: type === 'pageAlloc' ? 'served' : 'failed',
    pfn: type === 'pageAlloc' ? pfn : null,
    oomKills,
    latencyNs: m.measures[MEASURE.lastLatencyNs]!,
    parts: lastRequestParts(m),
  };
}

function stepBill(
  m: Machine,
  before: readonly number[],
  requests: readonly RequestBill[],
  requestsOmitted: number,
): Omit<StepBill, 'killed'> {
  const counts = actionCounts(m).map((n, i) => n - before[i]!);
  const rest = new Map(ACTIONS.map((action, i) => [action, counts[i]!]));
  for (const { parts } of requests)
    for (const { action, times } of parts) rest.set(action, rest.get(action)! - times);
  const parts = partsOf(m.config.cost, counts);
  const outside = partsOf(m.config.cost, [...rest.values()]);
  return {
    ns: sum(parts),
    parts,
    requests,
    requestsOmitted,
    outside: { ns: sum(outside), parts: outside },
  };
}
