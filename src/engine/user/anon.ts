/** Letting anonymous pages and swap entries go: zap_pte_range, free_page_and_swap_cache (Linux 2.6.9 mm/memory.c). */
import { NONE, type Pfn } from '../../base/units.ts';
import { FLAG, PAGE } from '../frames.ts';
import type { Machine } from '../machine.ts';
import { releasePages } from '../release.ts';
import { waitForWriteback } from './io.ts';
import { lruDel } from './lru.ts';
import { isPresent, PTE_VALUE } from './pte.ts';
import { dropMapping, swapSlotOf } from './rmap.ts';
import { removeFromSwapCache, swapFree } from './swap.ts';

/** Frees an anonymous page nobody maps any more, with its place in the swap cache. */
export function freeAnonPage(m: Machine, pfn: Pfn): void {
  const slot = swapSlotOf(m, pfn);
  if (m.flags[pfn]! & FLAG.writeback) waitForWriteback(m, pfn);
  lruDel(m, pfn);
  if (slot !== NONE) removeFromSwapCache(m, pfn, slot);
  releasePages(m, pfn, 0);
}

/** Clears one page table entry and frees what only it held. File pages stay in the page cache. */
export function zapPte(m: Machine, at: number, vma: number): void {
  const pte = m.pte[at]!;
  if (pte === 0) return;
  if (isPresent(pte)) {
    const pfn = pte & PTE_VALUE;
    const slot = m.mapcount[pfn] === 1 && m.kind[pfn] === PAGE.anon ? swapSlotOf(m, pfn) : NONE;
    m.pte[at] = 0;
    dropMapping(m, pfn, vma);
    if (m.kind[pfn] !== PAGE.anon || m.mapcount[pfn] !== 0) return;
    // entries of other processes may still name its swap slot: then the page stays for them in the swap cache
    if (slot !== NONE && m.swapCount[slot]! > 1) return;
    freeAnonPage(m, pfn);
    return;
  }
  const slot = pte & PTE_VALUE;
  m.pte[at] = 0;
  swapFree(m, slot);
  const cached = m.swapPage[slot]!;
  if (cached !== 0 && m.swapCount[slot] === 1 && m.mapcount[cached - 1] === 0) freeAnonPage(m, cached - 1);
}
