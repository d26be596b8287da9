/** cache_reap of Linux 2.6.9 mm/slab.c, every two seconds of simulated time: what no longer is used goes back in small steps. */
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import { bump, K, type Machine } from '../machine.ts';
import { REAP_PERIOD_NS } from '../policy/periods.ts';
import { EV, emit } from '../trace-event.ts';
import { destroyFreeSlabs, drainEntries, drainShared, freeLimit, sharedLimit } from './cache.ts';
import { cacheField, setCacheField } from './slab-list.ts';

/** How many a reap takes from an array: a fifth of its limit, half of what is there if that is less. */
function reapShare(limit: number, count: number): number {
  const n = Math.floor((limit + 4) / 5);
  return n > count ? Math.floor((count + 1) / 2) : n;
}

/** Whether this reap looks at a cache's shared array and free slabs: every second one does. */
function toggleReap(m: Machine, cache: number): boolean {
  const due = cacheField(m, cache, K.reapNext);
  setCacheField(m, cache, K.reapNext, due ^ 1);
  return due !== 0;
}

/** cache_reap over every cache: untouched arrays are drained by a fifth; every second time free slabs go as well. */
export function reapCaches(m: Machine): void {
  const { limit } = m.config.arrays;
  for (let cache = 0; cache < m.config.zones.length * 3; cache++) {
    for (let cpu = 0; cpu < m.config.cpus; cpu++) {
      const array = cache * m.config.cpus + cpu;
      if (m.arrayTouched[array]) m.arrayTouched[array] = 0;
      else drainEntries(m, cache, array, reapShare(limit, m.arrayCount[array]!));
    }
    if (!toggleReap(m, cache)) continue;
    const shared = cacheField(m, cache, K.sharedCount);
    if (cacheField(m, cache, K.sharedTouched)) setCacheField(m, cache, K.sharedTouched, 0);
    else drainShared(m, cache, reapShare(sharedLimit(m), shared));
    if (cacheField(m, cache, K.freeTouched)) {
      setCacheField(m, cache, K.freeTouched, 0);
      continue;
    }
    const pages = 1 << m.config.slabOrder;
    const freed = destroyFreeSlabs(m, cache, Math.ceil(freeLimit(m) / (5 * pages)));
    if (freed > 0) emit(m, EV.cacheReap, 0, NONE, cache, freed);
  }
}

/** Whether further reaps would find nothing until somebody allocates or frees. */
function isReaped(m: Machine): boolean {
  const { cpus, zones, arrays } = m.config;
  for (let cache = zones.length * 3 - 1; cache >= 0; cache--) {
    for (let array = cache * cpus; array < (cache + 1) * cpus; array++) {
      if (m.arrayTouched[array] || reapShare(arrays.limit, m.arrayCount[array]!) > 0) return false;
    }
    const shared = cacheField(m, cache, K.sharedCount);
    if (cacheField(m, cache, K.sharedTouched) || reapShare(sharedLimit(m), shared) > 0) return false;
    if (cacheField(m, cache, K.freeTouched) || cacheField(m, cache, K.freeHead) !== NONE) return false;
  }
  return true;
}

/**
 * Reaps as often as has come due by now. Where little happens in a long time most reaps find nothing: those are
 * counted off at once, to the same state as one by one.
 */
export function reapWhenDue(m: Machine): void {
  for (;;) {
    const late = m.counters[C.clockNs]! - m.counters[C.reapDueNs]!;
    if (late < 0) return;
    if (isReaped(m)) {
      const reaps = Math.floor(late / REAP_PERIOD_NS) + 1;
      bump(m, C.reapDueNs, reaps * REAP_PERIOD_NS);
      if (reaps % 2 === 1)
        for (let cache = m.config.zones.length * 3 - 1; cache >= 0; cache--) toggleReap(m, cache);
      return;
    }
    bump(m, C.reapDueNs, REAP_PERIOD_NS);
    reapCaches(m);
  }
}
