/**
 * The count-driven shrinkers, Linux 2.6.9 mm/vmscan.c shrink_slab: how many objects to look at follows from how many
 * LRU pages were scanned, never from which slab would become free. What is less than a batch of 128 is carried over.
 */
import { idiv } from '../../base/bits.ts';
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine, O } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { objectField, setObjectField } from './object-slab.ts';
import { pruneObjects } from './prune.ts';

/** Objects a shrinker is asked to look at in one call. */
export const SHRINK_BATCH = 128;

/** How many objects a shrink_slab pass adds to a shrinker's debt. */
export function shrinkDelta(scanned: number, seeks: number, count: number, lruPages: number): number {
  return idiv(idiv(4 * scanned, seeks) * count, lruPages + 1);
}

/** What a cache's shrinker reports: hundreds of unused objects times vfs_cache_pressure 100 (fs/dcache.c). */
export function shrinkerCount(unused: number): number {
  return idiv(unused, 100) * 100;
}

/**
 * One pass over all shrinkers.
 * @param scanned LRU pages scanned since the last pass; 0 counts as 32
 * @param capped whether a debt is held to twice what there is, as 2.6.24 does
 * @returns pages that came back
 */
export function shrinkSlab(
  m: Machine,
  scanned: number,
  gfp: number,
  lruPages: number,
  capped = false,
): number {
  const before = m.objectCache.length === 0 ? 0 : objectSlabs(m);
  for (let cache = 0; cache < m.config.objectCaches.length; cache++) {
    const { shrinker, seeks } = m.config.objectCaches[cache]!;
    if (!shrinker) continue;
    const count = shrinkerCount(objectField(m, cache, O.unused));
    let todo = objectField(m, cache, O.shrinkNr) + shrinkDelta(scanned || 32, seeks, count, lruPages);
    if (capped) todo = Math.min(todo, 2 * count);
    // a caller that may not enter the filesystem is refused; the debt stays for the next one
    while (todo >= SHRINK_BATCH && gfp & GFP.fs) {
      pruneObjects(m, cache, SHRINK_BATCH);
      bump(m, C.shrinkerScanned, SHRINK_BATCH);
      todo -= SHRINK_BATCH;
      emit(m, EV.shrinkSlab, 0, NONE, cache, SHRINK_BATCH);
    }
    setObjectField(m, cache, O.shrinkNr, todo);
  }
  return before - objectSlabs(m);
}

/** Pages of all object caches. */
export function objectSlabs(m: Machine): number {
  let slabs = 0;
  for (let cache = 0; cache < m.config.objectCaches.length; cache++) slabs += objectField(m, cache, O.slabs);
  return slabs;
}
