/**
 * The daemon of active memory defragmentation: it wakes when there are fewer free blocks of an order than there should
 * be, and when a request above order 0 has failed; moves pages until that is mended, its budget is spent or nothing
 * can be had; and sleeps for its period. Daniel Phillips, "[RFC] My research agenda for 2.7", 25 June 2003, item 1:
 * the daemon "kicks in when an order falls below threshold" and moves easy pages first; it gives no numbers.
 */
import { NONE, type Order, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP_MASKS } from '../gfp.ts';
import { bump, type Machine } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { freeBlocks } from '../order0/daemon.ts';
import { EV, emit } from '../trace-event.ts';
import { zonelist } from '../zone.ts';
import { makeBlock } from './make-block.ts';

const MS = 1_000_000;

/** At an operation's end: wakes the daemon where it is due. `failedOrder`: of a request that failed, 0 for none. */
export function runMovingDaemon(m: Machine, failedOrder: Order): void {
  const zones = zonelist(m.config, GFP_MASKS.kernel);
  if (failedOrder > 0) work(m, zones, failedOrder, 1);
  if (m.counters[C.clockNs]! < m.counters[C.daemonNextNs]!) return;
  const { daemonThresholds, daemonPeriodMs } = m.config.policy;
  for (let order = 1; order <= m.config.maxOrder; order++) {
    const blocks = daemonThresholds[order] ?? 0;
    if (blocks === 0 || freeBlocks(m, zones, order) >= blocks) continue;
    work(m, zones, order, blocks);
    m.counters[C.daemonNextNs] = m.counters[C.clockNs]! + daemonPeriodMs * MS;
    return;
  }
}

/** One wake-up: until there are `blocks` blocks of `order`. */
function work(m: Machine, zones: readonly ZoneIndex[], order: Order, blocks: number): void {
  const looked = m.measures[MEASURE.movePagesLooked]!;
  const cost = m.counters[C.costNs]!;
  bump(m, C.daemonWakes);
  emit(m, EV.daemonWake, order, NONE, freeBlocks(m, zones, order), blocks);
  let made = 0;
  while (made < m.config.policy.daemonBudget && freeBlocks(m, zones, order) < blocks) {
    if (!makeBlock(m, order, zones)) break;
    made++;
  }
  const pages = m.measures[MEASURE.movePagesLooked]! - looked;
  measure(m, MEASURE.daemonPagesLooked, pages);
  measure(m, MEASURE.daemonSlabsFreed, made);
  measure(m, MEASURE.daemonCostNs, m.counters[C.costNs]! - cost);
  emit(m, EV.daemonSleep, order, NONE, made, pages);
}
