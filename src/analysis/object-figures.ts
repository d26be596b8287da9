/**
 * Objects of kernel caches, and what those in use keep: a page each, and with the page the aligned window of the slab
 * order that it lies in. The extended shrinker can empty no such page, nor one of a cache without a shrinker.
 */
import { C } from '../engine/counters.ts';
import { PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';

export interface ObjectFigures {
  /** Cached now: allocated and not yet freed or cleared. */
  readonly cached: number;
  /** Those that somebody refers to: an opener, an entry of a directory, a dentry of an inode. */
  readonly inUse: number;
  /** Pages that an object in use keeps, or that belong to a cache which cannot be shrunk. */
  readonly pagesHeld: number;
  /** Windows of the slab order with such a page. */
  readonly windowsHeld: number;
  /** Since boot: allocated, freed one by one, cleared with a whole page by the extended shrinker. */
  readonly allocated: number;
  readonly freed: number;
  readonly cleared: number;
  /** Objects that count-driven shrinkers were asked to look at. */
  readonly shrinkerScanned: number;
}

/** The figures at the machine's present state. Cost: one pass over the pages. */
export function objectFigures(m: Machine): ObjectFigures {
  const of = (counter: number): number => m.counters[counter]!;
  const windows = new Set<number>();
  let inUse = 0;
  let pagesHeld = 0;
  for (let pfn = 0; pfn < m.config.pages; pfn++) {
    if (m.kind[pfn] !== PAGE.objSlab) continue;
    const live = liveObjects(m, pfn);
    inUse += live;
    if (live === 0 && m.config.objectCaches[m.owner[pfn]!]!.shrinker) continue;
    pagesHeld++;
    windows.add(pfn >>> m.config.slabOrder);
  }
  // the engine counts a cleared object as freed too
  const [allocated, gone, cleared] = [of(C.objectsAllocated), of(C.objectsFreed), of(C.objectsCleared)];
  return {
    cached: allocated - gone,
    inUse,
    pagesHeld,
    windowsHeld: windows.size,
    allocated,
    freed: gone - cleared,
    cleared,
    shrinkerScanned: of(C.shrinkerScanned),
  };
}
