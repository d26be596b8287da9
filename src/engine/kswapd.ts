/** kswapd at work: the loop of 2.6.9, Linux mm/vmscan.c balance_pgdat, and which later kernel's stands in its place. */
import { NONE, type ZoneIndex } from '../base/units.ts';
import type { PolicyId } from './config.ts';
import { C } from './counters.ts';
import { GFP_MASKS } from './gfp.ts';
import { bump, type Machine, Z } from './machine.ts';
import { balance2624 } from './mobility/reclaim-2.6.24.ts';
import { balance612 } from './mobility/reclaim-6.12.ts';
import { shrinkSlab } from './objects/shrinker.ts';
import { policyOf } from './policy/table.ts';
import { EV, emit } from './trace-event.ts';
import { evictionMark, settleInversions } from './user/evicted.ts';
import { waitForCongestion } from './user/io.ts';
import {
  DEF_PRIORITY,
  lruPages,
  newScan,
  SWAP_CLUSTER_MAX,
  shrinkZone,
  WAIT_PRIORITY,
} from './user/vmscan.ts';
import { setZoneField, zoneField } from './zone.ts';

/** balance_pgdat where the policy's kernel is a later one. */
const BALANCE: Partial<Record<PolicyId, (m: Machine) => void>> = {
  'mobility-lumpy': balance2624,
  'mobility-compaction': balance612,
};

/** Whether kswapd leaves a zone alone: free pages above the high mark. */
function isBalanced(m: Machine, zone: ZoneIndex): boolean {
  return policyOf(m).freePages(m, zone, 0, GFP_MASKS.highuser) > zoneField(m, zone, Z.high);
}

/** kswapd wakes, does what its kernel's balance_pgdat does, and goes to sleep again. */
export function balanceZones(m: Machine): void {
  const from = evictionMark(m);
  const policy = policyOf(m);
  bump(m, C.kswapdRuns);
  const balance = BALANCE[policy.id];
  if (balance !== undefined) balance(m);
  else while (balancePass(m) >= SWAP_CLUSTER_MAX);
  settleInversions(m, from);
  for (let zone = 0; zone < m.config.zones.length; zone++) setZoneField(m, zone, Z.kswapdWoken, 0);
  emit(m, EV.kswapdSleep, 0, NONE, m.evicted.pfns.length - from);
  policy.kswapdSleeps?.(m);
}

/**
 * balance_pgdat of 2.6.9: reclaims until every zone is above its high mark, or 13 priorities brought nothing. One run
 * through the priorities; returns pages reclaimed when it should start over, 0 when done or out of luck.
 */
function balancePass(m: Machine): number {
  const zones = m.config.zones.map((_, z) => z);
  const scan = newScan(m, GFP_MASKS.kernel, true, 0);
  for (let priority = DEF_PRIORITY; priority >= 0; priority--) {
    const end = zones.findLastIndex(
      (z) => !isBalanced(m, z) && !(zoneField(m, z, Z.allUnreclaimable) && priority !== DEF_PRIORITY),
    );
    if (end < 0) return 0;
    const lru = lruPages(m, zones.slice(0, end + 1));
    for (let z = 0; z <= end; z++) {
      if (isBalanced(m, z)) continue;
      if (zoneField(m, z, Z.allUnreclaimable) && priority !== DEF_PRIORITY) continue;
      const scanned = scan.scanned;
      setZoneField(m, z, Z.prevPriority, Math.min(zoneField(m, z, Z.prevPriority), priority));
      shrinkZone(m, z, priority, scan);
      scan.reclaimed += shrinkSlab(m, scan.scanned - scanned, GFP_MASKS.kernel, lru);
      const all = zoneField(m, z, Z.nrActive) + zoneField(m, z, Z.nrInactive);
      setZoneField(m, z, Z.allUnreclaimable, zoneField(m, z, Z.pagesScanned) >= 4 * all ? 1 : 0);
      setZoneField(m, z, Z.prevPriority, priority);
    }
    if (scan.scanned > 0 && priority < WAIT_PRIORITY) waitForCongestion(m);
    if (scan.reclaimed >= SWAP_CLUSTER_MAX) return scan.reclaimed;
  }
  return 0;
}
