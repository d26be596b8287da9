/**
 * A run as Chrome trace events (the JSON that Perfetto and chrome://tracing open): a track a CPU and a track a process
 * with the operations as slices, a counter of free pages by order, and marks for what failed or was reclaimed.
 *
 * On the CPU's track an operation's slice holds its requests for memory, a request its phases, a phase its priced
 * actions; what lies outside of requests stands beside them. Every level is as long as the parts in it, to the
 * nanosecond, and a level with one part alone is left out: a request's `parts` say the sum in any case.
 */
import { freeByOrder } from '../../../engine/buddy.ts';
import { C } from '../../../engine/counters.ts';
import { gfpText } from '../../../engine/gfp.ts';
import type { Machine } from '../../../engine/machine.ts';
import { decodeOperation, type OperationLog } from '../../../engine/operation.ts';
import { EV, eventAt } from '../../../engine/trace-event.ts';
import type { BillPart } from '../../bill.ts';
import { microseconds } from './microseconds.ts';
import { pricedParts, type Stretch, type Work, workOf } from './spans.ts';
import { FIRST_PID, processOf } from './task.ts';
import type { TimedRequest, Timing } from './timing.ts';

type Args = Readonly<Record<string, number | string | Readonly<Record<string, number>>>>;

/** One trace event; fields as in the format's description. */
export interface ChromeEvent {
  readonly ph: 'X' | 'i' | 'C' | 'M';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Scope of a mark: the whole trace. */
  readonly s?: 'g';
  readonly cat?: string;
  readonly args?: Args;
}

const CPUS = 1;
const PROCESSES = 2;

export interface PerfettoWriter {
  readonly put: (event: ChromeEvent) => void;
  readonly named: Set<number>;
  lastFree: string;
}

/** Names the tracks and says how much is free before the first operation. */
export function createPerfettoWriter(m: Machine, put: (event: ChromeEvent) => void): PerfettoWriter {
  const name = (pid: number, tid: number, what: 'process_name' | 'thread_name', text: string) =>
    put({ ph: 'M', name: what, pid, tid, ts: 0, args: { name: text } });
  name(CPUS, 0, 'process_name', 'CPUs');
  name(PROCESSES, 0, 'process_name', 'Processes');
  for (let cpu = 0; cpu < m.config.cpus; cpu++) name(CPUS, cpu, 'thread_name', `CPU ${cpu}`);
  const writer = { put, named: new Set<number>(), lastFree: '' };
  countFree(writer, m, m.counters[C.clockNs]!);
  return writer;
}

/** Tells operation `i`, which was just applied with its events recorded and timed. */
export function putOperation(
  w: PerfettoWriter,
  m: Machine,
  log: OperationLog,
  i: number,
  timing: Timing,
): void {
  const { arrivalNs, startNs, endNs } = timing;
  const operation = decodeOperation(log, i);
  const name = 'order' in operation ? `${operation.op} order ${operation.order}` : operation.op;
  const waited = startNs > arrivalNs ? { waitedNs: startNs - arrivalNs } : {};
  const args = { step: i + 1, costNs: endNs - startNs, ...waited };
  const cpu = { pid: CPUS, tid: log.cpu[i]! % m.config.cpus };
  putSlice(w, cpu, { cat: 'operation', name, args }, startNs, endNs - startNs);
  putWork(w, m, cpu, timing);
  const process = processOf(log, i);
  if (process >= 0) {
    nameProcess(w, process);
    const track = { pid: PROCESSES, tid: FIRST_PID + process };
    putSlice(w, track, { cat: 'operation', name, args: { step: i + 1 } }, startNs, endNs - startNs);
  }
  putMarks(w, m, timing, i + 1);
  countFree(w, m, endNs);
}

function nameProcess(w: PerfettoWriter, process: number): void {
  if (w.named.has(process)) return;
  w.named.add(process);
  const tid = FIRST_PID + process;
  w.put({ ph: 'M', name: 'thread_name', pid: PROCESSES, tid, ts: 0, args: { name: `process ${process}` } });
}

interface Track {
  readonly pid: number;
  readonly tid: number;
}

interface Told {
  readonly cat: string;
  readonly name: string;
  readonly args?: Args;
}

function putSlice(w: PerfettoWriter, { pid, tid }: Track, told: Told, startNs: number, ns: number): void {
  const { cat, name, args } = told;
  const when = { ts: microseconds(startNs), dur: microseconds(ns) };
  w.put({ ph: 'X', cat, name, pid, tid, ...when, ...(args === undefined ? {} : { args }) });
}

/** The slices inside an operation's, one behind the other. */
function putWork(w: PerfettoWriter, m: Machine, track: Track, timing: Timing): void {
  let at = timing.startNs;
  for (const work of workOf(m, timing)) {
    const { parts, ns } = pricedParts(m.config.cost, countsOf(work.stretches));
    if (work.request !== null) putRequest(w, m, track, work, parts, at);
    else if (work.stretches[0].name === '') putParts(w, track, parts, at);
    else putStretch(w, track, work.stretches[0].name, parts, at);
    at += ns;
  }
}

function countsOf(stretches: readonly Stretch[]): number[] {
  return stretches[0] === undefined
    ? []
    : stretches[0].counts.map((_, a) => stretches.reduce((sum, { counts }) => sum + counts[a]!, 0));
}

function putRequest(
  w: PerfettoWriter,
  m: Machine,
  track: Track,
  { request, stretches }: Work & { readonly request: TimedRequest },
  parts: readonly BillPart[],
  startNs: number,
): void {
  const { type, order, pfn, a: gfp } = eventAt(m.log, request.event);
  const args = {
    ...(type === 'pageAlloc' ? { outcome: 'served', pfn } : { outcome: 'failed' }),
    gfp: gfpText(gfp),
    latencyNs: request.latencyNs,
    parts: Object.fromEntries(parts.map(({ action, ns }) => [action, ns])),
  };
  putSlice(w, track, { cat: 'request', name: `request order ${order}`, args }, startNs, request.latencyNs);
  if (stretches.length < 2) return parts.length < 2 ? undefined : putParts(w, track, parts, startNs);
  let at = startNs;
  for (const { name, counts } of stretches) {
    const phase = pricedParts(m.config.cost, counts);
    putStretch(w, track, name, phase.parts, at);
    at += phase.ns;
  }
}

function putStretch(
  w: PerfettoWriter,
  track: Track,
  name: string,
  parts: readonly BillPart[],
  startNs: number,
): void {
  const ns = parts.reduce((sum, part) => sum + part.ns, 0);
  putSlice(w, track, { cat: 'phase', name }, startNs, ns);
  putParts(w, track, parts, startNs);
}

/** What waits for the device is told from what the CPU does. */
const DEVICE: ReadonlySet<string> = new Set(['writePage', 'swapOut', 'readPage', 'swapIn']);

function putParts(w: PerfettoWriter, track: Track, parts: readonly BillPart[], startNs: number): void {
  let at = startNs;
  for (const { action, times, priceNs, ns } of parts) {
    const cat = DEVICE.has(action) ? 'io' : 'cpu';
    putSlice(w, track, { cat, name: action, args: { times, priceNs } }, at, ns);
    at += ns;
  }
}

/** Marks of the whole trace, by event type. */
const MARKS: Partial<Record<number, (m: Machine, e: number) => string>> = {
  [EV.allocFailed]: (m, e) => `request failed, order ${m.log.order[e]}`,
  [EV.recordedFailure]: (m, e) => `recorded failure, order ${m.log.order[e]}`,
  [EV.slabDiscarded]: () => 'slab discarded',
  [EV.slabRefused]: () => 'slab refused',
  [EV.kswapdWake]: () => 'kswapd woken',
  [EV.directReclaimBegin]: (m, e) => `direct reclaim, order ${m.log.order[e]}`,
  [EV.oomKill]: (m, e) => `process ${m.log.a[e]} killed`,
};
const WITH_SLAB: ReadonlySet<number> = new Set([EV.slabDiscarded, EV.slabRefused]);

function putMarks(w: PerfettoWriter, m: Machine, { atNs }: Timing, step: number): void {
  for (let e = 0; e < m.log.count; e++) {
    const type = m.log.type[e]!;
    const name = MARKS[type]?.(m, e);
    if (name === undefined) continue;
    const slab = WITH_SLAB.has(type) ? { pfn: m.log.pfn[e]!, pagesEvicted: m.log.a[e]! } : {};
    w.put({
      ph: 'i',
      s: 'g',
      cat: 'reclaim',
      name,
      pid: CPUS,
      tid: m.log.cpu[e]!,
      ts: microseconds(atNs[e]!),
      args: { step, ...slab },
    });
  }
}

function countFree(w: PerfettoWriter, m: Machine, atNs: number): void {
  const pages: Record<string, number> = {};
  for (let order = 0; order <= m.config.maxOrder; order++) {
    pages[`order ${order}`] = m.config.zones.reduce(
      (sum, _, zone) => sum + (freeByOrder(m, zone)[order]! << order),
      0,
    );
  }
  const now = JSON.stringify(pages);
  if (now === w.lastFree) return;
  w.lastFree = now;
  w.put({
    ph: 'C',
    name: 'free pages by order',
    pid: CPUS,
    tid: 0,
    ts: microseconds(atNs),
    args: pages,
  });
}
