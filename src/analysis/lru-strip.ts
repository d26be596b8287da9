/** The LRU lists as one row of pages, coldest first: what slab reclaim does to their order. */
import { NONE, type Pfn } from '../base/units.ts';
import { type Machine, Z } from '../engine/machine.ts';
import { zoneField } from '../engine/zone.ts';

/** LRU pages coldest first, and which of them this step evicted. */
export interface LruStrip {
  readonly pages: readonly { readonly pfn: number; readonly evicted: boolean }[];
  readonly inversions: number;
}

/** Pages a strip shows; longer lists are thinned evenly, evicted pages stay. */
export const STRIP_PAGES = 1024;

/**
 * PFNs of all LRU pages, coldest first. The zones' lists are laid end to end in order of address, inactive lists
 * before active ones, each from its tail.
 */
export function lruOrder(m: Machine): Pfn[] {
  const order: Pfn[] = [];
  for (const tail of [Z.inactiveTail, Z.activeTail]) {
    for (let zone = 0; zone < m.config.zones.length; zone++) {
      for (let pfn = zoneField(m, zone, tail); pfn !== NONE; pfn = m.prev[pfn]!) order.push(pfn);
    }
  }
  return order;
}

/**
 * The strip of one step.
 * @param order the LRU order before the step
 * @param evicted PFNs the step evicted
 * @param inversions evicted pages that were hotter than the coldest page that stayed
 */
export function lruStrip(order: readonly Pfn[], evicted: readonly Pfn[], inversions: number): LruStrip {
  const gone = new Set(evicted);
  const stride = Math.max(1, Math.ceil(order.length / STRIP_PAGES));
  const pages: { pfn: Pfn; evicted: boolean }[] = [];
  for (let i = 0; i < order.length; i++) {
    const pfn = order[i]!;
    if (gone.has(pfn)) pages.push({ pfn, evicted: true });
    else if (i % stride === 0) pages.push({ pfn, evicted: false });
  }
  return { pages, inversions };
}
