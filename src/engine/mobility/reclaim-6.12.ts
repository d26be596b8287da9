/**
 * Reclaim's loops in Linux 6.12 mm/vmscan.c: do_try_to_free_pages with shrink_zones and compaction_ready, shrink_node
 * with should_continue_reclaim, balance_pgdat with kswapd_shrink_node. How pages are looked at is user/vmscan.ts.
 */
import type { Order, ZoneIndex } from '../../base/units.ts';
import { GFP, GFP_MASKS } from '../gfp.ts';
import { type Machine, Z } from '../machine.ts';
import { shrinkSlab612 } from '../objects/shrinker-6.12.ts';
import type { Attempt } from '../policy/policy.ts';
import { waitForCongestion } from '../user/io.ts';
import {
  asDirectReclaim,
  DEF_PRIORITY,
  newScan,
  notePriority,
  type Scan,
  SWAP_CLUSTER_MAX,
  shrinkZone,
  WAIT_PRIORITY,
} from '../user/vmscan.ts';
import { setZoneField, zoneField } from '../zone.ts';
import { COSTLY_ORDER, isSuitable } from './compact-defer.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { isHopeless, isNodeBalanced, upTo } from './node-6.12.ts';
import { wakeKcompactd } from './wake.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** compaction_ready: the request can be served or compaction can run with a buffer of free pages: nothing to reclaim. */
function isReady(m: Machine, zone: ZoneIndex, order: Order, cls: ZoneIndex): boolean {
  if (watermarkOk612(m, zone, order, zoneField(m, zone, Z.min), cls)) return true;
  if (!isSuitable(m, zone, order, cls)) return false;
  return watermarkOk612(m, zone, 0, zoneField(m, zone, Z.high) + (2 << order), cls);
}

/**
 * should_continue_reclaim: a request of a larger order goes on at one priority while that brings pages, no zone could
 * be compacted yet, and the inactive lists are longer than what compaction needs.
 */
function continues(
  m: Machine,
  scan: Scan,
  order: Order,
  cls: ZoneIndex,
  priority: number,
  got: number,
): boolean {
  if (
    order === 0 ||
    !(scan.gfp & GFP.io) ||
    (order <= COSTLY_ORDER && priority >= DEF_PRIORITY - 2) ||
    got === 0
  )
    return false;
  let inactive = 0;
  for (let zone = 0; zone <= cls; zone++) {
    if (watermarkOk612(m, zone, order, zoneField(m, zone, Z.min), cls)) return false;
    if (isSuitable(m, zone, order, cls)) return false;
    inactive += zoneField(m, zone, Z.nrInactive);
  }
  return !scan.gentle && inactive > 2 << order;
}

/** shrink_node: all zones up to the class at one priority, then the shrinkers, as often as an order needs it. */
function shrinkNode(m: Machine, scan: Scan, order: Order, cls: ZoneIndex, priority: number): void {
  for (;;) {
    const before = scan.reclaimed;
    for (let zone = 0; zone <= cls; zone++) {
      notePriority(m, zone, priority);
      shrinkZone(m, zone, priority, scan);
    }
    scan.reclaimed += shrinkSlab612(m, priority, scan.gfp);
    const got = scan.reclaimed - before;
    if (got > 0) setMobilityField(m, 0, M.kswapdFailures, 0);
    if (!continues(m, scan, order, cls, priority, got)) return;
  }
}

/**
 * do_try_to_free_pages for a request.
 * @returns pages reclaimed, 1 when nothing was reclaimed since compaction may run, 0 without progress
 */
export function directReclaim612(m: Machine, { order, gfp, zones }: Attempt): number {
  const cls = zones[0]!;
  return asDirectReclaim(m, order, gfp, zones, () => {
    const scan = newScan(m, gfp, false, order);
    let ready = false;
    for (let priority = DEF_PRIORITY; priority >= 0; priority--) {
      const wanting =
        order > COSTLY_ORDER && gfp & GFP.io ? zones.filter((zone) => !isReady(m, zone, order, cls)) : zones;
      ready = wanting.length < zones.length;
      const scanned = scan.scanned;
      if (wanting.length > 0) shrinkNode(m, scan, order, cls, priority);
      if (scan.reclaimed >= SWAP_CLUSTER_MAX || ready) break;
      if (scan.scanned > scanned && priority < WAIT_PRIORITY) waitForCongestion(m);
    }
    return scan.reclaimed > 0 ? scan.reclaimed : ready ? 1 : 0;
  });
}

/** The order and the highest zone that kswapd was woken for. */
export function woken612(m: Machine): { order: Order; cls: ZoneIndex } {
  let order = 0;
  let cls = 0;
  for (let zone = 0; zone < m.config.zones.length; zone++) {
    order = Math.max(order, mobilityField(m, zone, M.kswapdOrder) - 1);
    if (zoneField(m, zone, Z.kswapdWoken)) cls = zone;
  }
  return { order, cls };
}

/** kswapd: balances the node until it may sleep; an order it gave up is left to kcompactd. */
export function balance612(m: Machine): void {
  const { order, cls } = woken612(m);
  let stopped = balanceNode(m, m.config.policy.kswapdOrder === 'zero' ? 0 : order, cls);
  // the order it was woken for counts for one run
  while (!isHopeless(m) && !isNodeBalanced(m, stopped, cls)) stopped = balanceNode(m, 0, cls);
}

/**
 * balance_pgdat. For a boost alone it takes as many pages as the boost has, at a low priority and without any I/O.
 * @returns the order it stopped at: 0 once twice the block was reclaimed
 */
function balanceNode(m: Machine, order: Order, cls: ZoneIndex): Order {
  const boosts = upTo(cls).map((zone) => mobilityField(m, zone, M.boost));
  let boost = boosts.reduce((sum, pages) => sum + pages, 0);
  let wanted = order;
  const scan = newScan(m, GFP_MASKS.kernel, true, order);
  scan.target = upTo(cls).reduce((sum, z, i) => sum + Math.max(zoneField(m, z, Z.high) + boosts[i]!, 32), 0);
  for (const zone of upTo(cls)) setMobilityField(m, zone, M.reclaimActive, 1);
  for (let priority = DEF_PRIORITY; priority >= 1; ) {
    const balanced = isNodeBalanced(m, wanted, cls);
    if (!balanced && boost > 0) {
      boost = 0;
      priority = DEF_PRIORITY;
      continue;
    }
    if (balanced && boost === 0) break;
    scan.gentle = boost > 0;
    const before = { reclaimed: scan.reclaimed, scanned: scan.scanned };
    shrinkNode(m, scan, wanted, cls, priority);
    if (wanted > 0 && scan.reclaimed >= 2 << wanted) wanted = 0;
    const got = scan.reclaimed - before.reclaimed;
    const lowest = boost > 0 && priority === DEF_PRIORITY - 2;
    const enough = scan.scanned - before.scanned >= scan.target;
    boost -= Math.min(boost, got);
    if (boost > 0 && got === 0) break;
    if (scan.scanned > before.scanned && priority < WAIT_PRIORITY) waitForCongestion(m);
    if ((!lowest && !enough) || got === 0) priority--;
  }
  if (scan.reclaimed === 0 && !isNodeBalanced(m, wanted, cls))
    setMobilityField(m, 0, M.kswapdFailures, mobilityField(m, 0, M.kswapdFailures) + 1);
  upTo(cls).forEach((zone, i) => {
    setMobilityField(m, zone, M.reclaimActive, 0);
    setMobilityField(m, zone, M.boost, Math.max(0, mobilityField(m, zone, M.boost) - boosts[i]!));
    setZoneField(m, zone, Z.kswapdWoken, 0);
  });
  if (boosts.some((pages) => pages > 0)) wakeKcompactd(m, m.config.pageblockOrder);
  return wanted;
}
