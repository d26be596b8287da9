/**
 * The shrinkers of Linux 6.12, mm/shrinker.c do_shrink_slab: how many objects to look at follows from reclaim's priority,
 * as for the LRU lists; what was not done is carried over, up to twice what there is.
 */
import { idiv } from '../../base/bits.ts';
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine, O } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { objectField, setObjectField } from './object-slab.ts';
import { pruneObjects } from './prune.ts';
import { objectSlabs, SHRINK_BATCH } from './shrinker.ts';

/** What one call is to look at: this round's share, with what was carried over. */
export interface ShrinkPlan {
  readonly delta: number;
  readonly total: number;
}

/** delta and total of do_shrink_slab. `seeks` 0: objects that cost nothing to make again. */
export function shrinkPlan(freeable: number, nr: number, priority: number, seeks: number): ShrinkPlan {
  const delta = seeks > 0 ? idiv((freeable >>> priority) * 4, seeks) : idiv(freeable, 2);
  return { delta, total: Math.min((nr >>> priority) + delta, 2 * freeable) };
}

/** What is carried over after `scanned` objects. */
export function carriedOver(freeable: number, nr: number, delta: number, scanned: number): number {
  return Math.min(Math.max(nr + delta - scanned, 0), 2 * freeable);
}

/**
 * One pass over all shrinkers at a priority.
 * @returns pages that came back
 */
export function shrinkSlab612(m: Machine, priority: number, gfp: number): number {
  const before = objectSlabs(m);
  for (let cache = 0; cache < m.config.objectCaches.length; cache++) {
    const { shrinker, seeks } = m.config.objectCaches[cache]!;
    const freeable = objectField(m, cache, O.unused);
    if (!shrinker || freeable === 0) continue;
    const nr = objectField(m, cache, O.shrinkNr);
    const { delta, total } = shrinkPlan(freeable, nr, priority, seeks);
    let left = total;
    // a caller that may not enter the filesystem is refused (super_cache_scan): SHRINK_STOP
    while ((left >= SHRINK_BATCH || left >= freeable) && gfp & GFP.fs) {
      const n = Math.min(SHRINK_BATCH, left);
      pruneObjects(m, cache, n);
      bump(m, C.shrinkerScanned, n);
      left -= n;
      emit(m, EV.shrinkSlab, 0, NONE, cache, n);
      if (n === 0) break;
    }
    setObjectField(m, cache, O.shrinkNr, carriedOver(freeable, nr, delta, total - left));
  }
  return before - objectSlabs(m);
}
