/** The figures of a run at one moment: what `order0 run --json` and `window.order0.summary()` give. Sizes in pages. */
import type { PolicyId } from '../engine/config.ts';
import type { ClaimFigures } from './claim-figures.ts';
import type { MobilityFigures } from './mobility-figures.ts';

/** Free blocks of one zone. */
export interface ZoneFigures {
  readonly name: string;
  readonly node: number;
  readonly managed: number;
  readonly free: number;
  readonly min: number;
  readonly low: number;
  readonly high: number;
  readonly freeByOrder: readonly number[];
  readonly unusableIndex: readonly number[];
  readonly fragIndex: readonly number[];
}

/** `managed`, `reserved` and `total` apart, the entries are disjoint and sum to `managed`. */
export interface PageFigures {
  readonly total: number;
  readonly reserved: number;
  readonly managed: number;
  readonly free: number;
  readonly slabIdle: number;
  readonly perCpu: number;
  readonly user: number;
  readonly kreclaim: number;
  readonly knoreclaim: number;
}

export interface ReclaimFigures {
  readonly slabsTried: number;
  readonly slabsDiscarded: number;
  readonly slabsRefused: number;
  readonly pagesEvicted: number;
  readonly evictedForNothing: number;
  readonly pagesDropped: number;
  readonly pagesWritten: number;
  readonly pagesSwapped: number;
  readonly pteUnmaps: number;
  readonly pteUpdates: number;
  readonly tlbFlushes: number;
  readonly pagesCopied: number;
  readonly pagesScanned: number;
  readonly slabsScanned: number;
  readonly inversions: number;
  readonly refaults: number;
  readonly directReclaims: number;
  readonly kswapdRuns: number;
  readonly kswapdWakes: number;
  readonly oomKills: number;
}

export interface RunResult extends ClaimFigures {
  readonly title: string;
  readonly policy: PolicyId;
  readonly seed: number;
  /** Operations applied, and operations the scenario has. */
  readonly steps: number;
  readonly length: number;
  readonly stateHash: string;
  readonly engineVersion: string;
  readonly clockNs: number;
  readonly pages: PageFigures;
  /** Free blocks by order, over all zones; indices below are of these sums, in thousandths as the kernel's integers. */
  readonly freeByOrder: readonly number[];
  /** −1 when nothing is free. */
  readonly largestFreeOrder: number;
  readonly unusableIndex: readonly number[];
  readonly fragIndex: readonly number[];
  readonly zones: readonly ZoneFigures[];
  readonly highOrder: { readonly requested: number; readonly served: number; readonly failed: number };
  readonly requests: { readonly total: number; readonly failed: number; readonly absent: number };
  readonly reclaim: ReclaimFigures;
  readonly caches: readonly CacheFigures[];
  readonly perCpu: {
    readonly arrayHits: number;
    readonly arrayRefills: number;
    readonly arrayFlushes: number;
    /** Refills that a shared array served. */
    readonly sharedHits: number;
    readonly pcpHits: number;
    readonly pcpRefills: number;
    readonly pcpDrains: number;
  };
  readonly faults: {
    readonly minor: number;
    readonly major: number;
    readonly pagesRead: number;
    readonly pagesSwappedIn: number;
  };
  readonly costNs: number;
  /** Under the policies that group pages by mobility. */
  readonly mobility?: MobilityFigures;
  /** "ok", or the first broken invariant; absent when not asked for. */
  readonly invariants?: string;
}

/** One order-0 cache over all zones. */
export interface CacheFigures {
  readonly name: string;
  readonly slabs: { readonly full: number; readonly partial: number; readonly free: number };
  readonly inUse: number;
  readonly idle: number;
  readonly parked: number;
  readonly stranded: number;
}
