/**
 * `mobility-compaction`: grouping by mobility, compaction and its daemon as Linux 6.12 has them. Functions:
 * mm/page_alloc.c __rmqueue_fallback, steal_suitable_fallback, __alloc_pages_slowpath; mm/compaction.c compact_zone,
 * kcompactd. Patches: Mel Gorman's "Memory Compaction" v8 (2.6.35), Vlastimil Babka's kcompactd (4.6), Nitin Gupta's
 * proactive compaction (5.9), Johannes Weiner's freelist hygiene (6.10). Reclaim's loops are 6.12's, each page of the LRU
 * is judged as in every policy here, so that a comparison shows the allocator.
 */
import { type Machine, Z } from '../machine.ts';
import { resetHints } from '../mobility/compact-defer.ts';
import { getPage612, passes612 } from '../mobility/get-page-6.12.ts';
import { runKcompactd } from '../mobility/kcompactd.ts';
import { decayPcpHigh, drainAll612, give612, pcpAlloc612, pcpAllowed } from '../mobility/pcp-6.12.ts';
import { rmqueue612 } from '../mobility/rmqueue-6.12.ts';
import { migratetypeOf } from '../mobility/types.ts';
import { wakeKcompactd, wakeKswapd612 } from '../mobility/wake.ts';
import { M, mobilityField, setMobilityField } from '../mobility/zone-state.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import type { Policy } from './policy.ts';

/** What kswapd leaves behind: no hints that a whole run has called stale, an order for kcompactd. */
function kswapdSleeps(m: Machine): void {
  let order = 0;
  for (let z = 0; z < m.config.zones.length; z++) {
    order = Math.max(order, mobilityField(m, z, M.kswapdOrder) - 1);
    setMobilityField(m, z, M.kswapdOrder, 0);
    resetHints(m, z);
  }
  wakeKcompactd(m, order);
}

export const mobilityCompaction: Policy = {
  id: 'mobility-compaction',
  freePages: (m, zone) => zoneField(m, zone, Z.freePages),
  passes: passes612,
  pass: getPage612,
  take(m, zone, order, gfp) {
    const type = migratetypeOf(m.config, gfp);
    return pcpAllowed(m, order) ? pcpAlloc612(m, zone, order, type) : rmqueue612(m, zone, order, type);
  },
  give: give612,
  wakeKswapd: wakeKswapd612,
  grouping: true,
  kswapdSleeps,
  beforeReclaim: () => false,
  lastResort: () => false,
  afterBatch() {},
  afterOperation(m) {
    runKcompactd(m);
    decayPcpHigh(m);
  },
  drainCpus: drainAll612,
  reclaimSlab(m, order, slab) {
    emit(m, EV.notHere, order, slab);
    return false;
  },
};
