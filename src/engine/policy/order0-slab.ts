/**
 * `order0-slab`: the proposal of June 2003. Order-0 requests are served by the three page caches of their zone;
 * larger ones by buddy; slabs are reclaimed whole.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { buddyAlloc, buddyFree } from '../buddy.ts';
import { C } from '../counters.ts';
import { FLAG } from '../frames.ts';
import { CACHE_CLASS, cacheClassOf, GFP, GFP_MASKS } from '../gfp.ts';
import { bump, type Machine, Z } from '../machine.ts';
import {
  cacheAlloc,
  cacheFree,
  cacheHasPage,
  cacheIndex,
  drainCache,
  idlePages,
  trimCaches,
} from '../order0/cache.ts';
import { runDaemon } from '../order0/daemon.ts';
import { reapWhenDue } from '../order0/reap.ts';
import { reclaimOneSlab } from '../order0/reclaim.ts';
import { EV, emit } from '../trace-event.ts';
import { watermarkOk, zoneField, zonelist, zoneOf } from '../zone.ts';
import type { Policy } from './policy.ts';

/** Order up to which the kernel would retry for ever; a cache that cannot grow counts as such. */
const COSTLY_ORDER = 3;

function take(m: Machine, zone: ZoneIndex, order: Order, gfp: number, mark: number): Pfn {
  if (order > 0) return buddyAlloc(m, zone, order);
  const cls = cacheClassOf(gfp);
  const pfn = cacheAlloc(m, zone, cls, mark);
  if (pfn !== NONE) return pfn;
  if (m.config.policy.growth !== 'single-pages' || !watermarkOk(zoneField(m, zone, Z.freePages), 0, mark, 0))
    return NONE;
  const single = buddyAlloc(m, zone, 0);
  if (single === NONE) return NONE;
  m.flags[single] = FLAG.stranded;
  bump(m, C.strandedPages);
  emit(m, EV.stranded, 0, single, cacheIndex(zone, cls));
  return single;
}

/** Of a single page: its cache has one, can grow, or may take one past its slabs. */
function hasPage(m: Machine, zone: ZoneIndex, gfp: number, mark: number): boolean {
  if (cacheHasPage(m, zone, cacheClassOf(gfp), mark)) return true;
  const free = zoneField(m, zone, Z.freePages);
  return m.config.policy.growth === 'single-pages' && free > 0 && watermarkOk(free, 0, mark, 0);
}

function give(m: Machine, pfn: Pfn, order: Order): void {
  if (m.flags[pfn]! & FLAG.inSlab) cacheFree(m, pfn);
  else buddyFree(m, zoneOf(m.config, pfn), pfn, order);
}

/** In which cases a slab is reclaimed inside the request itself. */
function reclaimsInside(m: Machine, order: Order, gfp: number): boolean {
  if (!(gfp & GFP.wait)) return false;
  return order === 0 ? m.config.policy.growth === 'reclaim-first' : m.config.policy.reclaim === 'on-failure';
}

export const order0Slab: Policy = {
  id: 'order0-slab',
  freePages: (m, zone, order, gfp) =>
    zoneField(m, zone, Z.freePages) + (order === 0 ? idlePages(m, zone, cacheClassOf(gfp)) : 0),
  take,
  hasPage,
  give,
  beforeReclaim: (m, order, gfp, zones) =>
    reclaimsInside(m, order, gfp) &&
    (order <= m.config.slabOrder || m.config.policy.aligned) &&
    reclaimOneSlab(m, order === 0 ? m.config.slabOrder : order, gfp, zones, NONE).freed,
  // LRU reclaim fills order0-user's slabs; a kernel cache gets none of it, and neither does a small contiguous
  // request that the kernel would retry for ever: those get one slab emptied instead
  lastResort: (m, order, gfp, zones) =>
    order <= COSTLY_ORDER &&
    (order > 0 || cacheClassOf(gfp) !== CACHE_CLASS.user) &&
    reclaimOneSlab(m, order === 0 ? m.config.slabOrder : order, gfp, zones, NONE).freed,
  afterBatch: trimCaches,
  afterOperation(m, failedOrder) {
    reapWhenDue(m);
    if (m.config.policy.reclaim === 'daemon') runDaemon(m, failedOrder);
  },
  drainCpus(m) {
    for (let cache = 0; cache < m.config.zones.length * 3; cache++) drainCache(m, cache);
  },
  reclaimSlab: (m, order, slab) =>
    reclaimOneSlab(
      m,
      order,
      GFP_MASKS.kernel,
      zonelist(m.config, GFP_MASKS.kernel),
      slab === NONE ? NONE : slab >>> m.config.slabOrder,
    ).freed,
};
