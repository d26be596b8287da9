/**
 * "If a large order block is necessary, select one slab and reclaim it." One reclaim drains the per-CPU arrays,
 * scans, takes the best candidate, and on a refusal goes on with the scan's next best; it ends at a block freed or
 * at no candidate left.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { CACHE_CLASS } from '../gfp.ts';
import { bump, type Machine } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { EV, emit } from '../trace-event.ts';
import { evictionMark, settleInversions } from '../user/evicted.ts';
import { destroyFreeSlabs, drainCache } from './cache.ts';
import { evictSlab } from './evict.ts';
import { reclaimGroup } from './group.ts';
import { bestCleanOfAll, bestScoreOfAll, type Candidate, namedVictim, scanVictims } from './victim.ts';

/** What one reclaim brought. */
export interface SlabReclaim {
  readonly freed: boolean;
  /** First page of the discarded slab; NONE when the block came from an already empty slab, or from none. */
  readonly pfn: Pfn;
}

const NOTHING: SlabReclaim = { freed: false, pfn: NONE };

/** Whether one of the zones has a free block of at least `order`. */
export function hasBlock(m: Machine, zones: readonly ZoneIndex[], order: Order): boolean {
  return zones.some((zone) => {
    const base = zone * (m.config.maxOrder + 1);
    for (let k = order; k <= m.config.maxOrder; k++) if (m.freeCount[base + k]! > 0) return true;
    return false;
  });
}

/**
 * Reclaims one slab for a request of `order`.
 *
 * @param order above the slab order only where the policy empties aligned groups: one slab cannot become more
 *   contiguous than it is
 * @param slab number of a particular slab to empty, or NONE to let the daemon choose
 */
export function reclaimOneSlab(
  m: Machine,
  order: Order,
  gfp: number,
  zones: readonly ZoneIndex[],
  slab: number,
): SlabReclaim {
  bump(m, C.slabReclaims);
  const grouped = order > m.config.slabOrder;
  if (grouped && !m.config.policy.aligned) {
    emit(m, EV.notHere, order, NONE);
    return NOTHING;
  }
  const from = evictionMark(m);
  const caches = zones.flatMap((zone) => [zone * 3, zone * 3 + 1, zone * 3 + 2]);
  const destroyed = m.counters[C.slabsDestroyed]!;
  const had = grouped && hasBlock(m, zones, order);
  if (m.config.policy.drainFirst) for (const cache of caches) drainCache(m, cache);
  if (grouped) {
    const drainingDid = slab === NONE && !had && hasBlock(m, zones, order);
    const freed =
      drainingDid || reclaimGroup(m, order, gfp, zones, slab === NONE ? null : slab << m.config.slabOrder);
    settleInversions(m, from);
    return { freed, pfn: NONE };
  }
  // a slab that draining emptied beyond its cache's limit has gone back already
  const drained = m.counters[C.slabsDestroyed]! > destroyed;
  if (slab === NONE && (drained || caches.some((cache) => destroyFreeSlabs(m, cache, 1) > 0))) {
    measure(m, MEASURE.slabBlocks);
    emit(m, EV.slabReclaimEnd, order, NONE, 0, 1);
    return { freed: true, pfn: NONE };
  }
  const result =
    slab === NONE
      ? chooseAndEvict(m, order, gfp, zones)
      : tryEach(m, order, gfp, namedVictim(m, zones, slab), null);
  settleInversions(m, from);
  return result;
}

function chooseAndEvict(m: Machine, order: Order, gfp: number, zones: readonly ZoneIndex[]): SlabReclaim {
  const clean = bestCleanOfAll(m, zones);
  const best = { clean, score: bestScoreOfAll(m, zones, clean) };
  const user = tryEach(m, order, gfp, scanVictims(m, zones, CACHE_CLASS.user), best);
  if (user.freed) return user;
  return tryEach(m, order, gfp, scanVictims(m, zones, CACHE_CLASS.kreclaim), null);
}

/** The best of all slabs, as clean pages and by the rule's own score (null where that has none). */
interface Best {
  readonly clean: number;
  readonly score: number | null;
}

/** Empties candidates best first until one is discarded; `best` is null where nobody asks for regret. */
function tryEach(
  m: Machine,
  order: Order,
  gfp: number,
  candidates: readonly Candidate[],
  best: Best | null,
): SlabReclaim {
  if (candidates.length === 0) {
    emit(m, EV.noCandidate, order, NONE);
    return NOTHING;
  }
  let tried = 0;
  for (const { slab, clean, score } of candidates) {
    if (tried === 0 && best !== null) {
      bump(m, C.scanRegret, best.clean - clean);
      bump(m, C.scansChosen);
      if (best.score !== null) measure(m, MEASURE.scoreRegret, Math.round(best.score - score));
    }
    emit(m, EV.chooseSlab, m.config.slabOrder, slab << m.config.slabOrder, clean, best?.clean ?? -1);
    tried++;
    if (!evictSlab(m, slab, gfp)) continue;
    measure(m, MEASURE.slabBlocks);
    emit(m, EV.slabReclaimEnd, order, slab << m.config.slabOrder, tried, 1);
    return { freed: true, pfn: slab << m.config.slabOrder };
  }
  emit(m, EV.slabReclaimEnd, order, NONE, tried, 0);
  return NOTHING;
}
