/**
 * What an allocation policy decides. The slow path (alloc-path.ts), reclaim and the workload are common to all;
 * a policy says where a page comes from, where it goes back, and what else it may try. Policies are functions over
 * the machine: they keep nothing themselves.
 */
import type { Order, Pfn, ZoneIndex } from '../../base/units.ts';
import type { PolicyId } from '../config.ts';
import type { Machine } from '../machine.ts';
import type { Attempt } from '../pass.ts';

export interface Policy {
  readonly id: PolicyId;
  /** Pages of a zone that count as free in the watermark test of a request. */
  freePages(m: Machine, zone: ZoneIndex, order: Order, gfp: number): number;
  /**
   * The watermark test of the policy's kernel; left out: 2.6.9's, of `freePages` alone.
   * @param cls index of the highest zone the request may use
   */
  passes?(m: Machine, zone: ZoneIndex, order: Order, gfp: number, mark: number, cls: ZoneIndex): boolean;
  /** Takes a block of 2^order pages from a zone, or NONE. `mark`: the watermark that was tested. */
  take(m: Machine, zone: ZoneIndex, order: Order, gfp: number, mark: number): Pfn;
  /** Takes back wiped pages; `cold` when reclaim frees them. */
  give(m: Machine, pfn: Pfn, order: Order, cold: boolean): void;
  /** Wakes kswapd for a request that the low mark failed; left out: 2.6.9's rule, without an order. */
  wakeKswapd?(m: Machine, attempt: Attempt): void;
  /** What follows once the low and min marks have failed; left out: 2.6.9's. The hooks below are of that one alone. */
  slowPath?(m: Machine, attempt: Attempt): Pfn;
  /** Whether requests have a migratetype; those for user pages are then __GFP_MOVABLE. */
  readonly grouping?: boolean;
  /** Whether reclaim for a higher order takes the neighbours of the pages it meets (lumpy reclaim, 2.6.23). */
  readonly lumpy?: boolean;
  /** The order kswapd works for; left out: 0. */
  kswapdOrder?(m: Machine): Order;
  /** Whether kswapd leaves a zone alone; left out: free pages above the high mark. `freed`: pages it has reclaimed. */
  balanced?(m: Machine, zone: ZoneIndex, order: Order, freed: number): boolean;
  /** kswapd goes to sleep. */
  kswapdSleeps?(m: Machine): void;
  /** Tried in the slow path before LRU reclaim; true when something was freed and the request should be tried again. */
  beforeReclaim(m: Machine, order: Order, gfp: number, zones: readonly ZoneIndex[]): boolean;
  /** Tried when LRU reclaim has not helped; true when the request should be tried again. */
  lastResort(m: Machine, order: Order, gfp: number, zones: readonly ZoneIndex[]): boolean;
  /** After each batch of LRU reclaim. */
  afterBatch(m: Machine): void;
  /** Periodic and deferred work, at the end of every operation. */
  afterOperation(m: Machine, failedOrder: number): void;
  /** Empties whatever per-CPU lists the policy keeps. */
  drainCpus(m: Machine): void;
  /** "Reclaim one slab": false when the policy has none. `slab`: PFN in a particular slab, or NONE. */
  reclaimSlab(m: Machine, order: Order, slab: Pfn): boolean;
}
