/**
 * Compaction of one zone, Linux 6.12 mm/compaction.c: compact_zone, compact_finished, compaction_alloc,
 * release_free_list (Mel Gorman, "Memory Compaction" v8, 2010; proactive: Nitin Gupta, 2020). User pages move from
 * the zone's low end into free pages at its high end, until a block of the wanted order is free.
 *
 * Operations are atomic here, so nobody else gets in the way: no lock contention, and the capture of a block as it is
 * freed is a look at the free lists after each round.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { freeByOrder } from '../buddy.ts';
import { wipePages } from '../claim.ts';
import { C } from '../counters.ts';
import { ALLOCATED, FLAG, PAGE } from '../frames.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { folioOrder, folioPinned, splitFolio } from '../user/folio.ts';
import { waitForWriteback } from '../user/io.ts';
import { lruAdd, lruDel } from '../user/lru.ts';
import { movePage } from '../user/move.ts';
import { zoneField } from '../zone.ts';
import {
  type CompactControl,
  createControl,
  MODE,
  RESULT,
  type Result,
  type RunOptions,
  scannersMet,
} from './compact-control.ts';
import { isRestarting, isSuitable, lastBlock, resetHints, resetScanners } from './compact-defer.ts';
import { isolateSources, isolateTargets } from './compact-scan.ts';
import { canSteal, fallbackType } from './fallback-6.12.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { drainCpuZone, give612 } from './pcp-6.12.ts';
import { listIndex } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** fragmentation_score_wmark: proactive compaction ends at this score of a zone and begins ten above it of the node. */
export function scoreMarks(m: Machine): { low: number; high: number } {
  const low = Math.max(100 - m.config.policy.proactiveness, 5);
  return { low, high: Math.min(low + 10, 100) };
}

/**
 * Runs compaction in a zone.
 * @param mark the mark at which the request would be served without it
 * @param cls index of the highest zone the request may use
 */
export function compactZone(m: Machine, options: RunOptions, mark: number, cls: ZoneIndex): Result {
  const { zone, order } = options;
  if (order >= 0) {
    if (watermarkOk612(m, zone, order, mark, cls)) return RESULT.success;
    if (!isSuitable(m, zone, order, cls)) return RESULT.skipped;
    if (isRestarting(m, zone, order)) resetHints(m, zone);
  }
  const cc = createControl(m, options);
  placeScanners(m, cc);
  emit(m, EV.compactBegin, Math.max(0, order), cc.migratePfn, cc.freePfn, cc.mode);
  const result = run(m, cc);
  releaseTargets(m, cc);
  const last = m.config.zones[zone]!.end - 1;
  const at = Math.min(cc.migratePfn, last);
  emit(m, EV.compactEnd, Math.max(0, order), at, cc.freePfn, result * 16 + cc.mode);
  return result;
}

/** Both ends of the zone for a whole run, else where the last runs stopped. */
function placeScanners(m: Machine, cc: CompactControl): void {
  const { start, end } = m.config.zones[cc.zone]!;
  const last = lastBlock(m, start, end);
  if (cc.wholeZone) {
    cc.migratePfn = start;
    cc.freePfn = last;
    return;
  }
  cc.migratePfn = mobilityField(m, cc.zone, cc.mode === MODE.async ? M.migrateAsync : M.migrateSync);
  cc.freePfn = mobilityField(m, cc.zone, M.freePfn);
  if (cc.freePfn < start || cc.freePfn >= end) cc.freePfn = last;
  if (cc.migratePfn < start || cc.migratePfn >= end) cc.migratePfn = start;
  if (cc.migratePfn <= mobilityField(m, cc.zone, M.initMigrate)) cc.wholeZone = true;
}

function run(m: Machine, cc: CompactControl): Result {
  const { start } = m.config.zones[cc.zone]!;
  const size = 1 << m.config.pageblockOrder;
  const block = (pfn: Pfn) => pfn - (pfn % size);
  const cached = (field: number) => mobilityField(m, cc.zone, field);
  // until a pageblock with something to move is found, what asynchronous runs skip need not be looked at by the others
  let inStep = cc.mode === MODE.async && cached(M.migrateAsync) === cached(M.migrateSync);
  for (;;) {
    const finished = isFinished(m, cc);
    if (finished !== RESULT.continue) return finished;
    // a second batch from one pageblock takes all of the rest, so that it gets its hint
    cc.finishBlock = cc.lastMigrated !== NONE && block(cc.lastMigrated) === block(cc.migratePfn);
    if (isolateSources(m, cc)) {
      inStep = false;
      cc.lastMigrated = Math.max(start, block(cc.migratePfn - 1));
      const outcome = migrate(m, cc);
      if (outcome === 'no target' && !scannersMet(m, cc)) return RESULT.contended;
      if (outcome === 'failed') finishBlock(m, cc);
    } else if (inStep) setMobilityField(m, cc.zone, M.migrateSync, cached(M.migrateAsync));
    if (drainBehind(m, cc) && isCaptured(m, cc)) return RESULT.success;
  }
}

/**
 * A page that could not be moved keeps its pageblock from becoming free: the rest of the block is scanned at once, so
 * that it gets its hint.
 */
function finishBlock(m: Machine, cc: CompactControl): void {
  const size = 1 << m.config.pageblockOrder;
  if (cc.ignoreHints || cc.finishBlock || cc.mode === MODE.sync || cc.migratePfn % size === 0) return;
  cc.finishBlock = true;
  // freeing what its CPU holds would not make the block whole
  if (cc.order === m.config.pageblockOrder) cc.lastMigrated = NONE;
  if (isolateSources(m, cc)) migrate(m, cc);
}

/** compact_finished. */
function isFinished(m: Machine, cc: CompactControl): Result {
  if (scannersMet(m, cc)) {
    resetScanners(m, cc.zone);
    if (cc.direct) setMobilityField(m, cc.zone, M.skipFlush, 1);
    return cc.wholeZone ? RESULT.complete : RESULT.partialSkipped;
  }
  if (cc.proactive) return zoneScore(m, cc.zone) > scoreMarks(m).low ? RESULT.continue : RESULT.success;
  if (cc.order < 0 || cc.migratePfn % (1 << m.config.pageblockOrder) !== 0) return RESULT.continue;
  for (let k: Order = cc.order; k <= m.config.maxOrder; k++) {
    if (m.freeHead[listIndex(m, cc.zone, cc.type, k)] !== NONE) return RESULT.success;
    if (fallbackType(m, cc.zone, k, cc.type) >= 0 && canSteal(m, k, cc.type)) return RESULT.success;
  }
  return RESULT.continue;
}

/** Per-CPU pages go back when the sources have left an order-aligned window, so that they can merge. */
function drainBehind(m: Machine, cc: CompactControl): boolean {
  if (cc.lastMigrated === NONE || cc.order <= 0) return false;
  const window = 1 << cc.order;
  if (cc.lastMigrated >= cc.migratePfn - (cc.migratePfn % window)) return false;
  drainCpuZone(m, cc.zone, m.cpu);
  cc.lastMigrated = NONE;
  return true;
}

/** compaction_capture: a request's run ends as soon as its block is there. */
function isCaptured(m: Machine, cc: CompactControl): boolean {
  if (!cc.direct) return false;
  for (let k: Order = Math.max(0, cc.order); k <= m.config.maxOrder; k++)
    if (m.freeHead[listIndex(m, cc.zone, cc.type, k)] !== NONE) return true;
  return false;
}

/** migrate_pages over what was isolated. */
function migrate(m: Machine, cc: CompactControl): 'moved' | 'failed' | 'no target' {
  let moved = 0;
  let at = 0;
  let missing = false;
  for (; at < cc.sources.length && !missing; at++) {
    const from = cc.sources[at]!;
    if (cc.mode === MODE.sync && m.flags[from]! & FLAG.writeback) waitForWriteback(m, from);
    if (folioPinned(m, from)) {
      putBack(m, from);
      continue;
    }
    const outcome = moveSource(m, cc, from);
    if (outcome === 'moved') moved++;
    else missing = true;
    if (outcome === 'no target') break;
  }
  for (let rest = at; rest < cc.sources.length; rest++) putBack(m, cc.sources[rest]!);
  const failed = cc.sources.length - moved;
  bump(m, C.compactMigrated, moved);
  bump(m, C.compactMigrateFailed, failed);
  emit(m, EV.compactMigrate, 0, NONE, moved, failed);
  cc.sources.length = 0;
  if (missing) return 'no target';
  return failed > 0 ? 'failed' : 'moved';
}

/**
 * One source moves: a folio as one where a target is large enough, else it is split and moves page by page; where the
 * targets end before its pages do, the rest stay on their list.
 */
function moveSource(m: Machine, cc: CompactControl, from: Pfn): 'moved' | 'partly' | 'no target' {
  const order = folioOrder(m, from);
  const to = takeTarget(m, cc, order);
  if (to !== NONE) {
    moveTo(m, from, to, order);
    return 'moved';
  }
  if (order === 0) return 'no target';
  splitFolio(m, from);
  for (let pfn = from; pfn < from + (1 << order); pfn++) {
    const single = takeTarget(m, cc, 0);
    if (single === NONE) return pfn === from ? 'no target' : 'partly';
    moveTo(m, pfn, single, 0);
  }
  return 'moved';
}

/** putback_movable_pages: a page that stays goes to the head of its list. */
function putBack(m: Machine, pfn: Pfn): void {
  const active = (m.flags[pfn]! & FLAG.active) !== 0;
  lruDel(m, pfn);
  lruAdd(m, pfn, active);
}

/** One page or folio moves; its old frames are freed the normal way, its new ones go to the head of the same LRU list. */
function moveTo(m: Machine, from: Pfn, to: Pfn, order: Order): void {
  const kind = m.kind[from]!;
  for (let i = 0; i < 1 << order; i++) {
    const entries = movePage(m, from + i, to + i);
    emit(m, EV.movePage, 0, from + i, to + i, entries);
  }
  if (order > 0) m.order[to] = ALLOCATED | order;
  putBack(m, to);
  wipePages(m, from, order, PAGE.free);
  emit(m, EV.pageFree, order, from, kind);
  give612(m, from, order);
}

/** compaction_alloc: the first part of the smallest target of that size, looking for more when there is none. */
function takeTarget(m: Machine, cc: CompactControl, size: Order): Pfn {
  const smallestOf = () => cc.targets.findIndex((list, k) => k >= size && list.length > 0);
  let order = smallestOf();
  if (order < 0) {
    isolateTargets(m, cc);
    order = smallestOf();
  }
  if (order < 0) return NONE;
  const pfn = cc.targets[order]!.shift()!;
  for (; order > size; order--) cc.targets[order - 1]!.unshift(pfn + (1 << (order - 1)));
  cc.targetPages -= 1 << size;
  return pfn;
}

/** release_free_list: targets that were not needed are freed, and the free scanner begins at the highest of them again. */
function releaseTargets(m: Machine, cc: CompactControl): void {
  let highest = -1;
  cc.targets.forEach((list, order) => {
    for (const pfn of list) {
      give612(m, pfn, order);
      highest = Math.max(highest, pfn + (1 << order) - 1);
    }
    list.length = 0;
  });
  cc.targetPages = 0;
  if (highest < 0) return;
  const first = highest - (highest % (1 << m.config.pageblockOrder));
  const pfn = Math.max(m.config.zones[cc.zone]!.start, first);
  if (pfn > mobilityField(m, cc.zone, M.freePfn)) setMobilityField(m, cc.zone, M.freePfn, pfn);
}

/** fragmentation_score_zone: share of free memory outside whole pageblocks, in hundredths. */
export function zoneScore(m: Machine, zone: ZoneIndex): number {
  const free = zoneField(m, zone, Z.freePages);
  if (free === 0) return 0;
  const k = m.config.pageblockOrder;
  const whole = freeByOrder(m, zone).reduce(
    (sum, n, order) => (order >= k ? sum + n * (1 << order) : sum),
    0,
  );
  return Math.trunc(((free - whole) * 100) / free);
}

/** fragmentation_score_node: the zones' scores by their share of memory. */
export function nodeScore(m: Machine): number {
  const present = m.config.zones.map((_, z) => zoneField(m, z, Z.present));
  const total = present.reduce((sum, n) => sum + n, 0);
  return present.reduce((sum, n, z) => sum + Math.trunc((zoneScore(m, z) * n) / (total + 1)), 0);
}
