/** Making one block of an order by moving pages: a scan of each zone, then its windows, cheapest first. */
import { NONE, type Order, type ZoneIndex } from '../../base/units.ts';
import type { Machine } from '../machine.ts';
import { drainAllPcp } from '../per-cpu.ts';
import { EV, emit } from '../trace-event.ts';
import { emptyWindow } from './empty.ts';
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
  for (const zone of zones) {
    const scan = scanZone(m, zone, order);
    looked += scan.looked;
    for (const window of scan.windows) {
      emit(m, EV.chooseWindow, order, window.pfn, window.pages, scan.windows.length);
      if (emptyWindow(m, window, order)) return true;
    }
  }
  emit(m, EV.noWindow, order, NONE, looked);
  return false;
}
