/**
 * The binary buddy allocator, Linux 2.6.9 mm/page_alloc.c: __free_pages_bulk, __rmqueue, expand.
 *
 * Blocks of 2^order pages, aligned; the buddy of a block is `pfn ^ (1 << order)`. Lists are LIFO: freed blocks and
 * the upper halves of a split go to the head, allocation takes the head and hands out the lowest part. A merge
 * never crosses a zone's bounds (toy zones need not start on a 2^maxOrder boundary as the kernel's do).
 * Touches `order`, `next`, `prev` of block heads and the zone's lists; what a page holds is painted by the caller.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../base/units.ts';
import { C } from './counters.ts';
import { ALLOCATED, FREE_HEAD_MASK, NO_HEAD } from './frames.ts';
import { listTypes } from './list-types.ts';
import { type Machine, Z, ZONE_FIELDS } from './machine.ts';
import { EV, emit } from './trace-event.ts';

// A module's own constants are folded into machine code, imported ones are loaded at every use (V8): this halves the
// time of this file where modules are not bundled, as on the command line.
const END = NONE;
const NOT_A_HEAD = NO_HEAD;
const HEAD_MASK = FREE_HEAD_MASK;
const STEPS = C.buddySteps;
const FREE_PAGES = Z.freePages;
const ZONE_ROW = ZONE_FIELDS;
const UNRECLAIMABLE = Z.allUnreclaimable;
const SCANNED = Z.pagesScanned;

/** Adds a free block to the head of its list. */
function listAdd(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): void {
  const list = zone * (m.config.maxOrder + 1) + order;
  const head = m.freeHead[list]!;
  m.order[pfn] = order;
  m.next[pfn] = head;
  m.prev[pfn] = END;
  if (head === END) m.freeTail[list] = pfn;
  else m.prev[head] = pfn;
  m.freeHead[list] = pfn;
  m.freeCount[list] = m.freeCount[list]! + 1;
}

/** Takes a free block out of its list; its head mark is cleared. */
function listDel(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): void {
  const list = zone * (m.config.maxOrder + 1) + order;
  const next = m.next[pfn]!;
  const prev = m.prev[pfn]!;
  if (prev === END) m.freeHead[list] = next;
  else m.next[prev] = next;
  if (next === END) m.freeTail[list] = prev;
  else m.prev[next] = prev;
  m.order[pfn] = NOT_A_HEAD;
  m.freeCount[list] = m.freeCount[list]! - 1;
}

/**
 * Gives a block back and merges it upward while its buddy is free at the same order. A zone that gets pages back
 * is no longer given up by reclaim (free_pages_bulk clears all_unreclaimable and pages_scanned).
 *
 * @param pfn head of the block, aligned to 2^order, in `zone`
 * @returns the order of the block it became part of
 */
export function buddyFree(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): Order {
  const { start, end } = m.config.zones[zone]!;
  const maxOrder = m.config.maxOrder;
  const zoneFree = zone * ZONE_ROW + FREE_PAGES;
  m.zone[zoneFree] = m.zone[zoneFree]! + (1 << order);
  m.zone[zone * ZONE_ROW + UNRECLAIMABLE] = 0;
  m.zone[zone * ZONE_ROW + SCANNED] = 0;
  let steps = 1;
  let head = pfn;
  let k = order;
  while (k < maxOrder) {
    const buddy = head ^ (1 << k);
    if (buddy < start || buddy + (1 << k) > end || (m.order[buddy]! & HEAD_MASK) !== k) break;
    listDel(m, zone, buddy, k);
    if (buddy < head) head = buddy;
    k++;
    steps++;
    if (m.log.level !== 0) showMerge(m, zone, head, k, buddy);
  }
  listAdd(m, zone, head, k);
  m.counters[STEPS] = m.counters[STEPS]! + steps;
  if (m.log.level !== 0) emit(m, EV.listAdd, k, head, zone);
  return k;
}

/**
 * Emits a merge. The merged block is on no list yet: it is put there while somebody may look, and then everything is
 * as it was, since the same operation without listeners must leave the same state.
 */
function showMerge(m: Machine, zone: ZoneIndex, head: Pfn, order: Order, buddy: Pfn): void {
  const was = { order: m.order[head]!, next: m.next[head]!, prev: m.prev[head]! };
  listAdd(m, zone, head, order);
  emit(m, EV.merge, order, head, buddy);
  listDel(m, zone, head, order);
  m.order[head] = was.order;
  m.next[head] = was.next;
  m.prev[head] = was.prev;
}

/**
 * Takes a block of exactly 2^order pages, splitting a larger one where needed.
 *
 * @returns PFN of its head, or NONE when the zone has no block of that order or above
 */
export function buddyAlloc(m: Machine, zone: ZoneIndex, order: Order): Pfn {
  const maxOrder = m.config.maxOrder;
  const base = zone * (maxOrder + 1);
  for (let k = order; k <= maxOrder; k++) {
    const pfn = m.freeHead[base + k]!;
    if (pfn === END) continue;
    listDel(m, zone, pfn, k);
    const zoneFree = zone * ZONE_ROW + FREE_PAGES;
    m.zone[zoneFree] = m.zone[zoneFree]! - (1 << order);
    m.counters[STEPS] = m.counters[STEPS]! + 1 + k - order;
    while (k > order) {
      k--;
      listAdd(m, zone, pfn + (1 << k), k);
      if (m.log.level !== 0) emit(m, EV.split, k, pfn + (1 << k), pfn);
    }
    return pfn;
  }
  return END;
}

/**
 * Takes one particular free block out of its list, as compaction and aligned-group reclaim do.
 * @param pfn must be the head of a free block of exactly `order`
 */
export function buddyTake(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): void {
  listDel(m, zone, pfn, order);
  const zoneFree = zone * ZONE_ROW + FREE_PAGES;
  m.zone[zoneFree] = m.zone[zoneFree]! - (1 << order);
}

/**
 * Takes one particular free block and splits it until its lowest part is of `order`, which is handed out.
 * @param pfn must be the head of a free block of exactly `have`, at least `order`
 */
export function buddyCarve(m: Machine, zone: ZoneIndex, pfn: Pfn, have: Order, order: Order): void {
  buddyTake(m, zone, pfn, have);
  const zoneFree = zone * ZONE_ROW + FREE_PAGES;
  for (let k = have; k > order; k--) {
    const half = pfn + (1 << (k - 1));
    listAdd(m, zone, half, k - 1);
    m.zone[zoneFree] = m.zone[zoneFree]! + (1 << (k - 1));
    if (m.log.level !== 0) emit(m, EV.split, k - 1, half, pfn);
  }
  m.counters[STEPS] = m.counters[STEPS]! + 1 + have - order;
}

/** Order of the free block whose head is `pfn`, or −1 when `pfn` is no such head. */
export function freeBlockOrder(m: Machine, pfn: Pfn): number {
  const mark = m.order[pfn]!;
  return (mark & ALLOCATED) === 0 && (mark & NOT_A_HEAD) !== NOT_A_HEAD ? mark & NOT_A_HEAD : -1;
}

/** Largest order with a free block in a zone, −1 when it has none. */
export function largestFreeOrder(m: Machine, zone: ZoneIndex): number {
  return freeByOrder(m, zone).findLastIndex((count) => count > 0);
}

/** Free blocks of each order in a zone, of all migratetypes, as a row of /proc/buddyinfo. */
export function freeByOrder(m: Machine, zone: ZoneIndex): number[] {
  const types = listTypes(m.config);
  const orders = m.config.maxOrder + 1;
  const base = zone * types * orders;
  const sums = Array.from(m.freeCount.subarray(base, base + orders));
  for (let i = orders; i < types * orders; i++) sums[i % orders]! += m.freeCount[base + i]!;
  return sums;
}

/** Heads of a zone's free blocks of one order, in list order and by migratetype, at most `limit` of them. */
export function freeListPfns(m: Machine, zone: ZoneIndex, order: Order, limit: number): Pfn[] {
  const pfns: Pfn[] = [];
  const types = listTypes(m.config);
  for (let type = 0; type < types; type++) {
    let pfn = m.freeHead[(zone * types + type) * (m.config.maxOrder + 1) + order]!;
    while (pfn !== END && pfns.length < limit) {
      pfns.push(pfn);
      pfn = m.next[pfn]!;
    }
  }
  return pfns;
}
