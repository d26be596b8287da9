/** What a series knows of one step: free blocks, what holds the pages, and how far the counters have come. */
import { C, type CounterName } from '../engine/counters.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { MEASURE, type MeasureName } from '../engine/measures.ts';

/** Counters a series follows; each is the total since boot, as `order0 run` gives it. */
export const COUNTED = [
  'requests',
  'requestsFailed',
  'highOrderServed',
  'highOrderFailed',
  'pagesEvicted',
  'evictedForNothing',
  'pagesWritten',
  'pagesSwapped',
  'pagesRead',
  'pagesSwappedIn',
  'refaults',
  'inversions',
  'slabsDiscarded',
  'slabsRefused',
  'poolServed',
  'poolFromReserve',
  'poolSlept',
  'poolFailed',
  'slabPoolServed',
  'slabPoolFailed',
] as const satisfies readonly CounterName[];
export type Counted = (typeof COUNTED)[number];

/** What holds a page, lightest last; disjoint, and together all pages but holes. */
export const HELD = [
  'reserved',
  'knoreclaim',
  'kreclaim',
  'anon',
  'dirtyFile',
  'cleanFile',
  'perCpu',
  'idle',
  'free',
] as const;
export type Held = (typeof HELD)[number];

/** Pages looked at for all counts of what holds them in one run: about a third of a second. */
const PAGES_LOOKED_AT = 2 ** 27;

/** Costs of the operations that asked for memory. Modelled latency in ns; see `engine/cost.ts`. */
export interface AskedCost {
  /** Cost of all such operations so far. */
  total: number;
  /** Cost of the dearest of them since the sample before. */
  dearest: number;
}

export interface Sample {
  readonly step: number;
  /** Free blocks by order, over all zones. */
  readonly blocks: readonly number[];
  /** Pages by {@link HELD}; null where they were not counted. */
  readonly held: readonly number[] | null;
  /** By {@link COUNTED}. */
  readonly counted: readonly number[];
  readonly asked: Readonly<AskedCost>;
  readonly searched: Searched;
}

/** What searching for pages to take has looked at since boot, and the blocks it made. */
export interface Searched {
  /** Pages looked at by slab scans, LRU reclaim, scans for windows to move, and compaction. */
  readonly pages: number;
  /** Slabs, groups and windows freed; requests above order 0 that were served after LRU reclaim or compaction. */
  readonly blocks: number;
}

function searchedOf(m: Machine): Searched {
  const sum = (...names: readonly MeasureName[]) =>
    names.reduce((total, name) => total + m.measures[MEASURE[name]]!, 0);
  const compacted = m.counters[C.compactMigrateScanned]! + m.counters[C.compactFreeScanned]!;
  return {
    pages: sum('slabPagesLooked', 'lruPagesLooked', 'movePagesLooked') + compacted,
    blocks: sum('slabBlocks', 'lruBlocks', 'moveBlocks') + m.counters[C.compactSuccess]!,
  };
}

/** Every how manyth of `samples` counts what holds the pages of a machine: each one, unless it is large. */
export function heldEvery(pages: number, samples: number): number {
  return Math.max(1, Math.ceil((pages * samples) / PAGES_LOOKED_AT));
}

/** @param withHeld also count what holds the pages: one pass over them */
export function sampleOf(m: Machine, step: number, withHeld: boolean, asked: AskedCost): Sample {
  const blocks = new Array<number>(m.config.maxOrder + 1).fill(0);
  for (let i = 0; i < m.freeCount.length; i++) blocks[i % blocks.length]! += m.freeCount[i]!;
  return {
    step,
    blocks,
    held: withHeld ? heldPages(m) : null,
    counted: COUNTED.map((name) => m.counters[C[name]]!),
    asked: { ...asked },
    searched: searchedOf(m),
  };
}

/** Pages by {@link HELD}. Cost: one pass over kinds and flags. */
export function heldPages(m: Machine): number[] {
  const n = new Uint32Array(16);
  let dirty = 0;
  const { kind, flags } = m;
  for (let pfn = 0; pfn < kind.length; pfn++) {
    const held = kind[pfn]!;
    n[held]!++;
    if (held === PAGE.file && flags[pfn]! & (FLAG.dirty | FLAG.writeback)) dirty++;
  }
  const kernel =
    n[PAGE.kmalloc]! + n[PAGE.pageTable]! + n[PAGE.stack]! + n[PAGE.vmalloc]! + n[PAGE.highOrder]!;
  const held: Record<Held, number> = {
    reserved: n[PAGE.boot]!,
    knoreclaim: kernel + n[PAGE.unknown]!,
    kreclaim: n[PAGE.objSlab]!,
    anon: n[PAGE.anon]!,
    dirtyFile: dirty,
    cleanFile: n[PAGE.file]! - dirty,
    perCpu: n[PAGE.slabParked]! + n[PAGE.pcp]!,
    idle: n[PAGE.slabIdle]!,
    free: n[PAGE.free]!,
  };
  return HELD.map((name) => held[name]);
}
