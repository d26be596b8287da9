/**
 * Looking for a window to empty: an aligned run of 2^order pages none of which is an obstacle. The scan goes through
 * all of a zone's struct pages, as a scheme must that knows nothing of where movable pages lie; it reads kinds and
 * map counts and so cannot see a pin, which it meets when it moves.
 */
import type { Order, Pfn, ZoneIndex } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { bump, type Machine } from '../machine.ts';
import { MEASURE, measure } from '../measures.ts';
import { EV, emit } from '../trace-event.ts';
import { isMovable } from './movable.ts';

/** A window that the scan found nothing against. */
export interface Window {
  readonly zone: ZoneIndex;
  readonly pfn: Pfn;
  /** Pages that would have to move; the others are free. */
  readonly pages: number;
  /** Modelled price of moving them, ns. */
  readonly price: number;
}

/** Windows passed over that one scan tells of one by one; the rest are counted only. */
const TOLD = 64;

/** What one scan of a zone saw. */
export interface Scan {
  /** Cheapest first; equals in PFN order. Wholly free windows are left out. */
  readonly windows: Window[];
  readonly looked: number;
}

/** Looks at every window of a zone, each as far as its first obstacle. */
export function scanZone(m: Machine, zone: ZoneIndex, order: Order): Scan {
  const size = 1 << order;
  const { start, end } = m.config.zones[zone]!;
  const windows: Window[] = [];
  const seen: Seen = { pages: 0, obstacles: 0 };
  let looked = 0;
  for (let pfn = Math.ceil(start / size) * size; pfn + size <= end; pfn += size) {
    const window = lookAt(m, zone, pfn, order, looked < TOLD, seen);
    if (window !== null) windows.push(window);
    looked++;
  }
  pay(m, seen);
  return { windows: windows.sort((a, b) => a.price - b.price || a.pfn - b.pfn), looked };
}

/** What a scan has looked at and not yet paid for. */
interface Seen {
  pages: number;
  obstacles: number;
}

function pay(m: Machine, seen: Seen): void {
  bump(m, C.pagesScanned, seen.pages);
  measure(m, MEASURE.movePagesLooked, seen.pages);
  charge(m, 'scanPage', seen.pages);
  bump(m, C.obstaclesMet, seen.obstacles);
  seen.pages = 0;
  seen.obstacles = 0;
}

/** The window at `first`; null where an obstacle is in it, and where all of it is free. */
function lookAt(
  m: Machine,
  zone: ZoneIndex,
  first: Pfn,
  order: Order,
  told: boolean,
  seen: Seen,
): Window | null {
  const end = first + (1 << order);
  let pages = 0;
  let entries = 0;
  let pfn = first;
  for (; pfn < end; pfn++) {
    const kind = m.kind[pfn]!;
    if (kind === PAGE.free) continue;
    if (!isMovable(m, pfn)) break;
    pages++;
    entries += kind === PAGE.vmalloc ? 1 : m.mapcount[pfn]!;
  }
  const obstacle = pfn < end;
  seen.pages += pfn - first + (obstacle ? 1 : 0);
  if (obstacle) seen.obstacles++;
  if (told) {
    // an event shows the bill so far; behind the last one told all is paid together
    pay(m, seen);
    if (obstacle || pages > 0) emit(m, EV.scanWindow, order, first, pages, obstacle ? pfn + 1 : 0);
  }
  if (obstacle || pages === 0) return null;
  const { copyPage, updatePte, tlbFlush } = m.config.cost;
  return { zone, pfn: first, pages, price: pages * copyPage + entries * (updatePte + tlbFlush) };
}
