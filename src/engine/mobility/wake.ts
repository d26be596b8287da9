/** Waking kswapd with an order, Linux 2.6.24 and 6.12 wakeup_kswapd, and kcompactd (wakeup_kcompactd). */
import { NONE, type Order } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine, Z } from '../machine.ts';
import type { Attempt } from '../policy/policy.ts';
import { EV, emit } from '../trace-event.ts';
import { setZoneField, zoneField } from '../zone.ts';
import { watermarkOk2624 } from './marks-2.6.24.ts';
import { isHopeless, isNodeBalanced, isNodeBoosted } from './node-6.12.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** wakeup_kswapd(zone, order): a zone that passes the low mark for the order lets it sleep; the largest order is kept. */
export function wakeKswapd2624(m: Machine, { zones, order }: Attempt): void {
  for (const zone of zones) {
    if (watermarkOk2624(m, zone, order, zoneField(m, zone, Z.low), 0)) continue;
    if (mobilityField(m, zone, M.kswapdOrder) <= order) setMobilityField(m, zone, M.kswapdOrder, order + 1);
    if (zoneField(m, zone, Z.kswapdWoken)) continue;
    setZoneField(m, zone, Z.kswapdWoken, 1);
    bump(m, C.kswapdWakes);
    emit(m, EV.kswapdWake, order, NONE, zone);
  }
}

/**
 * wakeup_kswapd: sets its order and highest zone; a balanced node without a boost is left alone, and to kcompactd where
 * the caller may not reclaim.
 */
export function wakeKswapd612(m: Machine, { zones, order, gfp }: Attempt): void {
  const cls = zones[0];
  if (cls === undefined) return;
  if (isHopeless(m) || (isNodeBalanced(m, order, cls) && !isNodeBoosted(m, cls))) {
    if (!(gfp & GFP.wait)) wakeKcompactd(m, order);
    return;
  }
  if (mobilityField(m, cls, M.kswapdOrder) <= order) setMobilityField(m, cls, M.kswapdOrder, order + 1);
  if (zoneField(m, cls, Z.kswapdWoken)) return;
  setZoneField(m, cls, Z.kswapdWoken, 1);
  bump(m, C.kswapdWakes);
  emit(m, EV.kswapdWake, order, NONE, cls);
}

/** wakeup_kcompactd: the highest order asked since it slept; nothing to do where no zone could be compacted. */
export function wakeKcompactd(m: Machine, order: Order): void {
  if (order === 0) return;
  if (mobilityField(m, 0, M.kcompactdOrder) <= order) setMobilityField(m, 0, M.kcompactdOrder, order + 1);
}
