/**
 * kcompactd, Linux 6.12 mm/compaction.c: wakeup_kcompactd, kcompactd_do_work, proactive_compact_node. It runs at an
 * operation's end: when kswapd has gone to sleep after a higher order, and every half second of simulated time to see
 * whether the node's score calls for more.
 */
import { NONE, type Order, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP_MASKS } from '../gfp.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import { MODE, RESULT } from './compact-control.ts';
import { defer, isDeferred, isSuitable, resetDefer } from './compact-defer.ts';
import { compactZone, nodeScore, scoreMarks } from './compact-zone.ts';
import { drainCpuZone } from './pcp-6.12.ts';
import { groupingDisabled, migrateTypes } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** HPAGE_FRAG_CHECK_INTERVAL_MSEC, in ns. */
export const CHECK_PERIOD_NS = 500_000_000;
/** Periods to the next look after a proactive run that brought nothing (1 << COMPACT_MAX_DEFER_SHIFT). */
const PUT_OFF = 64;

/** What kcompactd does at an operation's end, if anything. */
export function runKcompactd(m: Machine): void {
  const order = mobilityField(m, 0, M.kcompactdOrder) - 1;
  if (order >= 0) {
    setMobilityField(m, 0, M.kcompactdOrder, 0);
    compactFor(m, order);
  }
  if (m.counters[C.clockNs]! >= m.counters[C.kcompactdDueNs]!) proactive(m);
}

/** kcompactd_do_work: every zone that could give the order, in low-cost synchronous mode. */
function compactFor(m: Machine, order: Order): void {
  const cls = m.config.zones.length - 1;
  bump(m, C.kcompactdWakes);
  emit(m, EV.kcompactdWake, order, NONE);
  for (let zone: ZoneIndex = 0; zone <= cls; zone++) {
    if (isDeferred(m, zone, order) || !isSuitable(m, zone, order, zone)) continue;
    const options = { zone, order, mode: MODE.syncLight, gfp: GFP_MASKS.kernel, kcompactd: true } as const;
    const type = movable(m);
    const result = compactZone(m, { ...options, type }, zoneField(m, zone, Z.min), zone);
    if (result === RESULT.success) resetDefer(m, zone, order, false);
    else if (result === RESULT.complete || result === RESULT.partialSkipped) {
      for (let cpu = 0; cpu < m.config.cpus; cpu++) drainCpuZone(m, zone, cpu);
      defer(m, zone, order);
    }
  }
  emit(m, EV.kcompactdSleep, order, NONE);
}

/** The type kcompactd asks for; UNMOVABLE is all there is without grouping. */
function movable(m: Machine): number {
  return groupingDisabled(m.config) ? 0 : migrateTypes(m.config).movable;
}

/** proactive_compact_node: whole zones while the node's score is high; a run that does not help is not repeated soon. */
function proactive(m: Machine): void {
  const now = m.counters[C.clockNs]!;
  m.counters[C.kcompactdDueNs] = now + CHECK_PERIOD_NS;
  const before = nodeScore(m);
  if (m.config.policy.proactiveness === 0 || before <= scoreMarks(m).high) return;
  bump(m, C.proactiveRuns);
  emit(m, EV.kcompactdWake, 0, NONE, before);
  for (let zone: ZoneIndex = 0; zone < m.config.zones.length; zone++) {
    compactZone(
      m,
      {
        zone,
        order: -1,
        mode: MODE.syncLight,
        gfp: GFP_MASKS.kernel,
        type: movable(m),
        wholeZone: true,
        ignoreHints: true,
        proactive: true,
        kcompactd: true,
      },
      0,
      0,
    );
    drainCpuZone(m, zone, m.cpu);
  }
  emit(m, EV.kcompactdSleep, 0, NONE, nodeScore(m));
  if (nodeScore(m) >= before) m.counters[C.kcompactdDueNs] = now + PUT_OFF * CHECK_PERIOD_NS;
}
