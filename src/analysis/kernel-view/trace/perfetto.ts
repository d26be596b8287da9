/**
 * A run as Chrome trace events (the JSON that Perfetto and chrome://tracing open): a track a CPU and a track a process
 * with the operations as slices, a counter of free pages by order, and marks for what failed or was reclaimed.
 * Times are microseconds of simulated time; a slice is as long as its operation's modelled cost, cut where the next one
 * on its track begins, since arrivals never wait.
 */
import { freeByOrder } from '../../../engine/buddy.ts';
import { C } from '../../../engine/counters.ts';
import type { Machine } from '../../../engine/machine.ts';
import { decodeOperation, type OperationLog } from '../../../engine/operation.ts';
import { EV } from '../../../engine/trace-event.ts';
import { FIRST_PID, processOf } from './task.ts';

/** One trace event; fields as in the format's description. */
export interface ChromeEvent {
  readonly ph: 'X' | 'i' | 'C' | 'M';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Scope of a mark: the whole trace. */
  readonly s?: 'g';
  readonly cat?: string;
  readonly args?: Readonly<Record<string, number | string>>;
}

const CPUS = 1;
const PROCESSES = 2;

interface Slice {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly costNs: number;
  readonly step: number;
}

export interface PerfettoWriter {
  readonly put: (event: ChromeEvent) => void;
  /** The last slice of each track: how long it may be shows with the next. */
  readonly open: Map<string, Slice>;
  readonly named: Set<number>;
  lastCost: number;
  lastFree: string;
}

/** Names the tracks and says how much is free before the first operation. */
export function createPerfettoWriter(m: Machine, put: (event: ChromeEvent) => void): PerfettoWriter {
  const name = (pid: number, tid: number, what: 'process_name' | 'thread_name', text: string) =>
    put({ ph: 'M', name: what, pid, tid, ts: 0, args: { name: text } });
  name(CPUS, 0, 'process_name', 'CPUs');
  name(PROCESSES, 0, 'process_name', 'Processes');
  for (let cpu = 0; cpu < m.config.cpus; cpu++) name(CPUS, cpu, 'thread_name', `CPU ${cpu}`);
  const writer = {
    put,
    open: new Map(),
    named: new Set<number>(),
    lastCost: m.counters[C.costNs]!,
    lastFree: '',
  };
  countFree(writer, m);
  return writer;
}

/** Tells operation `i`, which was just applied with its events recorded. */
export function putOperation(w: PerfettoWriter, m: Machine, log: OperationLog, i: number): void {
  const ts = m.counters[C.clockNs]! / 1000;
  const costNs = m.counters[C.costNs]! - w.lastCost;
  w.lastCost = m.counters[C.costNs]!;
  const operation = decodeOperation(log, i);
  const name = 'order' in operation ? `${operation.op} order ${operation.order}` : operation.op;
  const slice = { name, ts, costNs, step: i + 1 };
  openSlice(w, { ...slice, pid: CPUS, tid: log.cpu[i]! % m.config.cpus });
  const process = processOf(log, i);
  if (process >= 0) {
    nameProcess(w, process);
    openSlice(w, { ...slice, pid: PROCESSES, tid: FIRST_PID + process });
  }
  putMarks(w, m, ts, i + 1);
  countFree(w, m);
}

/** Tells the slices still open. */
export function closePerfetto(w: PerfettoWriter): void {
  for (const slice of w.open.values()) putSlice(w, slice, slice.costNs / 1000);
  w.open.clear();
}

function nameProcess(w: PerfettoWriter, process: number): void {
  if (w.named.has(process)) return;
  w.named.add(process);
  const tid = FIRST_PID + process;
  w.put({ ph: 'M', name: 'thread_name', pid: PROCESSES, tid, ts: 0, args: { name: `process ${process}` } });
}

function openSlice(w: PerfettoWriter, slice: Slice): void {
  const track = `${slice.pid} ${slice.tid}`;
  const before = w.open.get(track);
  if (before) putSlice(w, before, Math.min(before.costNs / 1000, slice.ts - before.ts));
  w.open.set(track, slice);
}

function putSlice(w: PerfettoWriter, { name, pid, tid, ts, costNs, step }: Slice, dur: number): void {
  w.put({ ph: 'X', cat: 'operation', name, pid, tid, ts, dur, args: { step, costNs } });
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

function putMarks(w: PerfettoWriter, m: Machine, ts: number, step: number): void {
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
      ts,
      args: { step, ...slab },
    });
  }
}

function countFree(w: PerfettoWriter, m: Machine): void {
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
    ts: m.counters[C.clockNs]! / 1000,
    args: pages,
  });
}
