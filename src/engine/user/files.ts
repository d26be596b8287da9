/** Files come and go: their page cache is made room for, truncated, synced (Linux 2.6.9 mm/truncate.c, mm/page-writeback.c). */
import { NONE, type Pfn } from '../../base/units.ts';
import { FLAG, PAGE } from '../frames.ts';
import { grown, type Machine } from '../machine.ts';
import { giveRange, poolTop, takeRange } from '../range-pool.ts';
import { releasePages } from '../release.ts';
import { EV, emit } from '../trace-event.ts';
import { unmapRegion } from './exit.ts';
import { folioHead, folioMaps, folioOrder, folioPages, folioPinned, splitFolio } from './folio.ts';
import { isCongested, startWriteback, waitForWriteback } from './io.ts';
import { lruDel } from './lru.ts';
import { findFilePage, removeFilePage } from './page-cache.ts';
import { PTE_VALUE } from './pte.ts';
import { dropMapping, forEachMapping } from './rmap.ts';

/** Whether a file exists. */
export function fileExists(m: Machine, file: number): boolean {
  return file < m.fileAlive.length && m.fileAlive[file] === 1;
}

/** A file of `pages` pages, none of them resident. */
export function createFile(m: Machine, file: number, pages: number): void {
  m.fileAlive = grown(m.fileAlive, file + 1);
  m.filePages = grown(m.filePages, file + 1);
  m.fileBase = grown(m.fileBase, file + 1);
  m.fileHead = grown(m.fileHead, file + 1, NONE);
  const base = takeRange(m, 'fileRanges', pages);
  m.fileSlot = grown(m.fileSlot, poolTop(m, 'fileRanges'));
  m.fileAlive[file] = 1;
  m.filePages[file] = pages;
  m.fileBase[file] = base;
  m.fileHead[file] = NONE;
}

/**
 * Removes one resident folio from a file, its mappings first; a pinned page's frame goes all the same, its pin with it.
 * @param head its first page
 */
function discardFolio(m: Machine, head: Pfn): void {
  if (m.flags[head]! & FLAG.writeback) waitForWriteback(m, head);
  const order = folioOrder(m, head);
  for (let pfn = head; pfn < head + (1 << order); pfn++) {
    forEachMapping(m, pfn, (at, vma) => {
      m.pte[at] = 0;
      dropMapping(m, pfn, vma);
      return true;
    });
    removeFilePage(m, m.owner[pfn]!, m.index[pfn]!, false);
  }
  lruDel(m, head);
  releasePages(m, head, order);
}

/** The folio to discard for a page that goes, when `first` to `end` of its file go: one that only partly goes is split. */
function wholeFolio(m: Machine, pfn: Pfn, first: number, end: number): Pfn {
  const head = folioHead(m, pfn);
  const from = m.index[head]!;
  if (from >= first && from + folioPages(m, head) <= end) return head;
  if (m.flags[head]! & FLAG.writeback) waitForWriteback(m, head);
  splitFolio(m, head);
  return pfn;
}

/** Drops `count` pages of a file from `page` on, shadows included; `count` 0 means to its end. */
export function truncateFile(m: Machine, file: number, page: number, count: number): void {
  const end = count === 0 ? m.filePages[file]! : Math.min(m.filePages[file]!, page + count);
  for (let i = page; i < end; i++) {
    const pfn = findFilePage(m, file, i);
    if (pfn >= 0) discardFolio(m, wholeFolio(m, pfn, page, end));
    else m.fileSlot[m.fileBase[file]! + i] = 0;
  }
  emit(m, EV.truncate, 0, NONE, file, end - page);
}

/** Deletes a file: regions that map it are unmapped, its pages go. */
export function deleteFile(m: Machine, file: number): void {
  while (m.fileHead[file] !== NONE) unmapRegion(m, m.fileHead[file]!);
  truncateFile(m, file, 0, 0);
  giveRange(m, 'fileRanges', m.fileBase[file]!, m.filePages[file]!);
  m.fileAlive[file] = 0;
  m.filePages[file] = 0;
  m.fileBase[file] = 0;
}

/** pdflush: starts writing up to `count` dirty file pages, in PFN order; stops when the device is congested. */
export function syncFiles(m: Machine, count: number): number {
  let started = 0;
  for (let pfn = 0; pfn < m.kind.length && started < count; pfn++) {
    if (m.kind[pfn] !== PAGE.file || !(m.flags[pfn]! & FLAG.dirty) || m.flags[pfn]! & FLAG.writeback)
      continue;
    if (isCongested(m)) break;
    startWriteback(m, pfn, false);
    started += folioPages(m, pfn);
  }
  return started;
}

/** drop_caches: every clean, unmapped, unpinned page of the page cache goes (a switch Linux has had since 2.6.16). */
export function dropPageCache(m: Machine): number {
  let dropped = 0;
  for (let pfn = 0; pfn < m.kind.length; pfn++) {
    // a folio goes when its first page is met
    if (m.kind[pfn] !== PAGE.file || folioHead(m, pfn) !== pfn) continue;
    if (folioMaps(m, pfn) !== 0 || folioPinned(m, pfn)) continue;
    if (m.flags[pfn]! & (FLAG.dirty | FLAG.writeback)) continue;
    dropped += folioPages(m, pfn);
    discardFolio(m, pfn);
  }
  return dropped;
}

/** Frame a region's page is in, or −1 when it is not resident. */
export function residentPage(m: Machine, vma: number, page: number): number {
  const pte = m.pte[m.vmaPte[vma]! + page]!;
  return pte >= 0x80000000 ? pte & PTE_VALUE : -1;
}
