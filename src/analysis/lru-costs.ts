/** What evicting in LRU order costs up to each page: the inactive list from its tail, then the active one. */
import { NONE } from '../base/units.ts';
import { C } from '../engine/counters.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import { type Machine, Z } from '../engine/machine.ts';
import { folioHead, folioMaps, folioMlocked, folioPages, folioPinned } from '../engine/user/folio.ts';
import { zoneField } from '../engine/zone.ts';

export interface LruCosts {
  /** By PFN: the page's place in its zone's order of eviction, counted through all zones; -1 where it cannot go. */
  readonly rank: Int32Array;
  /** Pages evicted and their price from the coldest of the rank's zone up to that rank, both included. */
  upTo(rank: number): { costNs: number; drop: number; write: number; swap: number };
}

/** Follows each zone's lists once. A page that LRU reclaim must refuse, or that finds no swap slot, has no rank. */
export function lruCosts(m: Machine): LruCosts {
  const rank = new Int32Array(m.kind.length).fill(-1);
  const costs: number[] = [];
  const drops: number[] = [];
  const writes: number[] = [];
  const swaps: number[] = [];
  const { cost, swapPages } = m.config;
  for (let zone = 0; zone < m.config.zones.length; zone++) {
    let [costNs, drop, write, swap] = [0, 0, 0, 0];
    let slots = swapPages - m.counters[C.swapUsed]!;
    for (const tail of [Z.inactiveTail, Z.activeTail]) {
      for (let pfn = zoneField(m, zone, tail); pfn !== NONE; pfn = m.prev[pfn]!) {
        if (!evictable(m, pfn)) continue;
        const flags = m.flags[pfn]!;
        const anon = m.kind[pfn] === PAGE.anon;
        if (anon && !(flags & FLAG.swapCache) && slots-- <= 0) continue;
        const pages = folioPages(m, pfn);
        costNs += pages * cost.dropPage + folioMaps(m, pfn) * (cost.unmapPte + cost.tlbFlush);
        if (anon) {
          swap++;
          costNs += cost.swapOut;
        } else if (flags & FLAG.dirty) {
          write += pages;
          costNs += cost.writePage;
        } else drop += pages;
        rank.fill(costs.length, pfn, pfn + pages);
        costs.push(costNs);
        drops.push(drop);
        writes.push(write);
        swaps.push(swap);
      }
    }
  }
  return {
    rank,
    upTo: (at) => ({ costNs: costs[at]!, drop: drops[at]!, write: writes[at]!, swap: swaps[at]! }),
  };
}

/** Whether a user page could be evicted by itself: not mlocked, not under writeback, no reference but its mappings. */
export function evictable(m: Machine, pfn: number): boolean {
  const head = folioHead(m, pfn);
  return !folioPinned(m, head) && !(m.flags[pfn]! & FLAG.writeback) && !folioMlocked(m, head);
}
