/**
 * Whether compaction may run in a zone: enough free pages to move into, fragmentation to blame, and not put off after
 * failures. Linux 6.12 mm/compaction.c: compaction_suitable, defer_compaction, compaction_deferred,
 * compaction_defer_reset, compaction_restarting; mm/vmstat.c fragmentation_index.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { freeByOrder } from '../buddy.ts';
import { C } from '../counters.ts';
import { FLAG } from '../frames.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { freeOrderOf } from './typed-buddy.ts';
import { migrateTypes, SKIP_BIT, TYPE_MASK } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** PAGE_ALLOC_COSTLY_ORDER. */
export const COSTLY_ORDER = 3;
/** sysctl_extfrag_threshold: a smaller index blames lack of memory, which moving pages does not mend. */
const EXTFRAG_THRESHOLD = 500;
/** COMPACT_MAX_DEFER_SHIFT: at most 64 attempts are put off in a row. */
export const MAX_DEFER_SHIFT = 6;

/**
 * fragmentation_index in thousandths: towards 0 a request fails for lack of memory, towards 1,000 for fragmentation;
 * −1,000 where it would not fail.
 */
export function fragmentationIndex612(blocks: readonly number[], order: Order): number {
  const total = blocks.reduce((sum, n) => sum + n, 0);
  if (total === 0) return 0;
  if (blocks.slice(order).some((n) => n > 0)) return -1000;
  const free = blocks.reduce((sum, n, k) => sum + n * (1 << k), 0);
  return 1000 - Math.trunc((1000 + Math.trunc((free * 1000) / (1 << order))) / total);
}

/** __compaction_suitable: the zone keeps its mark although twice the block is taken as targets. */
export function hasTargets(
  m: Machine,
  zone: ZoneIndex,
  order: Order,
  cls: ZoneIndex,
  free = zoneField(m, zone, Z.freePages),
): boolean {
  const mark = zoneField(m, zone, order > COSTLY_ORDER ? Z.low : Z.min) + (2 << order);
  return watermarkOk612(m, zone, 0, mark, cls, free);
}

/** compaction_suitable: targets, and for a costly order an index that blames fragmentation. */
export function isSuitable(m: Machine, zone: ZoneIndex, order: Order, cls: ZoneIndex): boolean {
  let suitable = hasTargets(m, zone, order, cls);
  if (suitable && order > COSTLY_ORDER) {
    const index = fragmentationIndex612(freeByOrder(m, zone), order);
    suitable = index < 0 || index > EXTFRAG_THRESHOLD;
  }
  emit(m, EV.compactSuitable, order, NONE, zone, suitable ? 1 : 0);
  return suitable;
}

/** compaction_deferred: counts an attempt and says whether it is put off. */
export function isDeferred(m: Machine, zone: ZoneIndex, order: Order): boolean {
  if (order < mobilityField(m, zone, M.orderFailed)) return false;
  const limit = 1 << mobilityField(m, zone, M.deferShift);
  const considered = Math.min(limit, mobilityField(m, zone, M.considered) + 1);
  setMobilityField(m, zone, M.considered, considered);
  if (considered >= limit) return false;
  bump(m, C.compactDeferred);
  emit(m, EV.compactDeferred, order, NONE, zone, limit - considered);
  return true;
}

/** defer_compaction: a run that failed puts off twice as many attempts as the one before. */
export function defer(m: Machine, zone: ZoneIndex, order: Order): void {
  setMobilityField(m, zone, M.considered, 0);
  setMobilityField(
    m,
    zone,
    M.deferShift,
    Math.min(MAX_DEFER_SHIFT, mobilityField(m, zone, M.deferShift) + 1),
  );
  setMobilityField(m, zone, M.orderFailed, Math.min(mobilityField(m, zone, M.orderFailed), order));
  emit(m, EV.compactDefer, order, NONE, zone, 1 << mobilityField(m, zone, M.deferShift));
}

/** compaction_defer_reset: a run that succeeded lets its order pass; `served` forgets all failures. */
export function resetDefer(m: Machine, zone: ZoneIndex, order: Order, served: boolean): void {
  if (served) {
    setMobilityField(m, zone, M.considered, 0);
    setMobilityField(m, zone, M.deferShift, 0);
  }
  setMobilityField(m, zone, M.orderFailed, Math.max(mobilityField(m, zone, M.orderFailed), order + 1));
  emit(m, EV.compactDeferReset, order, NONE, zone, served ? 1 : 0);
}

/** compaction_restarting: the longest putting off is over. */
export function isRestarting(m: Machine, zone: ZoneIndex, order: Order): boolean {
  return (
    order >= mobilityField(m, zone, M.orderFailed) &&
    mobilityField(m, zone, M.deferShift) === MAX_DEFER_SHIFT &&
    mobilityField(m, zone, M.considered) >= 1 << MAX_DEFER_SHIFT
  );
}

/** reset_cached_positions: both scanners begin at the zone's ends again. */
export function resetScanners(m: Machine, zone: ZoneIndex): void {
  const { start, end } = m.config.zones[zone]!;
  setMobilityField(m, zone, M.migrateAsync, start);
  setMobilityField(m, zone, M.migrateSync, start);
  setMobilityField(m, zone, M.freePfn, lastBlock(m, start, end));
}

/** First page of the last pageblock of a zone. */
export function lastBlock(m: Machine, start: number, end: number): number {
  const last = Math.max(start, end - 1);
  return Math.max(start, last - (last % (1 << m.config.pageblockOrder)));
}

/**
 * __reset_isolation_pfn: forgets a pageblock's hint where a look at every eighth page shows something to move, or a free
 * block to move into. Whether it did.
 */
function resetHint(m: Machine, pfn: Pfn, zone: ZoneIndex, source: boolean, target: boolean): boolean {
  const { start, end } = m.config.zones[zone]!;
  const k = m.config.pageblockOrder;
  const block = pfn >>> k;
  const type = m.pageblockType[block]!;
  if (source && target && !(type & SKIP_BIT)) return true;
  if (!source && target && (type & TYPE_MASK) !== migrateTypes(m.config).movable) return false;
  const last = Math.min(end, (block + 1) << k);
  for (let p = Math.max(start, block << k); p < last; p += 1 << COSTLY_ORDER) {
    if (!((source && m.flags[p]! & FLAG.lru) || (target && freeOrderOf(m, p) >= 0))) continue;
    m.pageblockType[block] = type & ~SKIP_BIT;
    return true;
  }
  return false;
}

/**
 * __reset_isolation_suitable: forgets the zone's skip hints where a whole run asked for it, and lets the scanners begin
 * at the first pageblock from either end that is worth it.
 */
export function resetHints(m: Machine, zone: ZoneIndex): void {
  if (!mobilityField(m, zone, M.skipFlush)) return;
  setMobilityField(m, zone, M.skipFlush, 0);
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << m.config.pageblockOrder;
  let migrate = start;
  let free = end - 1;
  let source: Pfn = NONE;
  let target: Pfn = NONE;
  for (; migrate < free; migrate += size, free -= size) {
    if (resetHint(m, migrate, zone, true, source !== NONE) && source === NONE) {
      source = migrate;
      setMobilityField(m, zone, M.initMigrate, source);
      setMobilityField(m, zone, M.migrateAsync, source);
      setMobilityField(m, zone, M.migrateSync, source);
    }
    if (resetHint(m, free, zone, target !== NONE, true) && target === NONE) {
      target = free;
      setMobilityField(m, zone, M.initFree, target);
      setMobilityField(m, zone, M.freePfn, target);
    }
  }
  if (source !== NONE && target !== NONE && source < target) return;
  setMobilityField(m, zone, M.migrateAsync, Math.min(end, migrate));
  setMobilityField(m, zone, M.migrateSync, Math.min(end, migrate));
  setMobilityField(m, zone, M.freePfn, Math.max(start, free));
}
