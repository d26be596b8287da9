/**
 * The fixed facts of one machine: sizes, zones, array limits, policy parameters, costs. Plain data, resolved (no
 * optional field is left open); a scenario is turned into one by src/scenario.
 */
import type { Order, Pfn, ZoneIndex } from '../base/units.ts';
import type { CostTable } from './cost.ts';

/** Zone names the kernel prints. */
export type ZoneName = 'DMA' | 'DMA32' | 'Normal' | 'HighMem' | 'Movable';

/** One zone: page frames start .. end-1. */
export interface ZoneConfig {
  readonly name: ZoneName;
  readonly start: number;
  readonly end: number;
  /** Marks of its own, in pages, where the machine's rule is not wanted; low and high follow from min if left out. */
  readonly min?: number;
  readonly low?: number;
  readonly high?: number;
}

/** A run of page frames that belong to nobody the allocator knows: kernel image, boot data, holes. */
export interface BootRange {
  readonly start: number;
  readonly pages: number;
  readonly kind: 'reserved' | 'hole';
  /** What lies there, for people. */
  readonly what?: string;
}

export const POLICY_IDS = [
  'order0-slab',
  'buddy-2.6',
  'page-moving',
  'mobility-lumpy',
  'mobility-compaction',
] as const;
export type PolicyId = (typeof POLICY_IDS)[number];

/** Parameters of the policies that the mails leave open; see decisions in docs/decisions.md. */
export interface PolicyConfig {
  readonly name: PolicyId;
  /** Slabs the daemon looks at before it chooses (MAX_DEFRAG_SCAN; the mail gives no number). */
  readonly maxDefragScan: number;
  /** Which of them it takes. */
  readonly victim:
    | 'most-clean'
    | 'fewest-objects'
    | 'cheapest'
    | 'lru-oldest'
    | 'first'
    | 'random'
    /** The yardstick: most clean pages of all slabs, whatever looking at all of them costs. */
    | 'best-of-all';
  /** What becomes of a victim's user pages: evicted, or moved into other slabs through rmap. */
  readonly action: 'evict' | 'move';
  /** Empty the per-CPU object arrays before choosing. */
  readonly drainFirst: boolean;
  /** What a cache does when buddy has no block of the slab order. */
  readonly growth: 'single-pages' | 'reclaim-first' | 'fail';
  /** How a discarded slab goes back: 2.6.9's one block, or page by page with every merge. */
  readonly returnPages: 'block' | 'single';
  /** When a slab is reclaimed: only when asked, inside a failing request, or by the daemon after it. */
  readonly reclaim: 'on-request' | 'on-failure' | 'daemon';
  /** Slabs, or groups of slabs, the daemon may empty in one wake-up. */
  readonly daemonBudget: number;
  /** By order k: the daemon wakes when free memory could give fewer blocks of order k. Empty: on failure only. */
  readonly daemonThresholds: Readonly<Partial<Record<number, number>>>;
  /** Simulated milliseconds the daemon sleeps after a wake-up for a threshold; a failed request wakes it at once. */
  readonly daemonPeriodMs: number;
  /** Which page-moving scheme: the daemon of June 2003, or the request's own moves of February 2004. */
  readonly variant: 'daemon-2003' | 'on-failure-2004';
  /** Whether a request above the slab order may have a whole aligned group of neighbouring slabs emptied. */
  readonly aligned: boolean;
  /** Which kernel's rule a request of the grouping policies falls back by: its own, or the other's. */
  readonly fallback: 'kernel' | 'linux-2.6.24' | 'linux-6.12';
  /** ALLOC_NOFRAGMENT on a request's first pass: where 6.12 sets it (Normal above a DMA32 zone), always, never. */
  readonly noFragment: 'kernel' | 'always' | 'never';
  /** vm.watermark_boost_factor, ten-thousandths of the high mark; 0: no boost. */
  readonly watermarkBoost: number;
  /** vm.percpu_pagelist_high_fraction: 0 lets `high` of the per-CPU lists grow and shrink, else a fixed share. */
  readonly pcpHighFraction: number;
  /** vm.compaction_proactiveness; 0: none. */
  readonly proactiveness: number;
  /** Whether compaction searches the free lists ahead of its scanners (5.1). */
  readonly fastSearch: boolean;
  /** Whether kswapd of 6.12 reclaims for the order asked (up to twice the block), or for single pages alone (3.4). */
  readonly kswapdOrder: 'asked' | 'zero';
}

/** One cache of kernel objects on order0-kreclaim pages, as kmem_cache_create would make it. */
export interface ObjectCacheConfig {
  readonly name: string;
  readonly objectsPerSlab: number;
  /** Whether the cache has a shrinker (set_shrinker); one without can never be told to clear. */
  readonly shrinker: boolean;
  /** Whether objects are constructed when their slab is made, and stay so while free. */
  readonly ctor?: boolean;
  /** DEFAULT_SEEKS 2 for the dentry cache. */
  readonly seeks: number;
}

export interface MachineConfig {
  readonly pages: number;
  readonly zones: readonly ZoneConfig[];
  readonly boot: readonly BootRange[];
  readonly cpus: number;
  /** Highest buddy order; MAX_ORDER 11 is exclusive in 2.6.9, so 10. */
  readonly maxOrder: number;
  /** pageblock_order of the policies that group pages by mobility: a pageblock is 2^pageblockOrder pages of one type. */
  readonly pageblockOrder: number;
  /** MAX_GFP_ORDER: slabs of the page caches are 2^slabOrder pages. */
  readonly slabOrder: number;
  /** Order of a kernel stack: 1 (8 KiB) or 0 (CONFIG_4KSTACKS). */
  readonly stackOrder: number;
  /** Page table entries a page table page holds: 1,024 on i386, less on toy machines so that they show. */
  readonly ptesPerTable: number;
  /** Per-CPU object arrays of the three caches: 24, 12 and 96 in 2.6.9 for 4 KiB objects. */
  readonly arrays: { readonly limit: number; readonly batchcount: number; readonly shared: number };
  /** vm.min_free_kbytes, which min of the lowmem zones is shared out from; left out: 2.6.9's rule. */
  readonly minFreeKbytes?: number;
  /**
   * Page cache in objects of 2^order pages, and what a read does that cannot have one: takes the next smaller, single
   * pages, or fails. Left out: single pages only.
   */
  readonly pageCache?: {
    readonly order: Order;
    readonly fallback: 'smaller' | 'single-pages' | 'fail';
  };
  readonly swapPages: number;
  readonly swappiness: number;
  readonly objectCaches: readonly ObjectCacheConfig[];
  readonly cost: CostTable;
  readonly policy: PolicyConfig;
  readonly seed: number;
}

/** The zone a page frame belongs to; every PFN of the machine lies in exactly one. */
export function zoneOf(config: MachineConfig, pfn: Pfn): ZoneIndex {
  const zones = config.zones;
  let z = 0;
  while (pfn >= zones[z]!.end) z++;
  return z;
}
