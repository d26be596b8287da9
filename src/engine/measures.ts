/**
 * Figures about a run that the machine itself never reads: latencies, what searching looked at, what the allocator's
 * books cost. They are copied and restored with the state and left out of its hash, so that another figure gives no
 * machine another history. Indices into `Machine.measures`, all integers below 2^53.
 */
import type { Order } from '../base/units.ts';
import { ACTION, ACTIONS, type Action } from './cost.ts';

const NAMES = [
  // requests: the last one's modelled latency and order
  'lastLatencyNs',
  'lastOrder',
  // search: what each way of reclaim looked at, and the blocks it made
  'slabPagesLooked',
  'slabBlocks',
  'lruPagesLooked',
  'lruPagesFreed',
  'lruBlocks',
  // by how much scans missed the best slab, in the unit of the victim rule's own score
  'scoreRegret',
  // the allocator's books: pages moved in and out of per-CPU arrays (slab) and per-CPU lists (buddy)
  'arraySteps',
  'pcpSteps',
  // the daemon
  'daemonSlabsLooked',
  'daemonPagesLooked',
  'daemonSlabsFreed',
  'daemonCostNs',
  // page moving: pages its scans looked at, blocks made
  'movePagesLooked',
  'moveBlocks',
] as const;

export type MeasureName = (typeof NAMES)[number];

/** Index of each measure. */
export const MEASURE = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Record<MeasureName, number>;

/** Latencies are counted apart for orders 0, 1 to 3 (which Linux retries for ever), and above. */
export const LATENCY_CLASSES = ['order 0', 'orders 1 to 3', 'above order 3'] as const;
/** Buckets of a class: bucket b counts latencies from 2^b up to 2^(b+1) - 1 ns; the first also those of 0, the last all above. */
export const LATENCY_BUCKETS = 32;

const HISTOGRAM = NAMES.length;

/** How often each action was charged: since boot, when the request under way began, and for the last request. */
const BILL = HISTOGRAM + LATENCY_CLASSES.length * LATENCY_BUCKETS;
const BILL_AT_REQUEST = BILL + ACTIONS.length;
const LAST_BILL = BILL_AT_REQUEST + ACTIONS.length;

/** What a CPU's array of one cache, or its lists of one zone, did: requests it served itself, and batches moved. */
export const PER_CPU = {
  hits: 0,
  refills: 1,
  /** Batches given back because the array or list was full. */
  flushes: 2,
  /** Refills that the shared array served. */
  sharedHits: 3,
  /** Times cache_reap or a drain emptied some of an array. */
  drains: 4,
  pagesIn: 5,
  pagesOut: 6,
} as const;
const PER_CPU_FIELDS = 7;
/** What became of a mempool's requests, or of those to a slab in its place. */
export const PER_POOL = { served: 0, fromReserve: 1, slept: 2, woken: 3, failed: 4 } as const;
const PER_POOL_FIELDS = 5;
/** Mempools that are measured: all a machine may have. */
export const MEASURED_POOLS = 16;

const PER_POOL_ROWS = LAST_BILL + ACTIONS.length;
const PER_CPU_ROWS = PER_POOL_ROWS + MEASURED_POOLS * PER_POOL_FIELDS;

/**
 * Places of the column.
 * @param rows arrays of all CPUs and caches, by `cache * cpus + cpu`; lists of the page allocator, by `zone * cpus + cpu`
 */
export function measuresLength(rows: number): number {
  return PER_CPU_ROWS + rows * PER_CPU_FIELDS;
}

interface Measured {
  measures: Float64Array;
}

/** Adds to a measure. */
export function measure(m: Measured, index: number, by = 1): void {
  m.measures[index] = m.measures[index]! + by;
}

/** Counts `times` of an action. */
export function countAction(m: Measured, action: Action, times: number): void {
  measure(m, BILL + ACTION[action], times);
}

/** How often each action was charged since boot, by `ACTIONS`. */
export function actionCounts(m: Measured): number[] {
  return Array.from(m.measures.subarray(BILL, BILL + ACTIONS.length));
}

/** A request begins: what is charged from here on is its. Requests do not nest. */
export function openBill(m: Measured): void {
  m.measures.copyWithin(BILL_AT_REQUEST, BILL, BILL + ACTIONS.length);
}

/** How often the last request caused each action, by `ACTIONS`. */
export function lastBill(m: Measured): number[] {
  return Array.from(m.measures.subarray(LAST_BILL, LAST_BILL + ACTIONS.length));
}

/** Adds to what a CPU's array or list did. */
export function countPerCpu(m: Measured, row: number, field: number, by = 1): void {
  measure(m, PER_CPU_ROWS + row * PER_CPU_FIELDS + field, by);
}

/** One figure of a CPU's array or list. */
export function perCpuCount(m: Measured, row: number, field: number): number {
  return m.measures[PER_CPU_ROWS + row * PER_CPU_FIELDS + field]!;
}

/** Counts what became of a request to a mempool. */
export function countPerPool(m: Measured, pool: number, field: number): void {
  measure(m, PER_POOL_ROWS + pool * PER_POOL_FIELDS + field);
}

/** One figure of a mempool. */
export function perPoolCount(m: Measured, pool: number, field: number): number {
  return m.measures[PER_POOL_ROWS + pool * PER_POOL_FIELDS + field]!;
}

/** Class of a request's order in the histogram. */
export function latencyClass(order: Order): 0 | 1 | 2 {
  return order === 0 ? 0 : order <= 3 ? 1 : 2;
}

/** Books the modelled latency of one request, served or failed, in ns; its bill is what was charged since it began. */
export function noteLatency(m: Measured, order: Order, ns: number): void {
  m.measures[MEASURE.lastLatencyNs] = ns;
  m.measures[MEASURE.lastOrder] = order;
  const bucket = Math.max(0, 31 - Math.clz32(Math.min(ns, 0xffffffff)));
  const i = HISTOGRAM + latencyClass(order) * LATENCY_BUCKETS + bucket;
  m.measures[i] = m.measures[i]! + 1;
  for (let a = 0; a < ACTIONS.length; a++)
    m.measures[LAST_BILL + a] = m.measures[BILL + a]! - m.measures[BILL_AT_REQUEST + a]!;
}

/** Requests of a class by bucket. */
export function latencyHistogram(m: Measured, cls: number): number[] {
  const from = HISTOGRAM + cls * LATENCY_BUCKETS;
  return Array.from(m.measures.subarray(from, from + LATENCY_BUCKETS));
}
