/**
 * `mobility-lumpy`: grouping pages by mobility and lumpy reclaim, as Linux 2.6.24 shipped them. Functions:
 * mm/page_alloc.c __rmqueue_fallback, move_freepages_block, setup_zone_migrate_reserve, zone_watermark_ok,
 * __alloc_pages; mm/vmscan.c isolate_lru_pages, shrink_inactive_list, balance_pgdat. Patches: Mel Gorman's "Group
 * pages of related mobility together" v30 and Andy Whitcroft's "Lumpy Reclaim V6", 2007. The LRU itself is scanned
 * as in every policy here, so that a comparison shows the allocator.
 */
import type { Order, Pfn } from '../../base/units.ts';
import { GFP } from '../gfp.ts';
import { type Machine, Z } from '../machine.ts';
import { watermarkOk2624 } from '../mobility/marks-2.6.24.ts';
import { drainAll2624, pcpAlloc2624, pcpFree2624 } from '../mobility/pcp-2.6.24.ts';
import { rmqueue2624 } from '../mobility/rmqueue-2.6.24.ts';
import { typedFree } from '../mobility/typed-buddy.ts';
import { migratetypeOf } from '../mobility/types.ts';
import { wakeKswapd2624 } from '../mobility/wake.ts';
import { M, setMobilityField } from '../mobility/zone-state.ts';
import { markOf } from '../pass.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField, zoneOf } from '../zone.ts';
import type { Policy } from './policy.ts';

function give(m: Machine, pfn: Pfn, order: Order, cold: boolean): void {
  if (order === 0) pcpFree2624(m, pfn, cold);
  else typedFree(m, zoneOf(m.config, pfn), pfn, order, false);
}

export const mobilityLumpy: Policy = {
  id: 'mobility-lumpy',
  freePages: (m, zone) => zoneField(m, zone, Z.freePages),
  passes: (m, { zones, order, gfp }, zone, which) =>
    watermarkOk2624(m, zone, order, markOf(m, zone, which, gfp), zones[0]!),
  take(m, zone, order, gfp) {
    const type = migratetypeOf(m.config, gfp);
    return order === 0
      ? pcpAlloc2624(m, zone, type, (gfp & GFP.cold) !== 0)
      : rmqueue2624(m, zone, order, type);
  },
  give,
  wakeKswapd: wakeKswapd2624,
  grouping: true,
  lumpy: true,
  kswapdSleeps(m) {
    for (let z = 0; z < m.config.zones.length; z++) setMobilityField(m, z, M.kswapdOrder, 0);
  },
  beforeReclaim: () => false,
  lastResort: () => false,
  afterBatch() {},
  afterOperation() {},
  drainCpus: drainAll2624,
  reclaimSlab(m, order, slab) {
    emit(m, EV.notHere, order, slab);
    return false;
  },
};
