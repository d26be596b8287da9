/**
 * Lumpy reclaim, Linux 2.6.24 mm/vmscan.c isolate_lru_pages with an order (Andy Whitcroft, V6): the page at the list's
 * tail is taken, and with it every page of the aligned window around it that lies on a list. The tail chooses the
 * window; nobody looks whether it holds a page that can never go.
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import { lruDel } from './lru.ts';

/** PAGE_ALLOC_COSTLY_ORDER: above it active pages of a window go too, and being referenced spares none. */
export const COSTLY_ORDER = 3;

/**
 * Takes pages off a list's tail, with their neighbours, until `count` were looked at. From the active list only active
 * neighbours go along (ISOLATE_ACTIVE); from the inactive one inactive ones, above order 3 both.
 */
export function isolateLumpy(
  m: Machine,
  zone: ZoneIndex,
  count: number,
  order: Order,
  active: boolean,
): Pfn[] {
  const taken: Pfn[] = [];
  while (taken.length < count) {
    const pfn = zoneField(m, zone, active ? Z.activeTail : Z.inactiveTail);
    if (pfn === NONE) break;
    lruDel(m, pfn);
    taken.push(pfn);
    const before = taken.length;
    takeWindow(m, zone, pfn, order, active, taken);
    const neighbours = taken.length - before;
    if (!active) bump(m, C.lumpyTaken, neighbours);
    if (!active) emit(m, EV.lumpyIsolate, order, pfn, 1 + neighbours, neighbours);
  }
  return taken;
}

/** The window's other pages that are on a list the request's size may take from; a hole ends the window. */
function takeWindow(
  m: Machine,
  zone: ZoneIndex,
  pfn: Pfn,
  order: Order,
  active: boolean,
  taken: Pfn[],
): void {
  const { start, end } = m.config.zones[zone]!;
  const first = pfn - (pfn % (1 << order));
  for (let p = first; p < first + (1 << order); p++) {
    if (p === pfn || p < start || p >= end) continue;
    if (m.kind[p] === PAGE.hole) break;
    const flags = m.flags[p]!;
    if (!(flags & FLAG.lru)) continue;
    const both = !active && order > COSTLY_ORDER;
    if (!both && ((flags & FLAG.active) !== 0) !== active) continue;
    lruDel(m, p);
    taken.push(p);
  }
}
