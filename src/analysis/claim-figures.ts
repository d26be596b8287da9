/** What the mail's claims are measured by: latency, search, the allocator's books, the daemon, mempools, moves. */
import { C, type CounterName } from '../engine/counters.ts';
import type { Machine } from '../engine/machine.ts';
import {
  LATENCY_BUCKETS,
  LATENCY_CLASSES,
  latencyHistogram,
  MEASURE,
  type MeasureName,
} from '../engine/measures.ts';
import { descriptorBytes } from '../engine/order0/descriptor.ts';
import { type BillPart, lastRequestParts, type RunBill, runBill } from './bill.ts';
import { type KernelWindows, kernelWindows } from './kernel-windows.ts';
import { type ObjectFigures, objectFigures } from './object-figures.ts';

/** Requests of one class of orders, by the power of two that their modelled latency lies in. */
export interface LatencyFigures {
  readonly orders: string;
  readonly requests: number;
  /** Bucket b counts latencies from 2^b up to 2^(b+1) − 1 ns; the first those below 2 ns, the last all above. */
  readonly histogram: readonly number[];
  /** Lower end, in ns, of the bucket that the middle request and the one at 99 % lie in; null without requests. */
  readonly medianNs: number | null;
  readonly p99Ns: number | null;
}

/** What one way of reclaim looked at for the blocks it made. */
export interface SearchCost {
  readonly pages: number;
  /** Blocks made: slabs, groups or windows freed; for LRU reclaim requests above order 0 that were served after it. */
  readonly blocks: number;
  /** Pages looked at for each, to a tenth; null without blocks. */
  readonly perBlock: number | null;
}

export interface ClaimFigures {
  readonly latency: {
    readonly lastNs: number;
    readonly lastOrder: number;
    /** What the last one's latency is the sum of. */
    readonly lastParts: readonly BillPart[];
    readonly classes: readonly LatencyFigures[];
  };
  /** What `costNs` is the sum of: every action of the cost table. */
  readonly costs: RunBill;
  readonly search: {
    readonly slab: SearchCost & { readonly slabs: number };
    readonly lru: SearchCost & { readonly freed: number };
    readonly moving: SearchCost;
    /** Scans that chose a slab; what they missed against the best of all, in clean pages and in the rule's own unit. */
    readonly chosen: number;
    readonly regretPages: number;
    readonly regretScore: number;
  };
  readonly overhead: {
    readonly descriptorBytes: number;
    readonly descriptorPages: number;
    /** Pages moved in and out of per-CPU object arrays; of per-CPU page lists under the buddy policies. */
    readonly arraySteps: number;
    readonly pcpSteps: number;
    readonly buddySteps: number;
    /** Of all steps, for each request: how many, to a hundredth, and their declared price in ns, to a tenth. */
    readonly perAllocation: { readonly steps: number; readonly ns: number };
  };
  readonly daemon: {
    readonly wakes: number;
    readonly slabsLooked: number;
    readonly pagesLooked: number;
    readonly freed: number;
    readonly costNs: number;
  };
  readonly moves: {
    readonly pages: number;
    readonly forNothing: number;
    /** Windows that page moving tried, emptied, gave up; pages its scans and moves met that could not move. */
    readonly windowsTried: number;
    readonly windowsFreed: number;
    readonly windowsKept: number;
    readonly obstacles: number;
  };
  /** Page cache in objects above order 0: wanted, had, had smaller, not had; split since part of one had to go. */
  readonly folios: {
    readonly requested: number;
    readonly served: number;
    readonly fellBack: number;
    readonly failed: number;
    readonly split: number;
  };
  readonly groups: { readonly tried: number; readonly freed: number; readonly refused: number };
  /** Kernel pages and the windows of the slab order that they hold; see kernel-windows.ts. */
  readonly kernel: KernelWindows;
  readonly pools: {
    readonly served: number;
    readonly fromReserve: number;
    readonly slept: number;
    readonly woken: number;
    readonly failed: number;
    /** Of a slab in a pool's place. */
    readonly slabServed: number;
    readonly slabFailed: number;
  };
  /** Objects of kernel caches and what those in use keep; see object-figures.ts. */
  readonly objects: ObjectFigures;
  /** How the order-0 caches grew: slabs had, blocks not had, pages taken singly instead, slabs given back. */
  readonly growth: {
    readonly grown: number;
    readonly failed: number;
    readonly stranded: number;
    readonly destroyed: number;
  };
}

/** The figures at the machine's present state. */
export function claimFigures(m: Machine): ClaimFigures {
  const count = (name: CounterName): number => m.counters[C[name]]!;
  const measured = (name: MeasureName): number => m.measures[MEASURE[name]]!;
  return {
    latency: {
      lastNs: measured('lastLatencyNs'),
      lastOrder: measured('lastOrder'),
      lastParts: lastRequestParts(m),
      classes: LATENCY_CLASSES.map((orders, cls) => latencyFigures(orders, latencyHistogram(m, cls))),
    },
    costs: runBill(m),
    search: {
      slab: {
        ...searchCost(measured('slabPagesLooked'), measured('slabBlocks')),
        slabs: count('slabsScanned'),
      },
      lru: {
        ...searchCost(measured('lruPagesLooked'), measured('lruBlocks')),
        freed: measured('lruPagesFreed'),
      },
      moving: searchCost(measured('movePagesLooked'), measured('moveBlocks')),
      chosen: count('scansChosen'),
      regretPages: count('scanRegret'),
      regretScore: measured('scoreRegret'),
    },
    overhead: overheadFigures(m),
    daemon: {
      wakes: count('daemonWakes'),
      slabsLooked: measured('daemonSlabsLooked'),
      pagesLooked: measured('daemonPagesLooked'),
      freed: measured('daemonSlabsFreed'),
      costNs: measured('daemonCostNs'),
    },
    moves: {
      pages: count('pagesMoved'),
      forNothing: count('movedForNothing'),
      windowsTried: count('windowsTried'),
      windowsFreed: count('windowsFreed'),
      windowsKept: count('windowsKept'),
      obstacles: count('obstaclesMet'),
    },
    folios: {
      requested: count('foliosRequested'),
      served: count('foliosServed'),
      fellBack: count('foliosFellBack'),
      failed: count('foliosRequested') - count('foliosServed') - count('foliosFellBack'),
      split: count('foliosSplit'),
    },
    groups: { tried: count('groupsTried'), freed: count('groupsFreed'), refused: count('groupsRefused') },
    kernel: kernelWindows(m),
    pools: {
      served: count('poolServed'),
      fromReserve: count('poolFromReserve'),
      slept: count('poolSlept'),
      woken: count('poolWoken'),
      failed: count('poolFailed'),
      slabServed: count('slabPoolServed'),
      slabFailed: count('slabPoolFailed'),
    },
    objects: objectFigures(m),
    growth: {
      grown: count('cacheGrowths'),
      failed: count('cacheGrowthsFailed'),
      stranded: count('strandedPages'),
      destroyed: count('slabsDestroyed'),
    },
  };
}

function latencyFigures(orders: string, histogram: readonly number[]): LatencyFigures {
  const requests = histogram.reduce((sum, n) => sum + n, 0);
  return {
    orders,
    requests,
    histogram,
    medianNs: quantile(histogram, requests, 50),
    p99Ns: quantile(histogram, requests, 99),
  };
}

/** Lower end of the bucket in which `percent` of the requests are reached. */
function quantile(histogram: readonly number[], requests: number, percent: number): number | null {
  if (requests === 0) return null;
  let seen = 0;
  for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket++) {
    seen += histogram[bucket]!;
    if (seen * 100 >= requests * percent) return bucket === 0 ? 0 : 2 ** bucket;
  }
  return null;
}

function searchCost(pages: number, blocks: number): SearchCost {
  return { pages, blocks, perBlock: blocks === 0 ? null : Math.round((pages / blocks) * 10) / 10 };
}

/** Descriptors as they lie now, steps since boot; a buddy policy has no descriptors. */
function overheadFigures(m: Machine): ClaimFigures['overhead'] {
  const arraySteps = m.measures[MEASURE.arraySteps]!;
  const pcpSteps = m.measures[MEASURE.pcpSteps]!;
  const buddySteps = m.counters[C.buddySteps]!;
  const requests = Math.max(1, m.counters[C.requests]!);
  const { arrayStep, buddyStep } = m.config.cost;
  const ns = (arraySteps + pcpSteps) * arrayStep + buddySteps * buddyStep;
  return {
    descriptorBytes: m.counters[C.slabsTotal]! * descriptorBytes(m.config.slabOrder),
    descriptorPages: m.counters[C.descriptorPages]!,
    arraySteps,
    pcpSteps,
    buddySteps,
    perAllocation: {
      steps: Math.round(((arraySteps + pcpSteps + buddySteps) / requests) * 100) / 100,
      ns: Math.round((ns / requests) * 10) / 10,
    },
  };
}
