/**
 * Asynchronous writes: a queue in front of one device, first in first out. A write that LRU reclaim or sync starts
 * ends `cost` after the one before it; until then its page is under writeback and cannot be freed.
 */
import type { Pfn } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { hintClean, hintEvictable } from '../hints.ts';
import { bump, grown, type Machine } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { folioOrder, folioPages } from './folio.ts';
import { lruAdd, lruDel } from './lru.ts';

/** Writes a congested device has waiting before reclaim stops adding to it (Linux 2.6.9: 7/8 of 128 requests). */
export const CONGESTION = 113;

/** Whether the device's queue is too long for more writes by reclaim. */
export function isCongested(m: Machine): boolean {
  return m.counters[C.ioCount]! >= CONGESTION;
}

/**
 * Starts writing a dirty page, or the folio it is the first page of, in one access to the device: file pages to their
 * file, anonymous ones to their swap slot.
 */
export function startWriteback(m: Machine, pfn: Pfn, forReclaim: boolean): void {
  const anon = m.kind[pfn] === PAGE.anon;
  const action = anon ? 'swapOut' : 'writePage';
  const start = Math.max(m.counters[C.clockNs]!, m.counters[C.deviceBusyUntil]!);
  const end = start + m.config.cost[action];
  m.counters[C.deviceBusyUntil] = end;
  push(m, pfn, end);
  const order = folioOrder(m, pfn);
  for (let p = pfn; p < pfn + (1 << order); p++) m.flags[p] = (m.flags[p]! & ~FLAG.dirty) | FLAG.writeback;
  if (forReclaim) m.flags[pfn] = m.flags[pfn]! | FLAG.reclaim;
  bump(m, anon ? C.pagesSwapped : C.pagesWritten, 1 << order);
  charge(m, action);
  emit(m, EV.writebackStart, order, pfn, Math.round(end / 1000), anon ? 1 : 0);
}

function push(m: Machine, pfn: Pfn, end: number): void {
  const count = m.counters[C.ioCount]!;
  if (count === m.ioPfn.length) straighten(m, count);
  const at = (m.counters[C.ioHead]! + count) % m.ioPfn.length;
  m.ioPfn[at] = pfn + 1;
  m.ioEnd[at] = end;
  m.counters[C.ioCount] = count + 1;
}

/** Doubles the ring, its entries moved to the front. */
function straighten(m: Machine, count: number): void {
  const length = m.ioPfn.length;
  const head = m.counters[C.ioHead]!;
  const pfns = Array.from({ length: count }, (_, i) => m.ioPfn[(head + i) % length]!);
  const ends = Array.from({ length: count }, (_, i) => m.ioEnd[(head + i) % length]!);
  m.ioPfn = grown(m.ioPfn, length * 2);
  m.ioEnd = grown(m.ioEnd, length * 2);
  m.ioPfn.fill(0);
  m.ioEnd.fill(0);
  m.ioPfn.set(pfns);
  m.ioEnd.set(ends);
  m.counters[C.ioHead] = 0;
}

/** Ends every write whose time has come (end_page_writeback, rotate_reclaimable_page). */
export function completeWrites(m: Machine, until: number): void {
  while (m.counters[C.ioCount]! > 0) {
    const head = m.counters[C.ioHead]!;
    if (m.ioEnd[head]! > until) return;
    const pfn = m.ioPfn[head]! - 1;
    m.ioPfn[head] = 0;
    m.ioEnd[head] = 0;
    m.counters[C.ioHead] = (head + 1) % m.ioPfn.length;
    m.counters[C.ioCount] = m.counters[C.ioCount]! - 1;
    if (pfn >= 0) endWriteback(m, pfn);
  }
}

function endWriteback(m: Machine, pfn: Pfn): void {
  const flags = m.flags[pfn]!;
  const end = pfn + folioPages(m, pfn);
  for (let p = pfn; p < end; p++) {
    m.flags[p] = m.flags[p]! & ~(FLAG.writeback | FLAG.reclaim);
    hintClean(m, p);
  }
  hintEvictable(m, pfn, m.lastTouch[pfn]!);
  const rotates = flags & FLAG.reclaim && flags & FLAG.lru && !(flags & (FLAG.active | FLAG.dirty));
  if (rotates) {
    lruDel(m, pfn);
    lruAdd(m, pfn, false, true);
  }
  emit(m, EV.writebackEnd, 0, pfn, rotates ? 1 : 0);
}

/** HZ/10, the longest blk_congestion_wait sleeps in reclaim. */
const CONGESTION_WAIT_NS = 100_000_000;

/**
 * blk_congestion_wait(WRITE, HZ/10): reclaim sleeps and the device works on. Arrivals are not shifted, so the clock
 * stands still and the writes of that time end; with any waiting at least one does.
 */
export function waitForCongestion(m: Machine): void {
  if (m.counters[C.ioCount] === 0) return;
  const first = m.ioEnd[m.counters[C.ioHead]!]!;
  completeWrites(m, Math.max(m.counters[C.clockNs]!, first) + CONGESTION_WAIT_NS);
}

/** Waits for a page's write, as truncation and slab reclaim would: everything queued up to it ends now. */
export function waitForWriteback(m: Machine, pfn: Pfn): void {
  const length = m.ioPfn.length;
  for (let i = m.counters[C.ioCount]! - 1; i >= 0; i--) {
    const at = (m.counters[C.ioHead]! + i) % length;
    if (m.ioPfn[at] !== pfn + 1) continue;
    completeWrites(m, m.ioEnd[at]!);
    return;
  }
}
