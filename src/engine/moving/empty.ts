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
import { easeOf, GRADES, moveAway, refusalOf } from './movable.ts';
import type { Window } from './window.ts';

/**
 * Takes a free frame outside a window from the smallest block that has one. Blocks as large as the window are left
 * whole: splitting one to make another would gain nothing.
 */
function takeTarget(m: Machine, { zone, pfn: first }: Window, order: Order): Pfn {
  const end = first + (1 << order);
  for (let k = 0; k < order; k++) {
    let pfn = m.freeHead[zone * (m.config.maxOrder + 1) + k]!;
    while (pfn !== NONE && pfn >= first && pfn < end) pfn = m.next[pfn]!;
    if (pfn === NONE) continue;
    buddyCarve(m, zone, pfn, k, 0);
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

/** @returns whether the window has become one free block */
export function emptyWindow(m: Machine, window: Window, order: Order): boolean {
  bump(m, C.windowsTried);
  const outside = pagesBelow(m, window.zone, order) - ((1 << order) - window.pages);
  if (outside < window.pages) return keepWindow(m, window, order, 0, REASON.noMemory);
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
      entries += moveAway(m, pfn, takeTarget(m, window, order));
      moved++;
    }
  }
  bump(m, C.windowsFreed);
  measure(m, MEASURE.moveBlocks);
  emit(m, EV.windowFreed, order, window.pfn, moved, entries);
  return true;
}

function keepWindow(m: Machine, { pfn }: Window, order: Order, moved: number, reason: Reason): false {
  bump(m, C.windowsKept);
  bump(m, C.movedForNothing, moved);
  emit(m, EV.windowKept, order, pfn, moved, 0, reason);
  return false;
}
