/**
 * Page cache in objects of order n: item 2 of Daniel Phillips' list of 25 June 2003 ("variable sized page cache
 * objects"), which Linux got as large folios (5.16, mm/filemap.c; struct folio of include/linux/mm_types.h).
 *
 * A folio of order k is one allocated block: page i of it holds page i of an aligned run of its file. It is on the LRU
 * by its first page, which alone has the marks active, referenced and reclaim; dirty and writeback are set on all its
 * pages. Mappings and pins are counted page by page and hold the folio together. A page that is no part of a larger one
 * is its own folio of order 0.
 */
import type { Order, Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { ALLOCATED, FLAG, FREE_HEAD_MASK, NO_HEAD, PAGE } from '../frames.ts';
import { hintUnseen } from '../hints.ts';
import { bump, type Machine } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { lruAdd } from './lru.ts';
import { isMlocked } from './rmap.ts';

/** First page of the folio that a page is part of (page_folio). */
export function folioHead(m: Machine, pfn: Pfn): Pfn {
  if (m.config.pageCache === undefined || m.kind[pfn] !== PAGE.file) return pfn;
  for (let k = 1; k <= m.config.pageCache.order; k++) {
    const head = pfn - (pfn % (1 << k));
    if ((m.order[head]! & FREE_HEAD_MASK) === (ALLOCATED | k)) return head;
  }
  return pfn;
}

/** Order of the folio whose first page is `head`. */
export function folioOrder(m: Machine, head: Pfn): Order {
  const mark = m.order[head]!;
  const order = mark & NO_HEAD;
  return m.kind[head] === PAGE.file && (mark & ALLOCATED) !== 0 && order !== NO_HEAD ? order : 0;
}

/** Pages of the folio whose first page is `head`. */
export function folioPages(m: Machine, head: Pfn): number {
  return 1 << folioOrder(m, head);
}

/** Mappings of all its pages. */
export function folioMaps(m: Machine, head: Pfn): number {
  let maps = 0;
  for (let pfn = head + folioPages(m, head) - 1; pfn >= head; pfn--) maps += m.mapcount[pfn]!;
  return maps;
}

/** Whether anybody holds a reference to one of its pages that is no mapping. */
export function folioPinned(m: Machine, head: Pfn): boolean {
  for (let pfn = head + folioPages(m, head) - 1; pfn >= head; pfn--) if (m.pins[pfn] !== 0) return true;
  return false;
}

/** Whether a region that maps one of its pages is mlocked. */
export function folioMlocked(m: Machine, head: Pfn): boolean {
  for (let pfn = head + folioPages(m, head) - 1; pfn >= head; pfn--) if (isMlocked(m, pfn)) return true;
  return false;
}

/** A page of the folio is written to: all of it is dirty. */
export function dirtyFolio(m: Machine, page: Pfn): void {
  const head = folioHead(m, page);
  const end = head + folioPages(m, head);
  for (let pfn = head; pfn < end; pfn++) m.flags[pfn] = m.flags[pfn]! | FLAG.dirty;
}

/** The folio is used now, for ages and inversions. */
export function touchFolio(m: Machine, page: Pfn): void {
  const head = folioHead(m, page);
  const end = head + folioPages(m, head);
  for (let pfn = head; pfn < end; pfn++) m.lastTouch[pfn] = m.counters[C.operations]!;
}

/**
 * split_folio: its pages become single ones, each on the list the folio was on. Needed where part of it goes.
 * @param head not under writeback
 */
export function splitFolio(m: Machine, head: Pfn): void {
  const order = folioOrder(m, head);
  if (order === 0) return;
  m.order[head] = NO_HEAD;
  const active = (m.flags[head]! & FLAG.active) !== 0;
  for (let pfn = head + 1; pfn < head + (1 << order); pfn++) {
    m.flags[pfn] = m.flags[pfn]! | (m.flags[head]! & FLAG.referenced);
    lruAdd(m, pfn, active);
    hintUnseen(m, pfn);
  }
  bump(m, C.foliosSplit);
  emit(m, EV.splitFolio, order, head, m.owner[head]!, m.index[head]!);
}
