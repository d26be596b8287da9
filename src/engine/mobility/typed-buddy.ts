/**
 * The buddy allocator with free lists by migratetype, Linux mm/page_alloc.c: __free_pages_bulk, expand,
 * __rmqueue_smallest (2.6.24), __free_one_page (6.12).
 *
 * A block goes to the list of its pageblock's type at that moment; merging ignores types. In 6.12 a block that merges
 * at pageblock_order or above gives the swallowed pageblocks its own type, so that no list disagrees with the blocks
 * on it. A free block's head keeps its list's type in bits 4 to 6 of `order`.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { FREE_HEAD_MASK, NO_HEAD } from '../frames.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { bumpZone, setZoneField } from '../zone.ts';
import { blockType, listIndex, SET_ASIDE, setBlockTypes } from './types.ts';

/** Type of the list that the free block `pfn` stands on. */
export function listTypeOf(m: Machine, pfn: Pfn): number {
  return (m.order[pfn]! >> 4) & 0x07;
}

/** Order of the free block whose head is `pfn`, -1 when there is none. */
export function freeOrderOf(m: Machine, pfn: Pfn): number {
  const mark = m.order[pfn]! & FREE_HEAD_MASK;
  return mark < NO_HEAD ? mark : -1;
}

/** Adds a free block to its list. */
export function addFree(
  m: Machine,
  zone: ZoneIndex,
  pfn: Pfn,
  order: Order,
  type: number,
  atTail: boolean,
): void {
  const list = listIndex(m, zone, type, order);
  m.order[pfn] = (type << 4) | order;
  const other = atTail ? m.freeTail[list]! : m.freeHead[list]!;
  m.next[pfn] = atTail ? NONE : other;
  m.prev[pfn] = atTail ? other : NONE;
  if (other === NONE) {
    m.freeHead[list] = pfn;
    m.freeTail[list] = pfn;
  } else if (atTail) {
    m.next[other] = pfn;
    m.freeTail[list] = pfn;
  } else {
    m.prev[other] = pfn;
    m.freeHead[list] = pfn;
  }
  m.freeCount[list] = m.freeCount[list]! + 1;
}

/** Takes a free block out of its list; its head mark is cleared. */
export function delFree(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): void {
  const list = listIndex(m, zone, listTypeOf(m, pfn), order);
  const next = m.next[pfn]!;
  const prev = m.prev[pfn]!;
  if (prev === NONE) m.freeHead[list] = next;
  else m.next[prev] = next;
  if (next === NONE) m.freeTail[list] = prev;
  else m.prev[next] = prev;
  m.order[pfn] = NO_HEAD;
  m.freeCount[list] = m.freeCount[list]! - 1;
}

/** move_freelist_head: what lies before `head` goes behind the list's tail, so that `head` becomes the first block. */
export function rotateFirst(m: Machine, list: number, head: Pfn): void {
  const before = m.prev[head]!;
  if (before === NONE) return;
  const first = m.freeHead[list]!;
  const last = m.freeTail[list]!;
  m.next[last] = first;
  m.prev[first] = last;
  m.next[before] = NONE;
  m.prev[head] = NONE;
  m.freeHead[list] = head;
  m.freeTail[list] = before;
}

/** move_freelist_tail: the list up to `pfn` goes behind its tail. */
export function rotateLast(m: Machine, list: number, pfn: Pfn): void {
  const next = m.next[pfn]!;
  if (next !== NONE) rotateFirst(m, list, next);
}

/** Whether the block `pfn` of 2^order pages lies in the zone and is free as one block. */
function isFreeBlock(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): boolean {
  const { start, end } = m.config.zones[zone]!;
  return pfn >= start && pfn + (1 << order) <= end && (m.order[pfn]! & FREE_HEAD_MASK) === order;
}

/**
 * buddy_merge_likely (6.12): the block one order up has a free buddy, so this one is kept back at its list's tail
 * in the hope that its own buddy is freed too.
 */
function mergeLikely(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): boolean {
  if (order >= m.config.maxOrder - 1) return false;
  const higher = pfn & ~(1 << order);
  return isFreeBlock(m, zone, higher ^ (1 << (order + 1)), order + 1);
}

/** From pageblock_order on, a HIGHATOMIC pageblock merges with its like alone (6.12 migratetype_is_mergeable). */
export function keepsApart(type: number, other: number): boolean {
  return type !== other && (type === SET_ASIDE || other === SET_ASIDE);
}

/**
 * Gives a block back, merging it upward.
 * @param today 6.12's rules: the tail of the list for a block that may merge soon, one type for what merges
 * @returns the order it reached
 */
export function typedFree(
  m: Machine,
  zone: ZoneIndex,
  pfn: Pfn,
  order: Order,
  today: boolean,
  toTail = false,
): Order {
  bumpZone(m, zone, Z.freePages, 1 << order);
  setZoneField(m, zone, Z.allUnreclaimable, 0);
  setZoneField(m, zone, Z.pagesScanned, 0);
  const type = blockType(m, pfn);
  let head = pfn;
  let k = order;
  while (k < m.config.maxOrder && isFreeBlock(m, zone, head ^ (1 << k), k)) {
    const buddy = head ^ (1 << k);
    if (today && k >= m.config.pageblockOrder && keepsApart(type, blockType(m, buddy))) break;
    delFree(m, zone, buddy, k);
    if (today && k >= m.config.pageblockOrder) setBlockTypes(m, buddy, k, type);
    head = Math.min(head, buddy);
    k++;
    if (m.log.level !== 0) showMerge(m, zone, head, k, type, buddy);
  }
  addFree(m, zone, head, k, type, today && (toTail || mergeLikely(m, zone, head, k)));
  bump(m, C.buddySteps, 1 + k - order);
  emit(m, EV.listAdd, k, head, zone, type);
  return k;
}

/** Emits a merge while the merged block stands on a list; afterwards everything is as it was. */
function showMerge(m: Machine, zone: ZoneIndex, head: Pfn, order: Order, type: number, buddy: Pfn): void {
  const was = { order: m.order[head]!, next: m.next[head]!, prev: m.prev[head]! };
  addFree(m, zone, head, order, type, false);
  emit(m, EV.merge, order, head, buddy);
  delFree(m, zone, head, order);
  m.order[head] = was.order;
  m.next[head] = was.next;
  m.prev[head] = was.prev;
}

/**
 * Cuts a block that is on no list down to 2^low pages; upper halves go to the heads of `type`'s lists (expand).
 * The zone's free pages are the caller's to book.
 */
export function expand(m: Machine, zone: ZoneIndex, pfn: Pfn, low: Order, high: Order, type: number): void {
  for (let k = high - 1; k >= low; k--) {
    const half = pfn + (1 << k);
    addFree(m, zone, half, k, type, false);
    emit(m, EV.split, k, half, pfn);
  }
  bump(m, C.buddySteps, 1 + high - low);
}

/** Takes a whole free block off its list and cuts it; the zone has 2^order free pages fewer. Returns its lowest part. */
export function takeBlock(
  m: Machine,
  zone: ZoneIndex,
  pfn: Pfn,
  from: Order,
  order: Order,
  remainder: number,
): Pfn {
  delFree(m, zone, pfn, from);
  bumpZone(m, zone, Z.freePages, -(1 << order));
  expand(m, zone, pfn, order, from, remainder);
  return pfn;
}

/**
 * Largest order a fallback takes whole. A kernel's largest block is one order above a pageblock (10 and 9), so that a
 * fallback can never take more than two pageblocks along; on small machines with small pageblocks it would take
 * all of memory at once, so there a larger block is cut to that size first.
 */
export function largestTaken(m: Machine): Order {
  return Math.min(m.config.maxOrder, m.config.pageblockOrder + 1);
}

/**
 * Cuts a free block that is larger than {@link largestTaken} in its own type's lists. The caller takes the lowest part
 * at once: it is a free block beside its free buddy.
 * @returns the order it has now
 */
export function cutToScale(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): Order {
  const most = largestTaken(m);
  if (order <= most) return order;
  const type = listTypeOf(m, pfn);
  delFree(m, zone, pfn, order);
  for (let k = order - 1; k >= most; k--) {
    addFree(m, zone, pfn + (1 << k), k, type, false);
    emit(m, EV.split, k, pfn + (1 << k), pfn);
  }
  addFree(m, zone, pfn, most, type, false);
  bump(m, C.buddySteps, order - most);
  return most;
}

/** __rmqueue_smallest: the smallest block that fits on the lists of one type; NONE when they have none. */
export function smallest(m: Machine, zone: ZoneIndex, order: Order, type: number): Pfn {
  for (let k = order; k <= m.config.maxOrder; k++) {
    const pfn = m.freeHead[listIndex(m, zone, type, k)]!;
    if (pfn !== NONE) return takeBlock(m, zone, pfn, k, order, type);
  }
  return NONE;
}

/**
 * Moves the free blocks whose heads lie in a run of pages to the heads of `type`'s lists, rising PFN; one beyond
 * {@link largestTaken} stays where it is.
 * @returns pages moved
 */
export function moveFreePages(m: Machine, zone: ZoneIndex, first: Pfn, end: Pfn, type: number): number {
  const most = largestTaken(m);
  let moved = 0;
  for (let pfn = first; pfn < end; ) {
    const order = freeOrderOf(m, pfn);
    if (order < 0) {
      pfn++;
      continue;
    }
    if (order <= most) {
      delFree(m, zone, pfn, order);
      addFree(m, zone, pfn, order, type, false);
      moved += 1 << order;
    }
    pfn += 1 << order;
  }
  return moved;
}
