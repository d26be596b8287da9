/** How much of memory could be had as blocks of each order, if reclaim went on until nothing was left that can go. */
import type { Machine } from '../engine/machine.ts';
import { immovableReason } from './obtainable.ts';

/**
 * Share of the aligned blocks of each order, 0 to the machine's highest, that hold no page which stays: what
 * {@link import('./obtainable.ts').obtainable} says block by block. Null where a zone has no whole block of the order.
 * Cost: one pass over the pages, and half as many steps again.
 */
export function obtainableShares(m: Machine): (number | null)[] {
  const blocked = blockedPages(m);
  const { zones, maxOrder } = m.config;
  const shares: (number | null)[] = [];
  for (let order = 0; order <= maxOrder; order++) {
    const size = 1 << order;
    if (order > 0) foldPairs(blocked, size);
    let blocks = 0;
    let free = 0;
    for (const { start, end } of zones) {
      for (let pfn = Math.ceil(start / size) * size; pfn + size <= end; pfn += size) {
        blocks++;
        free += 1 - blocked[pfn]!;
      }
    }
    shares.push(blocks === 0 ? null : free / blocks);
  }
  return shares;
}

/** 1 where a page stays; a slab goes back whole, so that one page that stays keeps all of its slab. */
function blockedPages(m: Machine): Uint8Array {
  const { pages, slabOrder } = m.config;
  const blocked = Uint8Array.from({ length: pages }, (_, pfn) => (immovableReason(m, pfn) === null ? 0 : 1));
  const size = 1 << slabOrder;
  for (let slab = 0; slab < m.slabCache.length; slab++) {
    if (m.slabCache[slab] === 0) continue;
    const pages = blocked.subarray(slab * size, (slab + 1) * size);
    if (pages.includes(1)) pages.fill(1);
  }
  return blocked;
}

/** The first page of every block of `size` pages stands for both of its halves. */
function foldPairs(blocked: Uint8Array, size: number): void {
  for (let pfn = 0; pfn + size / 2 < blocked.length; pfn += size) {
    blocked[pfn]! |= blocked[pfn + size / 2]!;
  }
}
