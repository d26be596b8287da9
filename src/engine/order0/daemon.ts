/**
 * The defrag daemon. It wakes when a request above order 0 has failed, or when fewer free blocks of an order are left
 * than there should be; empties slabs until that is mended, its budget is spent or nothing can be had; and sleeps.
 * After a wake-up for a threshold it sleeps for its period; a failed request wakes it at once. The mail names a daemon
 * and MAX_DEFRAG_SCAN and leaves the rest open.
 */
import type { Order, ZoneIndex } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { C } from '../counters.ts';
import { GFP_MASKS } from '../gfp.ts';
import { bump, type Machine } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { EV, emit } from '../trace-event.ts';
import { zonelist } from '../zone.ts';
import { reclaimOneSlab } from './reclaim.ts';

const MS = 1_000_000;

/** What the daemon woke for: at least `blocks` blocks of `order` that requests could have. */
interface Want {
  readonly order: Order;
  readonly blocks: number;
}

/**
 * Blocks of an order that the zones' free blocks could give, larger ones counted as what they split into
 * (free_blocks_suitable of Linux 6.12 mm/vmstat.c): two freed neighbours merge, and must not count as one.
 */
export function freeBlocks(m: Machine, zones: readonly ZoneIndex[], order: Order): number {
  let blocks = 0;
  for (const zone of zones) {
    const base = zone * (m.config.maxOrder + 1);
    for (let k = order; k <= m.config.maxOrder; k++) blocks += m.freeCount[base + k]! << (k - order);
  }
  return blocks;
}

/** The lowest order that is short of blocks and that emptying slabs can help; null when none is. */
function shortage(m: Machine, zones: readonly ZoneIndex[]): Want | null {
  const { daemonThresholds, aligned } = m.config.policy;
  const highest = aligned ? m.config.maxOrder : m.config.slabOrder;
  for (let order = 1; order <= highest; order++) {
    const blocks = daemonThresholds[order] ?? 0;
    if (blocks > 0 && freeBlocks(m, zones, order) < blocks) return { order, blocks };
  }
  return null;
}

/** At an operation's end: wakes the daemon where it is due. `failedOrder`: of a request that failed, 0 for none. */
export function runDaemon(m: Machine, failedOrder: Order): void {
  const zones = zonelist(m.config, GFP_MASKS.kernel);
  if (failedOrder > 0) work(m, zones, { order: failedOrder, blocks: 1 });
  if (m.counters[C.clockNs]! < m.counters[C.daemonNextNs]!) return;
  const want = shortage(m, zones);
  if (want === null) return;
  work(m, zones, want);
  m.counters[C.daemonNextNs] = m.counters[C.clockNs]! + m.config.policy.daemonPeriodMs * MS;
}

/** One wake-up. */
function work(m: Machine, zones: readonly ZoneIndex[], want: Want): void {
  const from = {
    slabs: m.counters[C.slabsScanned]!,
    pages: m.measures[MEASURE.slabPagesLooked]!,
    cost: m.counters[C.costNs]!,
  };
  bump(m, C.daemonWakes);
  emit(m, EV.daemonWake, want.order, NONE, freeBlocks(m, zones, want.order), want.blocks);
  let freed = 0;
  for (let i = 0; i < m.config.policy.daemonBudget; i++) {
    if (freeBlocks(m, zones, want.order) >= want.blocks) break;
    if (!reclaimOneSlab(m, want.order, GFP_MASKS.kernel, zones, NONE).freed) break;
    freed++;
  }
  const pages = m.measures[MEASURE.slabPagesLooked]! - from.pages;
  measure(m, MEASURE.daemonSlabsLooked, m.counters[C.slabsScanned]! - from.slabs);
  measure(m, MEASURE.daemonPagesLooked, pages);
  measure(m, MEASURE.daemonSlabsFreed, freed);
  measure(m, MEASURE.daemonCostNs, m.counters[C.costNs]! - from.cost);
  emit(m, EV.daemonSleep, want.order, NONE, freed, pages);
}
