/**
 * Emptying one window: its pages move, the easy ones first, to free frames of the same zone outside it. Their old
 * frames merge with the window's free ones, up to one block. The first page that cannot move keeps the window; what
 * moved until then was copied for nothing and stays where it is.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { buddyCarve } from '../buddy.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { bump, type Machine } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { EV, emit, REASON, type Reason } from '../trace-event.ts';
import { folioHead, folioOrder, splitFolio } from '../user/folio.ts';
import { easeOf, GRADES, moveAway, moveFolio, refusalOf } from './movable.ts';
import type { Window } from './window.ts';

/**
 * Takes a free block of 2^size pages outside a window from the smallest block that has one. Blocks as large as the window are left
 * whole: splitting one to make another would gain nothing.
 */
function takeTarget(m: Machine, { zone, pfn: first }: Window, order: Order, size: Order): Pfn {
  const end = first + (1 << order);
  for (let k = size; k < order; k++) {
    let pfn = m.freeHead[zone * (m.config.maxOrder + 1) + k]!;
    while (pfn !== NONE && pfn >= first && pfn < end) pfn = m.next[pfn]!;
    if (pfn === NONE) continue;
    buddyCarve(m, zone, pfn, k, size);
    return pfn;
  }
  return NONE;
}

/** Free pages of a zone in blocks below an order. */
export function pagesBelow(m: Machine, zone: ZoneIndex, order: Order): number {
  const base = zone * (m.config.maxOrder + 1);
  let pages = 0;
  for (let k = 0; k < order; k++) pages += m.freeCount[base + k]! << k;
  return pages;
}

/**
 * @param window of a zone with 2^order free pages at least in smaller blocks
 * @returns whether the window has become one free block
 */
export function emptyWindow(m: Machine, window: Window, order: Order): boolean {
  bump(m, C.windowsTried);
  let moved = 0;
  let entries = 0;
  for (let grade = 0; grade < GRADES; grade++) {
    for (let pfn = window.pfn; pfn < window.pfn + (1 << order); pfn++) {
      if (m.kind[pfn] === PAGE.free || easeOf(m, pfn) !== grade) continue;
      const reason = refusalOf(m, pfn);
      if (reason !== REASON.none) {
        bump(m, C.obstaclesMet);
        emit(m, EV.refuse, 0, pfn, 0, 0, reason);
        return keepWindow(m, window, order, moved, reason);
      }
      const pages = folioFits(m, pfn, window, order) ? moveWhole(m, pfn, window, order) : null;
      if (pages !== null) {
        entries += pages.entries;
        moved += pages.moved;
        continue;
      }
      splitFolio(m, folioHead(m, pfn));
      entries += moveAway(m, pfn, takeTarget(m, window, order, 0));
      moved++;
    }
  }
  bump(m, C.windowsFreed);
  measure(m, MEASURE.moveBlocks);
  emit(m, EV.windowFreed, order, window.pfn, moved, entries);
  return true;
}

/** Whether a page is the first of a folio above order 0 that lies in the window. */
function folioFits(m: Machine, pfn: Pfn, window: Window, order: Order): boolean {
  const size = folioOrder(m, pfn);
  return size > 0 && pfn + (1 << size) <= window.pfn + (1 << order);
}

/** Moves a folio as one where a block of its order is free; null where none is: it is split then, as migrate_pages does. */
function moveWhole(
  m: Machine,
  pfn: Pfn,
  window: Window,
  order: Order,
): { moved: number; entries: number } | null {
  const size = folioOrder(m, pfn);
  const to = takeTarget(m, window, order, size);
  return to === NONE ? null : { moved: 1 << size, entries: moveFolio(m, pfn, to) };
}

function keepWindow(m: Machine, { pfn }: Window, order: Order, moved: number, reason: Reason): false {
  bump(m, C.windowsKept);
  bump(m, C.movedForNothing, moved);
  emit(m, EV.windowKept, order, pfn, moved, 0, reason);
  return false;
}
