/**
 * The bill of reclaim. A page counts as evicted when its frame is taken by reclaim (not by exit or truncation). An
 * eviction is an inversion when the page was touched later than the coldest page its zone could still have given up
 * when the action ended. Evictions for a request above order 0 that lie outside the block it obtained were for
 * nothing.
 */
import { leastPlace, leastValue, setPlace } from '../../base/minimum-tree.ts';
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { COLD_SHIFT } from '../hints.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { zoneField, zoneOf } from '../zone.ts';
import { folioHead, folioMlocked, folioPinned } from './folio.ts';
import { isMlocked } from './rmap.ts';

/** Books a page whose frame reclaim takes; call it before the page is wiped. */
export function noteEvicted(m: Machine, pfn: Pfn): void {
  m.evicted.heard?.(pfn);
  m.evicted.pfns.push(pfn);
  m.evicted.touches.push(m.lastTouch[pfn]!);
  bump(m, C.pagesEvicted);
}

/** Evictions noted so far in this operation; pass it to {@link settleInversions} when the action ends. */
export function evictionMark(m: Machine): number {
  return m.evicted.pfns.length;
}

/** Counts the inversions among the evictions since `from`. */
export function settleInversions(m: Machine, from: number): void {
  const { pfns, touches } = m.evicted;
  if (pfns.length === from) return;
  const coldest = m.config.zones.map(() => -1);
  for (let i = from; i < pfns.length; i++) {
    const zone = zoneOf(m.config, pfns[i]!);
    if (coldest[zone] === -1) coldest[zone] = coldestEvictable(m, zone);
    if (touches[i]! > coldest[zone]!) bump(m, C.inversions);
  }
}

/**
 * Last touch of the coldest page on the zone's LRU that could be evicted; infinity when there is none. Hints tell
 * where it may lie; a full swap device, which lets anonymous pages be evictable only now and then, has none.
 */
export function coldestEvictable(m: Machine, zone: ZoneIndex): number {
  const { swapPages } = m.config;
  if (swapPages > 0 && m.counters[C.swapUsed]! >= swapPages) return coldestOnLists(m, zone);
  const tree = m.hints.coldest[zone]!;
  let coldest = Number.POSITIVE_INFINITY;
  while (leastValue(tree) < Math.min(coldest, NONE)) {
    const run = leastPlace(tree);
    const touch = coldestOfRun(m, zone, run);
    setPlace(tree, run, Math.min(touch, NONE));
    coldest = Math.min(coldest, touch);
  }
  return coldest;
}

/** The same of one run of pages that the zone's hints speak of together. */
function coldestOfRun(m: Machine, zone: ZoneIndex, run: number): number {
  const { start, end } = m.config.zones[zone]!;
  const first = start + (run << COLD_SHIFT);
  const last = Math.min(end, first + (1 << COLD_SHIFT));
  let coldest = Number.POSITIVE_INFINITY;
  for (let pfn = first; pfn < last; pfn++) {
    if (!(m.flags[pfn]! & FLAG.lru)) continue;
    const touch = m.lastTouch[pfn]!;
    if (touch < coldest && isEvictable(m, pfn)) coldest = touch;
  }
  return coldest;
}

/** The same by looking at every page of the zone's lists. */
export function coldestOnLists(m: Machine, zone: ZoneIndex): number {
  let coldest = Number.POSITIVE_INFINITY;
  for (const head of [Z.inactiveHead, Z.activeHead]) {
    for (let pfn = zoneField(m, zone, head); pfn !== NONE; pfn = m.next[pfn]!) {
      const touch = m.lastTouch[pfn]!;
      if (touch < coldest && isEvictable(m, pfn)) coldest = touch;
    }
  }
  return coldest;
}

/** Whether nothing forbids evicting a user page: no pin, no write under way, no mlock, and swap for an anonymous one. */
export function isEvictable(m: Machine, pfn: Pfn): boolean {
  if (m.config.pageCache !== undefined && m.kind[pfn] === PAGE.file) return isFolioEvictable(m, pfn);
  if (m.pins[pfn] !== 0 || m.flags[pfn]! & FLAG.writeback) return false;
  if (
    m.kind[pfn] === PAGE.anon &&
    !(m.flags[pfn]! & FLAG.swapCache) &&
    m.counters[C.swapUsed]! >= m.config.swapPages
  )
    return false;
  return !isMlocked(m, pfn);
}

/** The same of the folio a file page is part of: it goes whole or not at all. */
function isFolioEvictable(m: Machine, page: Pfn): boolean {
  const head = folioHead(m, page);
  return !(m.flags[head]! & FLAG.writeback) && !folioPinned(m, head) && !folioMlocked(m, head);
}

/** Counts the evictions since `from` that lie outside the block a high-order request obtained (NONE: all of them). */
export function settleForNothing(m: Machine, from: number, block: Pfn, order: Order): void {
  const { pfns } = m.evicted;
  for (let i = from; i < pfns.length; i++) {
    const pfn = pfns[i]!;
    if (block === NONE || pfn < block || pfn >= block + (1 << order)) bump(m, C.evictedForNothing);
  }
}
