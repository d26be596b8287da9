/**
 * Compaction's two scanners, Linux 6.12 mm/compaction.c: isolate_migratepages with isolate_migratepages_block upward,
 * isolate_freepages with isolate_freepages_block downward. Searches of the free lists jump ahead of them: compact-fast.ts.
 */
import type { Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { ALLOCATED, FLAG, NO_HEAD, PAGE } from '../frames.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { folioOrder } from '../user/folio.ts';
import { bumpZone, zoneField } from '../zone.ts';
import {
  CLUSTER,
  type CompactControl,
  countScanned,
  counts,
  MODE,
  mayScan,
  setSkip,
} from './compact-control.ts';
import { fastFindSource, fastIsolateTargets } from './compact-fast.ts';
import { watermarkOk612 } from './marks-6.12.ts';
import { delFree, freeOrderOf, moveFreePages } from './typed-buddy.ts';
import { blockType, migrateTypes, SET_ASIDE, setBlockType, setBlockTypes } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** isolate_migratepages: pages to move from the next pageblock that is worth it; false when it has none. */
export function isolateSources(m: Machine, cc: CompactControl): boolean {
  const { start, end } = m.config.zones[cc.zone]!;
  const size = 1 << m.config.pageblockOrder;
  let pfn = fastFindSource(m, cc);
  let found = pfn !== cc.migratePfn && cc.fastSearchFail === 0;
  for (;;) {
    const first = pfn - (pfn % size);
    const blockEnd = Math.min(end, first + size);
    if (blockEnd > cc.freePfn || pfn >= end) break;
    const skipped = pfn === Math.max(start, first) && !found && !mayScan(m, cc, pfn);
    if (!skipped && isSource(m, cc, pfn)) {
      scanBlock(m, cc, pfn, blockEnd);
      return cc.sources.length > 0;
    }
    if (!skipped) setCachedMigrate(m, cc, blockEnd);
    found = false;
    pfn = blockEnd;
    cc.migratePfn = blockEnd;
  }
  cc.migratePfn = Math.max(cc.migratePfn, cc.freePfn);
  return false;
}

/** suitable_migration_source: an asynchronous run for a request keeps to pageblocks of its own type. */
function isSource(m: Machine, cc: CompactControl, pfn: Pfn): boolean {
  return cc.mode !== MODE.async || !cc.direct || blockType(m, pfn) === cc.type;
}

/** update_cached_migrate: later runs begin behind the pageblock after this one, as pageblock_end_pfn of its end says. */
function setCachedMigrate(m: Machine, cc: CompactControl, blockEnd: Pfn): void {
  const { end } = m.config.zones[cc.zone]!;
  const size = 1 << m.config.pageblockOrder;
  const pfn = Math.min(end, blockEnd - (blockEnd % size) + size);
  if (pfn > mobilityField(m, cc.zone, M.migrateAsync)) setMobilityField(m, cc.zone, M.migrateAsync, pfn);
  if (cc.mode !== MODE.async && pfn > mobilityField(m, cc.zone, M.migrateSync))
    setMobilityField(m, cc.zone, M.migrateSync, pfn);
}

/** isolate_migratepages_block: until a cluster is isolated or the pageblock ends. */
function scanBlock(m: Machine, cc: CompactControl, from: Pfn, end: Pfn): void {
  const window = cc.mode === MODE.async && cc.direct && cc.order > 0 ? 1 << cc.order : 0;
  let windowEnd = window > 0 ? from - (from % window) + window : 0;
  const { start } = m.config.zones[cc.zone]!;
  // a pageblock that is scanned from its start gets its hint with the first page taken: nobody need come back soon
  let hints = !cc.ignoreHints && (from === start || from % (1 << m.config.pageblockOrder) === 0);
  const take = (head: Pfn): void => {
    if (hints) setSkip(m, from);
    hints = false;
    cc.sources.push(head);
  };
  let scanned = 0;
  let pfn = from;
  while (pfn < end) {
    if (window > 0 && pfn >= windowEnd) {
      if (cc.sources.length > 0) break;
      windowEnd = pfn - (pfn % window) + window;
    }
    scanned++;
    const folio = folioOrder(m, pfn);
    // a folio below the wanted order moves as one; a larger one would gain nothing
    if (folio > 0 && (cc.order < 0 || folio < cc.order) && canMove(m, cc, pfn)) {
      take(pfn);
      pfn += 1 << folio;
      if (cc.sources.length >= CLUSTER && !cc.finishBlock) break;
      continue;
    }
    const skip = blockAt(m, pfn);
    if (skip === 0 && canMove(m, cc, pfn)) {
      take(pfn++);
      if (cc.sources.length >= CLUSTER && !cc.finishBlock) break;
      continue;
    }
    const free = freeOrderOf(m, pfn) >= 0;
    pfn += Math.max(1, skip);
    // one page that stays spoils its window for an asynchronous run
    if (window > 0 && !free) {
      cc.sources.length = 0;
      pfn = Math.max(pfn, windowEnd);
      windowEnd = pfn - (pfn % window) + window;
    }
  }
  pfn = Math.min(pfn, end);
  countScanned(m, cc, true, scanned);
  bump(m, C.compactIsolated, cc.sources.length);
  emit(m, EV.compactIsolateMigrate, 0, from, pfn, counts(scanned, cc.sources.length));
  cc.migratePfn = pfn;
  if (pfn !== end || (cc.sources.length > 0 && !cc.finishBlock)) return;
  if (hints) setSkip(m, from);
  setCachedMigrate(m, cc, pfn);
}

/** Pages of the free or allocated block that begins here and can be jumped over, 0 when none does. */
function blockAt(m: Machine, pfn: Pfn): number {
  const free = freeOrderOf(m, pfn);
  if (free >= 0) return 1 << free;
  const mark = m.order[pfn]!;
  return mark & ALLOCATED && (mark & NO_HEAD) !== NO_HEAD ? 1 << (mark & NO_HEAD) : 0;
}

/**
 * Whether a page is taken: on an LRU, an anonymous one without extra references, a file page only by a caller that
 * may enter the filesystem, one under writeback only by a run that waits. mlock does not matter
 * (compact_unevictable_allowed); a file page's extra references are met when it is moved.
 */
function canMove(m: Machine, cc: CompactControl, pfn: Pfn): boolean {
  const flags = m.flags[pfn]!;
  if (!(flags & FLAG.lru)) return false;
  if (m.kind[pfn] === PAGE.anon && m.pins[pfn] !== 0) return false;
  if (m.kind[pfn] === PAGE.file && !(cc.gfp & GFP.fs)) return false;
  return !(flags & FLAG.writeback) || cc.mode === MODE.sync;
}

/** isolate_freepages: the free lists are searched first; then whole free blocks, pageblock by pageblock downward, until there is a target for every source. */
export function isolateTargets(m: Machine, cc: CompactControl): void {
  fastIsolateTargets(m, cc);
  if (cc.targetPages > 0) return;
  const { start, end } = m.config.zones[cc.zone]!;
  const size = 1 << m.config.pageblockOrder;
  const low = cc.migratePfn - (cc.migratePfn % size) + (cc.migratePfn % size === 0 ? 0 : size);
  let from = cc.freePfn;
  let stride = cc.mode === MODE.async ? CLUSTER : 1;
  for (let first = from - (from % size); first >= low && first + size > start; first -= size, from = first) {
    const blockStart = Math.max(start, first);
    const blockEnd = Math.min(end, first + size);
    from = Math.max(from, blockStart);
    if (!isTarget(m, cc, blockStart) || !mayScan(m, cc, blockStart)) continue;
    const taken = takeTargets(m, cc, from, blockEnd, stride);
    from = taken.next;
    if (from >= blockEnd) skipTargets(m, cc, blockStart, first - size);
    if (cc.targetPages >= cc.sources.length) {
      if (from >= blockEnd) from = first - size;
      break;
    }
    if (from < blockEnd) break;
    stride = taken.pages > 0 ? 1 : Math.min(CLUSTER, stride << 1);
  }
  cc.freePfn = Math.max(start, from);
}

/** update_pageblock_skip, of a pageblock that the free scanner has seen to its end. */
function skipTargets(m: Machine, cc: CompactControl, pfn: Pfn, next: Pfn): void {
  setSkip(m, pfn);
  const { start } = m.config.zones[cc.zone]!;
  if (next < mobilityField(m, cc.zone, M.freePfn))
    setMobilityField(m, cc.zone, M.freePfn, Math.max(start, next));
}

/** suitable_migration_target: no block of the wanted size begins there, and it is MOVABLE or the run is a full one. */
export function isTarget(m: Machine, cc: CompactControl, pfn: Pfn): boolean {
  const wanted = cc.order > 0 ? cc.order : m.config.pageblockOrder;
  if (freeOrderOf(m, pfn) >= wanted) return false;
  return cc.mode === MODE.sync || blockType(m, pfn) === migrateTypes(m.config).movable;
}

/** isolate_freepages_block. */
export function takeTargets(
  m: Machine,
  cc: CompactControl,
  from: Pfn,
  end: Pfn,
  stride: number,
): { next: Pfn; pages: number } {
  let scanned = 0;
  let pages = 0;
  let pfn = from;
  while (pfn < end) {
    scanned++;
    const order = freeOrderOf(m, pfn);
    if (order < 0) {
      pfn += Math.max(stride, blockAt(m, pfn));
      continue;
    }
    if (!isolateFree(m, cc, pfn, order)) break;
    pages += 1 << order;
    scanned += (1 << order) - 1;
    pfn += 1 << order;
    if (cc.targetPages >= cc.sources.length) break;
  }
  pfn = Math.min(pfn, end);
  countScanned(m, cc, false, scanned);
  emit(m, EV.compactIsolateFree, 0, from, pfn, counts(scanned, pages));
  return { next: pfn, pages };
}

/**
 * __isolate_free_page: a block leaves its list for the run, while the zone stays above its min mark. A large one
 * makes its pageblock MOVABLE.
 */
export function isolateFree(m: Machine, cc: CompactControl, pfn: Pfn, order: number): boolean {
  if (!watermarkOk612(m, cc.zone, 0, zoneField(m, cc.zone, Z.min) + (1 << order), 0)) return false;
  delFree(m, cc.zone, pfn, order);
  bumpZone(m, cc.zone, Z.freePages, -(1 << order));
  cc.targets[order]!.push(pfn);
  cc.targetPages += 1 << order;
  const { pageblockOrder } = m.config;
  const { movable } = migrateTypes(m.config);
  if (blockType(m, pfn) === SET_ASIDE) return true;
  if (order >= pageblockOrder) setBlockTypes(m, pfn, order, movable);
  else if (order === pageblockOrder - 1 && blockType(m, pfn) !== movable) claimBlock(m, cc, pfn, movable);
  return true;
}

function claimBlock(m: Machine, cc: CompactControl, pfn: Pfn, type: number): void {
  const { start, end } = m.config.zones[cc.zone]!;
  const size = 1 << m.config.pageblockOrder;
  const first = pfn - (pfn % size);
  if (first < start || first + size > end) return;
  moveFreePages(m, cc.zone, first, first + size, type);
  setBlockType(m, first, type);
}
