/**
 * Reclaim's loops in Linux 2.6.24 mm/vmscan.c: try_to_free_pages with shrink_zones, balance_pgdat. How pages are looked
 * at is user/vmscan.ts.
 */
import type { Order, ZoneIndex } from '../../base/units.ts';
import { GFP_MASKS } from '../gfp.ts';
import { type Machine, Z } from '../machine.ts';
import { shrinkSlab } from '../objects/shrinker.ts';
import { waitForCongestion } from '../user/io.ts';
import {
  asDirectReclaim,
  DEF_PRIORITY,
  lruPages,
  newScan,
  notePriority,
  SWAP_CLUSTER_MAX,
  shrinkZone,
  WAIT_PRIORITY,
} from '../user/vmscan.ts';
import { setZoneField, zoneField } from '../zone.ts';
import { watermarkOk2624 } from './marks-2.6.24.ts';
import { M, mobilityField } from './zone-state.ts';

/** A zone so far above its high mark is not scanned with the others. */
const FAR_ABOVE = 8;
/** Times its lists a zone is scanned without a page freed before it counts as unreclaimable. */
const SCANS_IN_VAIN = 6;

/**
 * try_to_free_pages: priority 12 down to 0.
 * @returns 0 when there was no progress: fewer than 32 pages came, and every zone is given up as unreclaimable
 */
export function directReclaim2624(
  m: Machine,
  order: Order,
  gfp: number,
  zones: readonly ZoneIndex[],
): number {
  return asDirectReclaim(m, order, gfp, zones, () => {
    const lru = lruPages(m, zones);
    let total = 0;
    let givenUp = true;
    for (let priority = DEF_PRIORITY; priority >= 0; priority--) {
      const scan = newScan(m, gfp, false, order);
      givenUp = true;
      for (const zone of zones) {
        notePriority(m, zone, priority);
        if (zoneField(m, zone, Z.allUnreclaimable) && priority !== DEF_PRIORITY) continue;
        givenUp = false;
        shrinkZone(m, zone, priority, scan);
      }
      scan.reclaimed += shrinkSlab(m, scan.scanned, gfp, lru, true);
      total += scan.reclaimed;
      if (total >= SWAP_CLUSTER_MAX) return total;
      if (scan.scanned > 0 && priority < WAIT_PRIORITY) waitForCongestion(m);
    }
    return givenUp ? 0 : 1;
  });
}

/** The largest order kswapd was woken for: pgdat->kswapd_max_order. */
export function wokenOrder(m: Machine): Order {
  let order = 0;
  for (let z = 0; z < m.config.zones.length; z++)
    order = Math.max(order, mobilityField(m, z, M.kswapdOrder) - 1);
  return order;
}

/** balance_pgdat: until every zone passes its high mark for the order, or 13 priorities brought nothing. */
export function balance2624(m: Machine): void {
  const order = wokenOrder(m);
  while (balancePass(m, order) >= SWAP_CLUSTER_MAX);
}

/** One run through the priorities; returns pages reclaimed when it should start over, 0 when done or out of luck. */
function balancePass(m: Machine, order: Order): number {
  const zones = m.config.zones.map((_, z) => z);
  const scan = newScan(m, GFP_MASKS.kernel, true, order);
  const high = (z: ZoneIndex) => zoneField(m, z, Z.high);
  for (let priority = DEF_PRIORITY; priority >= 0; priority--) {
    const isGivenUp = (z: ZoneIndex) =>
      zoneField(m, z, Z.allUnreclaimable) !== 0 && priority !== DEF_PRIORITY;
    const end = zones.findLastIndex((z) => !isGivenUp(z) && !watermarkOk2624(m, z, order, high(z), 0));
    if (end < 0) return 0;
    const lru = lruPages(m, zones.slice(0, end + 1));
    let balanced = true;
    for (let z = 0; z <= end; z++) {
      if (isGivenUp(z)) continue;
      if (!watermarkOk2624(m, z, order, high(z), end)) balanced = false;
      notePriority(m, z, priority);
      const before = scan.scanned;
      // equal pressure on all zones, but for one with far too many free pages
      if (!watermarkOk2624(m, z, order, FAR_ABOVE * high(z), end)) shrinkZone(m, z, priority, scan);
      const slabPages = shrinkSlab(m, scan.scanned - before, GFP_MASKS.kernel, lru, true);
      scan.reclaimed += slabPages;
      const inVain = zoneField(m, z, Z.pagesScanned) >= SCANS_IN_VAIN * lruPages(m, [z]);
      if (slabPages === 0 && inVain) setZoneField(m, z, Z.allUnreclaimable, 1);
      setZoneField(m, z, Z.prevPriority, priority);
    }
    if (balanced) return 0;
    if (scan.scanned > 0 && priority < WAIT_PRIORITY) waitForCongestion(m);
    if (scan.reclaimed >= SWAP_CLUSTER_MAX) return scan.reclaimed;
  }
  return 0;
}
