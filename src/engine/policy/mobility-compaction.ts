/**
 * `mobility-compaction`: grouping by mobility, compaction and its daemon as Linux 6.12 has them. Functions:
 * mm/page_alloc.c __rmqueue_fallback, steal_suitable_fallback, __alloc_pages_slowpath; mm/compaction.c compact_zone,
 * kcompactd. Patches: Mel Gorman's "Memory Compaction" v8 (2.6.35), Vlastimil Babka's kcompactd (4.6), Nitin Gupta's
 * proactive compaction (5.9), Johannes Weiner's freelist hygiene (6.10). The LRU is scanned page by page as in every
 * policy here, so that a comparison shows the allocator; there are no HIGHATOMIC reserves.
 */
import type { Order } from '../../base/units.ts';
import { type Machine, Z } from '../machine.ts';
import { resetHints } from '../mobility/compact-defer.ts';
import { runKcompactd, wakeKcompactd } from '../mobility/kcompactd.ts';
import { watermarkOk612 } from '../mobility/marks-6.12.ts';
import { drainAll612, pcpAlloc612, pcpAllowed, pcpFree612 } from '../mobility/pcp-6.12.ts';
import { rmqueue612 } from '../mobility/rmqueue-6.12.ts';
import { slowPath612, wakeKswapd612 } from '../mobility/slow-path-6.12.ts';
import { typedFree } from '../mobility/typed-buddy.ts';
import { migratetypeOf } from '../mobility/types.ts';
import { M, mobilityField, setMobilityField } from '../mobility/zone-state.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField, zoneOf } from '../zone.ts';
import type { Policy } from './policy.ts';

function highestOrder(m: Machine): Order {
  let order = 0;
  for (let z = 0; z < m.config.zones.length; z++)
    order = Math.max(order, mobilityField(m, z, M.kswapdOrder) - 1);
  return order;
}

/**
 * pgdat_balanced: one zone above its high mark for the order is enough; once twice the block was reclaimed the order
 * is left to kcompactd.
 */
function balanced(m: Machine, _zone: number, order: Order, freed: number): boolean {
  const cls = m.config.zones.length - 1;
  const wanted = freed >= 2 << order ? 0 : order;
  for (let z = 0; z <= cls; z++)
    if (watermarkOk612(m, z, wanted, zoneField(m, z, Z.high), cls)) return !isBoosted(m);
  return false;
}

/** A boosted zone below its boosted mark keeps kswapd going. */
function isBoosted(m: Machine): boolean {
  const cls = m.config.zones.length - 1;
  for (let z = 0; z <= cls; z++)
    if (mobilityField(m, z, M.boost) > 0 && !watermarkOk612(m, z, 0, zoneField(m, z, Z.high), cls))
      return true;
  return false;
}

/** What kswapd leaves behind: no boost, no hints that a whole run has called stale, an order for kcompactd. */
function kswapdSleeps(m: Machine): void {
  let order = highestOrder(m);
  for (let z = 0; z < m.config.zones.length; z++) {
    if (mobilityField(m, z, M.boost) > 0) order = Math.max(order, m.config.pageblockOrder);
    setMobilityField(m, z, M.boost, 0);
    setMobilityField(m, z, M.kswapdOrder, 0);
    resetHints(m, z);
  }
  wakeKcompactd(m, order);
}

export const mobilityCompaction: Policy = {
  id: 'mobility-compaction',
  freePages: (m, zone) => zoneField(m, zone, Z.freePages),
  passes: (m, zone, order, _gfp, mark, cls) => watermarkOk612(m, zone, order, mark, cls),
  take(m, zone, order, gfp) {
    const type = migratetypeOf(m.config, gfp);
    return pcpAllowed(m, order) ? pcpAlloc612(m, zone, order, type) : rmqueue612(m, zone, order, type);
  },
  give(m, pfn, order) {
    if (pcpAllowed(m, order)) pcpFree612(m, pfn, order);
    else typedFree(m, zoneOf(m.config, pfn), pfn, order, true);
  },
  wakeKswapd: wakeKswapd612,
  slowPath: slowPath612,
  grouping: true,
  kswapdOrder: highestOrder,
  balanced,
  kswapdSleeps,
  beforeReclaim: () => false,
  lastResort: () => false,
  afterBatch() {},
  afterOperation: runKcompactd,
  drainCpus: drainAll612,
  reclaimSlab(m, order, slab) {
    emit(m, EV.notHere, order, slab);
    return false;
  },
};
