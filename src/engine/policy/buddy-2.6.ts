/** `buddy-2.6`: Linux 2.6.9's own page allocator with LRU-order reclaim, the yardstick. */
import type { Order, Pfn } from '../../base/units.ts';
import { buddyAlloc, buddyFree } from '../buddy.ts';
import { GFP } from '../gfp.ts';
import { type Machine, Z } from '../machine.ts';
import { drainAllPcp, pcpAlloc, pcpFree } from '../per-cpu.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField, zoneOf } from '../zone.ts';
import type { Policy } from './policy.ts';

function give(m: Machine, pfn: Pfn, order: Order, cold: boolean): void {
  if (order === 0) pcpFree(m, pfn, cold);
  else buddyFree(m, zoneOf(m.config, pfn), pfn, order);
}

export const buddy26: Policy = {
  id: 'buddy-2.6',
  freePages: (m, zone) => zoneField(m, zone, Z.freePages),
  take: (m, zone, order, gfp) =>
    order === 0 ? pcpAlloc(m, zone, (gfp & GFP.cold) !== 0) : buddyAlloc(m, zone, order),
  give,
  beforeReclaim: () => false,
  lastResort: () => false,
  afterBatch() {},
  afterOperation() {},
  drainCpus: drainAllPcp,
  reclaimSlab(m, order, slab) {
    emit(m, EV.notHere, order, slab);
    return false;
  },
};
