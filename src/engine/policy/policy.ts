/**
 * What an allocation policy decides. The slow path (alloc-path.ts), reclaim and the workload are common to all;
 * a policy says where a page comes from, where it goes back, and what else it may try. Policies are functions over
 * the machine: they keep nothing themselves.
 */
import type { Order, Pfn, ZoneIndex } from '../../base/units.ts';
import type { PolicyId } from '../config.ts';
import type { Machine } from '../machine.ts';

/** The marks a request may be tested against. */
export type Mark = 'min' | 'low' | 'high';

/** One request on its way through the allocator. */
export interface Attempt {
  readonly policy: Policy;
  /** Zones it may be served from, best first. */
  readonly zones: readonly ZoneIndex[];
  readonly order: Order;
  readonly gfp: number;
}

export interface Policy {
  readonly id: PolicyId;
  /** Pages of a zone that count as free in the watermark test of a request. */
  freePages(m: Machine, zone: ZoneIndex, order: Order, gfp: number): number;
  /** The watermark test of the policy's kernel; left out: 2.6.9's, of `freePages` alone. */
  passes?(m: Machine, attempt: Attempt, zone: ZoneIndex, which: Mark): boolean;
  /** One pass over the zones at one mark (get_page_from_freelist); left out: `passes` and `take`, zone by zone. */
  pass?(m: Machine, attempt: Attempt, which: Mark): Pfn;
  /** Takes a block of 2^order pages from a zone, or NONE. `mark`: the watermark that was tested. */
  take(m: Machine, zone: ZoneIndex, order: Order, gfp: number, mark: number): Pfn;
  /** Whether `take` would find a single page; left out: wherever any block is free. */
  hasPage?(m: Machine, zone: ZoneIndex, gfp: number, mark: number): boolean;
  /** Takes back wiped pages; `cold` when reclaim frees them. */
  give(m: Machine, pfn: Pfn, order: Order, cold: boolean): void;
  /** Wakes kswapd for a request that the low mark failed; left out: 2.6.9's rule, without an order. */
  wakeKswapd?(m: Machine, attempt: Attempt): void;
  /** Whether requests have a migratetype; those for user pages are then __GFP_MOVABLE. */
  readonly grouping?: boolean;
  /** Whether reclaim for a higher order takes the neighbours of the pages it meets (lumpy reclaim, 2.6.23). */
  readonly lumpy?: boolean;
  /** kswapd goes to sleep. */
  kswapdSleeps?(m: Machine): void;
  /** Of 2.6.9's slow path alone (alloc-path.ts has the others): tried before LRU reclaim; true when something was freed and the request should be tried again. */
  beforeReclaim(m: Machine, order: Order, gfp: number, zones: readonly ZoneIndex[]): boolean;
  /** Likewise, tried when LRU reclaim has not helped; true when the request should be tried again. */
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
