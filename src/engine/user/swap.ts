/**
 * The swap device and its cache, Linux 2.6.9 mm/swapfile.c (get_swap_page, swap_free) and mm/swap_state.c. A slot
 * counts the page table entries that name it, plus one while a page stands for it in the swap cache.
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { FLAG } from '../frames.ts';
import { bump, type Machine } from '../machine.ts';

/** Takes a free slot for a page and puts the page in the swap cache; NONE when swap is full or there is none. */
export function addToSwap(m: Machine, pfn: Pfn): number {
  const slots = m.config.swapPages;
  if (m.counters[C.swapUsed]! >= slots) return NONE;
  let slot = m.counters[C.swapCursor]!;
  while (m.swapCount[slot] !== 0) slot = slot + 1 === slots ? 0 : slot + 1;
  m.counters[C.swapCursor] = slot + 1 === slots ? 0 : slot + 1;
  m.swapCount[slot] = 1;
  m.swapPage[slot] = pfn + 1;
  m.flags[pfn] = m.flags[pfn]! | FLAG.swapCache | FLAG.dirty;
  bump(m, C.swapUsed);
  return slot;
}

/** One page table entry more names the slot. */
export function swapDup(m: Machine, slot: number): void {
  m.swapCount[slot] = m.swapCount[slot]! + 1;
}

/** One user of a slot less; the last one frees it. */
export function swapFree(m: Machine, slot: number): void {
  const left = m.swapCount[slot]! - 1;
  m.swapCount[slot] = left;
  if (left === 0) bump(m, C.swapUsed, -1);
}

/** Takes a page out of the swap cache. */
export function removeFromSwapCache(m: Machine, pfn: Pfn, slot: number): void {
  m.swapPage[slot] = 0;
  m.flags[pfn] = m.flags[pfn]! & ~FLAG.swapCache;
  swapFree(m, slot);
}
