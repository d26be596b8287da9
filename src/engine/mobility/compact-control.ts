/** One compaction run: struct compact_control of Linux 6.12 mm/internal.h, enum compact_result, enum migrate_mode. */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { bump, type Machine } from '../machine.ts';
import { SKIP_BIT } from './types.ts';

/** How a run may wait: not at all, for locks, or for writes too. */
export const MODE = { async: 0, syncLight: 1, sync: 2 } as const;
export type Mode = (typeof MODE)[keyof typeof MODE];

/** enum compact_result, the ones that a run may have, in the order the kernel compares them. */
export const RESULT = {
  skipped: 1,
  deferred: 2,
  continue: 4,
  complete: 5,
  partialSkipped: 6,
  contended: 7,
  success: 8,
} as const;
export type Result = (typeof RESULT)[keyof typeof RESULT];

/** As tracepoints print them. */
export const RESULT_NAMES: Readonly<Record<number, string>> = {
  1: 'skipped',
  2: 'deferred',
  4: 'continue',
  5: 'complete',
  6: 'partial_skipped',
  7: 'contended',
  8: 'success',
};

export interface CompactControl {
  readonly zone: ZoneIndex;
  /** −1: the whole zone, whatever comes of it. */
  readonly order: Order | -1;
  readonly mode: Mode;
  readonly gfp: number;
  /** Type of the asker; MOVABLE for kcompactd. */
  readonly type: number;
  /** On behalf of a request. */
  readonly direct: boolean;
  /** Stops at the low end of the proactive score. */
  readonly proactive: boolean;
  readonly ignoreHints: boolean;
  readonly kcompactd: boolean;
  wholeZone: boolean;
  migratePfn: Pfn;
  freePfn: Pfn;
  /** Free blocks taken off the lists as targets, by order. */
  readonly targets: Pfn[][];
  /** Pages of them. */
  targetPages: number;
  /** User pages to move, rising PFN. */
  readonly sources: Pfn[];
  /** Scan the current pageblock to its end, so that it gets its hint. */
  finishBlock: boolean;
  lastMigrated: Pfn;
  /** fast_search_fail: searches of the free lists in a row that found nothing. */
  fastSearchFail: number;
  /** fast_start_pfn: the lowest block such a search has found; 0: none, NONE: used up. */
  fastStart: Pfn;
  /** search_order: where the next search for targets begins. */
  searchOrder: Order;
}

export type RunOptions = Pick<CompactControl, 'zone' | 'order' | 'mode' | 'gfp' | 'type'> &
  Partial<Pick<CompactControl, 'direct' | 'proactive' | 'ignoreHints' | 'kcompactd' | 'wholeZone'>>;

export function createControl(m: Machine, options: RunOptions): CompactControl {
  return {
    direct: false,
    proactive: false,
    ignoreHints: false,
    kcompactd: false,
    wholeZone: false,
    ...options,
    migratePfn: 0,
    freePfn: 0,
    targets: Array.from({ length: m.config.maxOrder + 1 }, () => []),
    targetPages: 0,
    sources: [],
    finishBlock: false,
    lastMigrated: NONE,
    fastSearchFail: 0,
    fastStart: 0,
    searchOrder: Math.max(0, options.order),
  };
}

/** Whether the scanners' pageblocks have crossed. */
export function scannersMet(m: Machine, cc: CompactControl): boolean {
  const k = m.config.pageblockOrder;
  return cc.freePfn >>> k <= cc.migratePfn >>> k;
}

/** Whether a pageblock's skip hint lets the run look at it. */
export function mayScan(m: Machine, cc: CompactControl, pfn: Pfn): boolean {
  return cc.ignoreHints || (m.pageblockType[pfn >>> m.config.pageblockOrder]! & SKIP_BIT) === 0;
}

/** set_pageblock_skip. */
export function setSkip(m: Machine, pfn: Pfn): void {
  const block = pfn >>> m.config.pageblockOrder;
  m.pageblockType[block] = m.pageblockType[block]! | SKIP_BIT;
}

/** COMPACT_CLUSTER_MAX: pages isolated before they are moved. */
export const CLUSTER = 32;

/** Packs two counts of an isolation for its event. */
export const counts = (scanned: number, taken: number): number => scanned * 4096 + taken;

/** Books pages and free blocks that a scanner or a search has looked at. */
export function countScanned(m: Machine, cc: CompactControl, migrate: boolean, pages: number): void {
  bump(m, migrate ? C.compactMigrateScanned : C.compactFreeScanned, pages);
  if (cc.kcompactd) bump(m, migrate ? C.kcompactdMigrateScanned : C.kcompactdFreeScanned, pages);
  charge(m, 'scanPage', pages);
}
