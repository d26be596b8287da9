/** The state of all zones together as kswapd of Linux 6.12 mm/vmscan.c sees it: pgdat_balanced, pgdat_watermark_boosted. */
import type { Order, ZoneIndex } from '../../base/units.ts';
import { type Machine, Z } from '../machine.ts';
import { zoneField } from '../zone.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { M, mobilityField } from './zone-state.ts';

/** MAX_RECLAIM_RETRIES: runs in a row that reclaim nothing, after which kswapd is not woken any more. */
const MAX_FAILURES = 16;

/** Zones up to the highest that a request may use. */
export const upTo = (cls: ZoneIndex): ZoneIndex[] => Array.from({ length: cls + 1 }, (_, z) => z);

/** pgdat_balanced: one zone up to the class above its high mark, boost included, for the order is enough. */
export function isNodeBalanced(m: Machine, order: Order, cls: ZoneIndex): boolean {
  return upTo(cls).some((zone) => watermarkOk612(m, zone, order, zoneField(m, zone, Z.high), cls));
}

/** pgdat_watermark_boosted. */
export function isNodeBoosted(m: Machine, cls: ZoneIndex): boolean {
  return upTo(cls).some((zone) => mobilityField(m, zone, M.boost) > 0);
}

/** Whether kswapd has failed so often that only direct reclaim is left. */
export function isHopeless(m: Machine): boolean {
  return mobilityField(m, 0, M.kswapdFailures) >= MAX_FAILURES;
}
