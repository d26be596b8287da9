/**
 * Page faults and file reads, Linux 2.6.9 mm/memory.c (do_anonymous_page, do_no_page, do_swap_page, do_wp_page) and
 * mm/filemap.c. Anonymous pages start active, page cache pages inactive; a fault that meets a shadow is a refault.
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { allocPages } from '../alloc-path.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { GFP, GFP_MASKS } from '../gfp.ts';
import { hintEvictable, hintUnseen } from '../hints.ts';
import { bump, type Machine } from '../machine.ts';
import { REGIONS } from '../operation.ts';
import { releasePages } from '../release.ts';
import { EV, emit } from '../trace-event.ts';
import { VMA_KIND } from './exit.ts';
import { dirtyFolio, folioHead, folioPages, touchFolio } from './folio.ts';
import { allocFolio } from './folio-read.ts';
import { lruAdd, markAccessed } from './lru.ts';
import { addFilePage, findFilePage, isShadow } from './page-cache.ts';
import { isPresent, PTE_SWAP, PTE_VALUE, PTE_YOUNG, ptePresent } from './pte.ts';
import { addMapping, dropMapping, swapSlotOf } from './rmap.ts';
import { removeFromSwapCache, swapFree } from './swap.ts';

const ANON_GFP = GFP_MASKS.highuser | GFP.zero;

/** Records a touch, for ages and inversions. */
function touchPage(m: Machine, pfn: Pfn): void {
  if (m.config.pageCache !== undefined && m.kind[pfn] === PAGE.file) touchFolio(m, pfn);
  else m.lastTouch[pfn] = m.counters[C.operations]!;
}

/** A page is written to; the folio it is part of with it. */
function dirtyPage(m: Machine, pfn: Pfn): void {
  if (m.config.pageCache !== undefined) dirtyFolio(m, pfn);
  else m.flags[pfn] = m.flags[pfn]! | FLAG.dirty;
}

/** Sees that the page table page for entry `page` of a region is there (pte_alloc_map). */
function ensureTable(m: Machine, vma: number, page: number): boolean {
  const chunk = Math.floor(page / m.config.ptesPerTable);
  if (chunk === 0) return true;
  const at = m.vmaTables[vma]! + chunk - 1;
  if (m.pageTables[at] !== 0) return true;
  const process = Math.floor(vma / REGIONS);
  const pfn = allocPages(m, {
    order: 0,
    gfp: GFP_MASKS.kernel,
    kind: PAGE.pageTable,
    owner: process,
    index: chunk,
  });
  if (pfn === NONE || isGone(m, vma, pfn)) return false;
  m.pageTables[at] = pfn + 1;
  emit(m, EV.pageTable, 0, pfn, process);
  return true;
}

function map(m: Machine, vma: number, page: number, pfn: Pfn, how: 0 | 1 | 2 | 3 | 4): void {
  m.pte[m.vmaPte[vma]! + page] = ptePresent(pfn);
  addMapping(m, pfn, vma);
  touchPage(m, pfn);
  emitFault(m, vma, page, pfn, how);
}

function emitFault(m: Machine, vma: number, page: number, pfn: Pfn, how: 0 | 1 | 2 | 3 | 4): void {
  if (m.log.level !== 0) emit(m, EV.fault, how, pfn, vma, page);
}

/**
 * A process reads or writes one page of a region.
 * @returns false when the page could not be had
 */
export function touchRegion(m: Machine, vma: number, page: number, write: boolean): boolean {
  const at = m.vmaPte[vma]! + page;
  const pte = m.pte[at]!;
  if (isPresent(pte)) {
    m.pte[at] = (pte | PTE_YOUNG) >>> 0;
    const pfn = pte & PTE_VALUE;
    touchPage(m, pfn);
    if (!write) return true;
    if (m.kind[pfn] === PAGE.anon && isShared(m, pfn)) return copyOnWrite(m, vma, page, pfn);
    dirtyPage(m, pfn);
    return true;
  }
  if (!ensureTable(m, vma, page)) return false;
  if (pte & PTE_SWAP) return swapIn(m, vma, page, write);
  return m.vmaKind[vma] === VMA_KIND.anon ? anonymousFault(m, vma, page) : fileFault(m, vma, page, write);
}

function anonymousFault(m: Machine, vma: number, page: number): boolean {
  const family = m.vmaObject[vma]!;
  const pfn = allocPages(m, { order: 0, gfp: ANON_GFP, kind: PAGE.anon, owner: family, index: page });
  if (pfn === NONE) return false;
  if (isGone(m, vma, pfn)) return false;
  m.flags[pfn] = m.flags[pfn]! | FLAG.dirty;
  lruAdd(m, pfn, true);
  bump(m, C.minorFaults);
  map(m, vma, page, pfn, 3);
  return true;
}

/** Whether the OOM killer ended the process while it asked for this page; the page then goes straight back. */
function isGone(m: Machine, vma: number, pfn: Pfn): boolean {
  if (m.vmaKind[vma] !== VMA_KIND.none) return false;
  releasePages(m, pfn, 0);
  return true;
}

function fileFault(m: Machine, vma: number, page: number, write: boolean): boolean {
  const file = m.vmaObject[vma]!;
  let pfn = findFilePage(m, file, page);
  let how: 0 | 1 = 0;
  if (pfn < 0) {
    pfn = readIn(m, file, page, GFP_MASKS.highuser);
    if (pfn < 0 || m.vmaKind[vma] === VMA_KIND.none) return false;
    how = 1;
  } else {
    bump(m, C.minorFaults);
  }
  if (write) dirtyPage(m, pfn);
  map(m, vma, page, pfn, how);
  return true;
}

/** Brings a page of a file into the page cache from the device; −1 when no frame can be had. */
function readIn(m: Machine, file: number, page: number, gfp: number): number {
  const refault = isShadow(m, file, page);
  const folio =
    m.config.pageCache === undefined
      ? allocPages(m, { order: 0, gfp, kind: PAGE.file, owner: file, index: page })
      : allocFolio(m, file, page, gfp);
  if (folio === NONE) return -1;
  const pages = folioPages(m, folio);
  const pfn = folio + (page % pages);
  if (refault) {
    bump(m, C.refaults);
    emit(m, EV.refault, 0, pfn, file, page);
  }
  bump(m, C.majorFaults);
  bump(m, C.pagesRead, pages);
  // one access to the device, whatever the size: the time of the transfer is not modelled
  charge(m, 'readPage');
  for (let i = 0; i < pages; i++) addFilePage(m, file, page - (page % pages) + i, folio + i);
  lruAdd(m, folio, false);
  return pfn;
}

function swapIn(m: Machine, vma: number, page: number, write: boolean): boolean {
  const at = m.vmaPte[vma]! + page;
  const slot = m.pte[at]! & PTE_VALUE;
  const cached = m.swapPage[slot]!;
  if (cached !== 0) {
    swapFree(m, slot);
    bump(m, C.minorFaults);
    map(m, vma, page, cached - 1, 0);
    leaveSwapCache(m, cached - 1, slot);
  } else {
    const pfn = allocPages(m, {
      order: 0,
      gfp: ANON_GFP,
      kind: PAGE.anon,
      owner: m.vmaObject[vma]!,
      index: page,
    });
    if (pfn === NONE || isGone(m, vma, pfn)) return false;
    bump(m, C.refaults);
    bump(m, C.majorFaults);
    bump(m, C.pagesSwappedIn);
    charge(m, 'swapIn');
    emit(m, EV.refault, 0, pfn, vma, page);
    lruAdd(m, pfn, true);
    if (m.swapCount[slot]! > 1) {
      m.swapPage[slot] = pfn + 1;
      m.flags[pfn] = m.flags[pfn]! | FLAG.swapCache;
    } else {
      swapFree(m, slot);
      m.flags[pfn] = m.flags[pfn]! | FLAG.dirty;
    }
    map(m, vma, page, pfn, 2);
  }
  return write ? touchRegion(m, vma, page, true) : true;
}

/** A swap cache page nobody else's entry names leaves the cache and is dirty again (remove_exclusive_swap_page). */
function leaveSwapCache(m: Machine, pfn: Pfn, slot: number): void {
  if (m.swapCount[slot] !== 1 || m.flags[pfn]! & FLAG.writeback) return;
  removeFromSwapCache(m, pfn, slot);
  m.flags[pfn] = m.flags[pfn]! | FLAG.dirty;
}

/** can_share_swap_page, turned round: others map the page, or their entries still name its swap slot. */
function isShared(m: Machine, pfn: Pfn): boolean {
  if (m.mapcount[pfn]! > 1) return true;
  const slot = swapSlotOf(m, pfn);
  return slot !== NONE && m.swapCount[slot]! > 1;
}

/** do_wp_page: a shared anonymous page is copied for its writer. */
function copyOnWrite(m: Machine, vma: number, page: number, old: Pfn): boolean {
  const pfn = allocPages(m, {
    order: 0,
    gfp: GFP_MASKS.highuser,
    kind: PAGE.anon,
    owner: m.vmaObject[vma]!,
    index: page,
  });
  if (pfn === NONE || isGone(m, vma, pfn)) return false;
  const pte = m.pte[m.vmaPte[vma]! + page]!;
  if (!isPresent(pte) || (pte & PTE_VALUE) !== old) {
    // reclaim took the old page to make room for the copy: begin again
    releasePages(m, pfn, 0);
    return touchRegion(m, vma, page, true);
  }
  m.flags[pfn] = m.flags[pfn]! | FLAG.dirty;
  lruAdd(m, pfn, true);
  dropMapping(m, old, vma);
  bump(m, C.pagesCopied);
  bump(m, C.pteUpdates);
  charge(m, 'copyPage');
  charge(m, 'updatePte');
  map(m, vma, page, pfn, 4);
  return true;
}

/** read() or write() of one page of a file through the page cache. False when no frame can be had. */
export function accessFile(m: Machine, file: number, page: number, write: boolean): boolean {
  let pfn = findFilePage(m, file, page);
  if (pfn < 0) {
    pfn = readIn(m, file, page, write ? GFP_MASKS.highuser | GFP.write : GFP_MASKS.highuser);
    if (pfn < 0) return false;
  }
  touchPage(m, pfn);
  if (write) dirtyPage(m, pfn);
  const activated = markAccessed(m, folioHead(m, pfn));
  emit(m, activated ? EV.activate : EV.access, 0, pfn, file, page);
  return true;
}

/** Takes or drops a reference that is no mapping, as I/O and DMA do (get_page, put_page). */
export function pinPage(m: Machine, pfn: Pfn, by: 1 | -1): void {
  m.pins[pfn] = Math.max(0, m.pins[pfn]! + by);
  hintUnseen(m, pfn);
  if (by < 0) hintEvictable(m, folioHead(m, pfn), m.lastTouch[pfn]!);
  emit(m, by > 0 ? EV.pin : EV.unpin, 0, pfn);
}
