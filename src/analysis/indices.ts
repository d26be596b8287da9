/**
 * The kernel's fragmentation indices, Linux 6.12 mm/vmstat.c: fill_contig_page_info, unusable_free_index,
 * __fragmentation_index, extfrag_for_order. All in thousandths (extfrag_for_order: hundredths), integers truncated
 * as in C. Input: free blocks by order, as in a row of /proc/buddyinfo.
 */
import { idiv } from '../base/bits.ts';

interface ContigInfo {
  readonly freePages: number;
  readonly blocks: number;
  /** Blocks of 2^order pages that the free blocks of that order and above could give. */
  readonly suitable: number;
}

function contigInfo(freeByOrder: readonly number[], order: number): ContigInfo {
  let freePages = 0;
  let blocks = 0;
  let suitable = 0;
  freeByOrder.forEach((n, k) => {
    blocks += n;
    freePages += n * (1 << k);
    if (k >= order) suitable += n * (1 << (k - order));
  });
  return { freePages, blocks, suitable };
}

/** Share of free memory that is of no use to a request of `order`, 0 to 1000; 1000 when nothing is free. */
export function unusableFreeIndex(freeByOrder: readonly number[], order: number): number {
  const { freePages, suitable } = contigInfo(freeByOrder, order);
  return freePages === 0 ? 1000 : idiv((freePages - suitable * (1 << order)) * 1000, freePages);
}

/**
 * Why a request of `order` would fail: towards 0 lack of memory, towards 1000 fragmentation, −1000 it would succeed.
 * May be negative otherwise, and says "fragmentation" where there is simply too little memory.
 */
export function fragmentationIndexFor(freeByOrder: readonly number[], order: number): number {
  const { freePages, blocks, suitable } = contigInfo(freeByOrder, order);
  if (blocks === 0) return 0;
  if (suitable > 0) return -1000;
  return 1000 - idiv(1000 + idiv(freePages * 1000, 1 << order), blocks);
}

/** External fragmentation in per cent of free memory for one order (the score of proactive compaction). */
export function extfragForOrder(freeByOrder: readonly number[], order: number): number {
  const { freePages, suitable } = contigInfo(freeByOrder, order);
  return freePages === 0 ? 0 : idiv((freePages - suitable * (1 << order)) * 100, freePages);
}

/** unusable_index of every order. */
export function unusableIndex(freeByOrder: readonly number[]): number[] {
  return freeByOrder.map((_, order) => unusableFreeIndex(freeByOrder, order));
}

/** extfrag_index of every order. */
export function fragmentationIndex(freeByOrder: readonly number[]): number[] {
  return freeByOrder.map((_, order) => fragmentationIndexFor(freeByOrder, order));
}
