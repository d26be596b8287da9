/** Making one block of an order by moving pages: a scan of each zone, then its windows, cheapest first. */
import { NONE, type Order, type ZoneIndex } from '../../base/units.ts';
import type { Machine } from '../machine.ts';
import { drainAllPcp } from '../per-cpu.ts';
import { EV, emit, REASON } from '../trace-event.ts';
import { emptyWindow, pagesBelow } from './empty.ts';
import { scanZone } from './window.ts';

/**
 * Empties one window of 2^order pages in the first of the zones that has one. A window that keeps a page costs its
 * copies and the next best is tried, as long as the scan has any.
 *
 * @returns whether a block was made
 */
export function makeBlock(m: Machine, order: Order, zones: readonly ZoneIndex[]): boolean {
  drainAllPcp(m);
  let looked = 0;
  let hadRoom = false;
  for (const zone of zones) {
    // a window's pages need as many free frames outside it: together with its own free ones a whole block of them
    if (pagesBelow(m, zone, order) < 1 << order) continue;
    hadRoom = true;
    const scan = scanZone(m, zone, order);
    looked += scan.looked;
    for (const window of scan.windows) {
      emit(m, EV.chooseWindow, order, window.pfn, window.pages, scan.windows.length);
      if (emptyWindow(m, window, order)) return true;
    }
  }
  emit(m, EV.noWindow, order, NONE, looked, 0, hadRoom ? REASON.none : REASON.noMemory);
  return false;
}
