/**
 * Reverse mapping by object, Linux 2.6.9 mm/rmap.c: from a page to every page table entry that maps it, through
 * its file's or its anonymous family's list of regions (page_referenced, try_to_unmap).
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { hintEvictable, hintUnseen } from '../hints.ts';
import { bump, type Machine } from '../machine.ts';
import { REGIONS } from '../operation.ts';
import { isPresent, PTE_VALUE, PTE_YOUNG, pteSwapped } from './pte.ts';
import { swapDup } from './swap.ts';

/** First region that may map the page, NONE when no region can. */
function firstVma(m: Machine, pfn: Pfn): number {
  const owner = m.owner[pfn]!;
  if (m.kind[pfn] === PAGE.anon) return m.familyHead[owner]!;
  return m.kind[pfn] === PAGE.file ? m.fileHead[owner]! : NONE;
}

/** Calls `visit(pteIndex, vma)` for each present entry that maps the page, until it returns false. */
export function forEachMapping(
  m: Machine,
  pfn: Pfn,
  visit: (pteIndex: number, vma: number) => boolean,
): void {
  const index = m.index[pfn]!;
  for (let vma = firstVma(m, pfn); vma !== NONE; vma = m.vmaNext[vma]!) {
    if (index >= m.vmaPages[vma]!) continue;
    const at = m.vmaPte[vma]! + index;
    const pte = m.pte[at]!;
    if (isPresent(pte) && (pte & PTE_VALUE) === pfn && !visit(at, vma)) return;
  }
}

/** Number of young entries, cleared on the way (page_referenced without the page's own bit). */
export function clearYoung(m: Machine, pfn: Pfn): number {
  let young = 0;
  if (m.mapcount[pfn] === 0) return 0;
  forEachMapping(m, pfn, (at) => {
    if (m.pte[at]! & PTE_YOUNG) {
      m.pte[at] = (m.pte[at]! & ~PTE_YOUNG) >>> 0;
      young++;
    }
    return true;
  });
  return young;
}

/** Whether any region that maps the page is mlocked: met only by walking there, 2.6.9 has no page flag for it. */
export function isMlocked(m: Machine, pfn: Pfn): boolean {
  if (m.mapcount[pfn] === 0) return false;
  let locked = false;
  forEachMapping(m, pfn, (_, vma) => {
    locked = m.vmaLocked[vma] === 1;
    return !locked;
  });
  return locked;
}

export const UNMAP = { success: 0, mlocked: 1, young: 2 } as const;
export type UnmapResult = (typeof UNMAP)[keyof typeof UNMAP];

/**
 * try_to_unmap: removes every mapping of a page. Stops with SWAP_FAIL at an mlocked region or, unless `force`, at a
 * young entry; what was removed before stays removed.
 *
 * @param slot swap slot that the entries of an anonymous page are replaced with, else NONE
 */
export function tryToUnmap(m: Machine, pfn: Pfn, slot: number, force: boolean): UnmapResult {
  let result: UnmapResult = UNMAP.success;
  forEachMapping(m, pfn, (at, vma) => {
    if (m.vmaLocked[vma] === 1) result = UNMAP.mlocked;
    else if (!force && m.pte[at]! & PTE_YOUNG) result = UNMAP.young;
    if (result !== UNMAP.success) return false;
    m.pte[at] = slot === NONE ? 0 : pteSwapped(slot);
    if (slot !== NONE) swapDup(m, slot);
    dropMapping(m, pfn, vma);
    bump(m, C.pteUnmaps);
    bump(m, C.tlbFlushes);
    charge(m, 'unmapPte');
    charge(m, 'tlbFlush');
    return true;
  });
  return result;
}

/** Books one mapping less (page_remove_rmap, rss). */
export function dropMapping(m: Machine, pfn: Pfn, vma: number): void {
  const left = m.mapcount[pfn]! - 1;
  m.mapcount[pfn] = left;
  hintUnseen(m, pfn);
  if (m.vmaLocked[vma] === 1) hintEvictable(m, pfn, m.lastTouch[pfn]!);
  if (left === 0) bump(m, C.memoryMapped, -1);
  const process = Math.floor(vma / REGIONS);
  m.processRss[process] = m.processRss[process]! - 1;
}

/** Books one mapping more (page_add_rmap, rss). */
export function addMapping(m: Machine, pfn: Pfn, vma: number): void {
  const had = m.mapcount[pfn]!;
  m.mapcount[pfn] = had + 1;
  if (had === 0) bump(m, C.memoryMapped);
  hintUnseen(m, pfn);
  const process = Math.floor(vma / REGIONS);
  m.processRss[process] = m.processRss[process]! + 1;
}

/** The swap slot of a page in the swap cache: read from an entry that names it, or by looking through the slots. */
export function swapSlotOf(m: Machine, pfn: Pfn): number {
  if (!(m.flags[pfn]! & FLAG.swapCache)) return NONE;
  const index = m.index[pfn]!;
  for (let vma = firstVma(m, pfn); vma !== NONE; vma = m.vmaNext[vma]!) {
    if (index >= m.vmaPages[vma]!) continue;
    const pte = m.pte[m.vmaPte[vma]! + index]!;
    if (!isPresent(pte) && pte !== 0 && m.swapPage[pte & PTE_VALUE] === pfn + 1) return pte & PTE_VALUE;
  }
  return m.swapPage.indexOf(pfn + 1);
}
