/**
 * Figures about a run that the machine itself never reads: latencies, what searching looked at, what the allocator's
 * books cost. They are copied and restored with the state and left out of its hash, so that another figure gives no
 * machine another history. Indices into `Machine.measures`, all integers below 2^53.
 */
import type { Order } from '../base/units.ts';

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

/** All measure names, in column order. */
export const MEASURE_NAMES: readonly MeasureName[] = NAMES;

/** Index of each measure. */
export const MEASURE = Object.fromEntries(NAMES.map((name, i) => [name, i])) as Record<MeasureName, number>;

/** Latencies are counted apart for orders 0, 1 to 3 (which Linux retries for ever), and above. */
export const LATENCY_CLASSES = ['order 0', 'orders 1 to 3', 'above order 3'] as const;
/** Buckets of a class: bucket b counts latencies from 2^b up to 2^(b+1) - 1 ns; the first also those of 0, the last all above. */
export const LATENCY_BUCKETS = 32;

const HISTOGRAM = NAMES.length;

/** Places of the column. */
export const MEASURES = HISTOGRAM + LATENCY_CLASSES.length * LATENCY_BUCKETS;

interface Measured {
  measures: Float64Array;
}

/** Adds to a measure. */
export function measure(m: Measured, index: number, by = 1): void {
  m.measures[index] = m.measures[index]! + by;
}

/** Class of a request's order in the histogram. */
export function latencyClass(order: Order): 0 | 1 | 2 {
  return order === 0 ? 0 : order <= 3 ? 1 : 2;
}

/** Books the modelled latency of one request, served or failed, in ns. */
export function noteLatency(m: Measured, order: Order, ns: number): void {
  m.measures[MEASURE.lastLatencyNs] = ns;
  m.measures[MEASURE.lastOrder] = order;
  const bucket = Math.max(0, 31 - Math.clz32(Math.min(ns, 0xffffffff)));
  const i = HISTOGRAM + latencyClass(order) * LATENCY_BUCKETS + bucket;
  m.measures[i] = m.measures[i]! + 1;
}

/** Requests of a class by bucket. */
export function latencyHistogram(m: Measured, cls: number): number[] {
  const from = HISTOGRAM + cls * LATENCY_BUCKETS;
  return Array.from(m.measures.subarray(from, from + LATENCY_BUCKETS));
}
