/**
 * Compaction's two scanners, Linux 6.12 mm/compaction.c: isolate_migratepages with isolate_migratepages_block upward,
 * isolate_freepages with isolate_freepages_block downward. Searches of the free lists jump ahead of them: compact-fast.ts.
 */
import type { Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { GFP } from '../gfp.ts';
import { bump, type Machine } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { folioOrder } from '../user/folio.ts';
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
import { blockAt, isTarget, takeTargets } from './compact-targets.ts';
import { freeOrderOf } from './typed-buddy.ts';
import { blockType } from './types.ts';
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
