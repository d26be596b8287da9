/**
 * Requests above the slab order. One slab of 2^MAX_GFP_ORDER pages cannot serve them; what could is an aligned group
 * of neighbouring slab windows, each wholly free or a slab that can be emptied. The mail says nothing of it: nothing
 * in it makes slabs adjacent. The group chosen has most pages that cost no I/O; one page that stays keeps the group.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { CACHE_CLASS } from '../gfp.ts';
import { bump, K, type Machine, Z } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { EV, emit } from '../trace-event.ts';
import { setZoneField, zoneField, zoneOf } from '../zone.ts';
import { destroySlab } from './cache.ts';
import { evictSlab } from './evict.ts';
import { bumpCache, unlinkSlab } from './slab-list.ts';
import { cleanPages, inspect } from './victim.ts';

/** A run of neighbouring slab windows that together are one aligned block. */
interface Group {
  /** First page. */
  readonly pfn: Pfn;
  /** Slabs with pages in use, by number. */
  readonly slabs: readonly number[];
  /** Pages that need no writing: free, idle, clean file pages. */
  readonly free: number;
  /** Pages in use. */
  readonly inUse: number;
}

/**
 * Empties the best of up to maxDefragScan groups for a request of `order`, or the next best after a refusal.
 * @param named PFN in the one group to look at, or null for the scan
 * @returns whether a block of that order came of it
 */
export function reclaimGroup(
  m: Machine,
  order: Order,
  gfp: number,
  zones: readonly ZoneIndex[],
  named: Pfn | null,
): boolean {
  const groups = named === null ? scanGroups(m, order, zones) : namedGroup(m, order, named);
  if (groups.length === 0) {
    emit(m, EV.noCandidate, order, NONE);
    return false;
  }
  let tried = 0;
  for (const group of groups) {
    tried++;
    if (!emptyGroup(m, order, group, gfp)) continue;
    emit(m, EV.slabReclaimEnd, order, group.pfn, tried, 1);
    return true;
  }
  emit(m, EV.slabReclaimEnd, order, NONE, tried, 0);
  return false;
}

function namedGroup(m: Machine, order: Order, pfn: Pfn): Group[] {
  const group = lookAt(m, zoneOf(m.config, pfn), order, pfn >>> order);
  return group === null ? [] : [group];
}

/** Groups that could be emptied, best first (of equals the one with fewer pages in use), from each zone's cursor on. */
function scanGroups(m: Machine, order: Order, zones: readonly ZoneIndex[]): Group[] {
  const limit = m.config.policy.victim === 'best-of-all' ? m.config.pages : m.config.policy.maxDefragScan;
  const slabsIn = order - m.config.slabOrder;
  const found: Group[] = [];
  for (const zone of zones) {
    const { start, end } = m.config.zones[zone]!;
    const first = Math.ceil(start / (1 << order));
    const span = Math.floor(end / (1 << order)) - first;
    if (span <= 0) continue;
    const firstSlab = Math.ceil(start / (1 << m.config.slabOrder));
    const cursor = ((firstSlab + zoneField(m, zone, Z.scanCursor)) >>> slabsIn) - first;
    const from = cursor < 0 || cursor >= span ? 0 : cursor;
    let looked = 0;
    for (; looked < span && found.length < limit; looked++) {
      const group = lookAt(m, zone, order, first + ((from + looked) % span));
      if (group !== null) found.push(group);
    }
    const next = first + ((from + looked) % span);
    setZoneField(m, zone, Z.scanCursor, (next << slabsIn) - firstSlab);
  }
  return found.sort((a, b) => b.free - a.free || a.inUse - b.inUse);
}

/** The group of one aligned window, or null when something in it can never go, or all of it is free already. */
function lookAt(m: Machine, zone: ZoneIndex, order: Order, window: number): Group | null {
  const { start, end } = m.config.zones[zone]!;
  const pfn = window << order;
  if (pfn < start || pfn + (1 << order) > end) return null;
  const { slabOrder } = m.config;
  const firstSlab = pfn >>> slabOrder;
  const count = 1 << (order - slabOrder);
  for (let slab = firstSlab; slab < firstSlab + count; slab++) {
    charge(m, 'scanSlab');
    if (!mayGo(m, zone, slab)) return null;
  }
  const slabs: number[] = [];
  let empty = 0;
  let free = 0;
  let inUse = 0;
  for (let slab = firstSlab; slab < firstSlab + count; slab++) {
    const used = m.slabCache[slab] === 0 ? 0 : m.slabInUse[slab]!;
    if (used > 0) {
      free += inspect(m, slab, 0).clean;
      slabs.push(slab);
    } else if (m.slabCache[slab] !== 0) {
      empty++;
    }
    free += (1 << slabOrder) - used;
    inUse += used;
  }
  if (slabs.length + empty === 0) return null;
  emit(m, EV.scanGroup, order, pfn, free, inUse);
  return { pfn, slabs, free, inUse };
}

/** Whether a slab's window could become free: it is a slab of a cache that gives pages back, empty, or free memory. */
function mayGo(m: Machine, zone: ZoneIndex, slab: number): boolean {
  const cache = m.slabCache[slab]! - 1;
  if (cache >= 0) {
    const reclaimable = cache === zone * 3 + CACHE_CLASS.user || cache === zone * 3 + CACHE_CLASS.kreclaim;
    return reclaimable || m.slabInUse[slab] === 0;
  }
  const first = slab << m.config.slabOrder;
  measure(m, MEASURE.slabPagesLooked, 1 << m.config.slabOrder);
  for (let p = first; p < first + (1 << m.config.slabOrder); p++) if (m.kind[p] !== PAGE.free) return false;
  return true;
}

/** Empties every slab of a group; stops at the first that cannot be. */
function emptyGroup(m: Machine, order: Order, group: Group, gfp: number): boolean {
  const { slabOrder } = m.config;
  const first = group.pfn >>> slabOrder;
  const last = first + (1 << (order - slabOrder)) - 1;
  bump(m, C.groupsTried);
  emit(m, EV.chooseGroup, order, group.pfn, group.free, group.slabs.length);
  for (let slab = first; slab <= last; slab++) {
    if (m.slabCache[slab] === 0) continue;
    if (m.slabInUse[slab] === 0) {
      const cache = m.slabCache[slab]! - 1;
      unlinkSlab(m, cache, slab);
      bumpCache(m, cache, K.freeObjects, -(1 << slabOrder));
      destroySlab(m, cache, slab, m.config.policy.returnPages === 'single');
      continue;
    }
    emit(m, EV.chooseSlab, slabOrder, slab << slabOrder, cleanPages(m, slab), -1);
    if (evictSlab(m, slab, gfp, { first, last })) continue;
    bump(m, C.groupsRefused);
    emit(m, EV.groupRefused, order, group.pfn, slab << slabOrder);
    return false;
  }
  bump(m, C.groupsFreed);
  measure(m, MEASURE.slabBlocks);
  return true;
}
