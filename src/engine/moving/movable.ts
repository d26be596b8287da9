/**
 * Which pages a page-moving scheme can move, and moving one. A user page is found again through rmap, a page of a
 * vmalloc area through the kernel's own page tables; every other kernel page is known by a pointer somewhere, which
 * nobody can find and change: "I find it difficult to see what happens when a page used by a kernel pointer changes
 * for any case other than vmalloc()".
 */
import type { Pfn } from '../../base/units.ts';
import { buddyFree } from '../buddy.ts';
import { charge } from '../charge.ts';
import { wipePages } from '../claim.ts';
import { C } from '../counters.ts';
import { ALLOCATED, FLAG, PAGE } from '../frames.ts';
import { bump, type Machine } from '../machine.ts';
import { EV, emit, REASON, type Reason } from '../trace-event.ts';
import { folioHead, folioMaps, folioOrder, folioPinned } from '../user/folio.ts';
import { movePage } from '../user/move.ts';
import { zoneOf } from '../zone.ts';

/** How hard a page is to move, in the order the daemon takes them ("move easy pages first"); −1: an obstacle. */
export const EASE = { unmapped: 0, mappedFile: 1, anon: 2, vmalloc: 3 } as const;
/** Grades of {@link EASE}. */
export const GRADES = 4;

/** Whether the policy's variant can move a page that holds something, by what its frame says. */
export function isMovable(m: Machine, pfn: Pfn): boolean {
  const kind = m.kind[pfn];
  if (kind === PAGE.anon) return true;
  // the patch of February 2004 moves anonymous pages and nothing else
  if (m.config.policy.variant === 'on-failure-2004') return false;
  return kind === PAGE.file || (kind === PAGE.vmalloc && m.allocOrder[m.owner[pfn]!] === 0);
}

/** Grade of a page that holds something; −1 when the policy's variant cannot move it. */
export function easeOf(m: Machine, pfn: Pfn): number {
  if (!isMovable(m, pfn)) return -1;
  const kind = m.kind[pfn];
  if (kind === PAGE.anon) return EASE.anon;
  if (kind === PAGE.vmalloc) return EASE.vmalloc;
  return folioMaps(m, folioHead(m, pfn)) === 0 ? EASE.unmapped : EASE.mappedFile;
}

/** What forbids moving a page of a movable kind just now: met only when it is tried. */
export function refusalOf(m: Machine, pfn: Pfn): Reason {
  if (m.pins[pfn] !== 0 || folioPinned(m, folioHead(m, pfn))) return REASON.pinned;
  return m.flags[pfn]! & FLAG.writeback ? REASON.writeback : REASON.none;
}

/**
 * Moves one page and gives its old frame back to buddy, past the per-CPU lists, so that it merges at once.
 *
 * @param from a page of a grade, with no refusal
 * @param to a frame of the same zone that is on no list
 * @returns page table entries changed
 */
export function moveAway(m: Machine, from: Pfn, to: Pfn): number {
  const kind = m.kind[from]!;
  const entries = kind === PAGE.vmalloc ? moveVmallocPage(m, from, to) : movePage(m, from, to);
  emit(m, EV.movePage, 0, from, to, entries);
  wipePages(m, from, 0, PAGE.free);
  buddyFree(m, zoneOf(m.config, from), from, 0);
  emit(m, EV.pageFree, 0, from, kind);
  return entries;
}

/**
 * Moves a folio as one; what {@link moveAway} does for a page.
 *
 * @param from its first page
 * @param to first of as many free frames, a block of its order
 */
export function moveFolio(m: Machine, from: Pfn, to: Pfn): number {
  const order = folioOrder(m, from);
  let entries = 0;
  for (let i = 0; i < 1 << order; i++) {
    const changed = movePage(m, from + i, to + i);
    emit(m, EV.movePage, 0, from + i, to + i, changed);
    entries += changed;
  }
  m.order[to] = ALLOCATED | order;
  wipePages(m, from, order, PAGE.free);
  buddyFree(m, zoneOf(m.config, from), from, order);
  emit(m, EV.pageFree, order, from, PAGE.file);
  return entries;
}

/**
 * Copies a page of a vmalloc area and changes the one entry of the kernel's page tables that maps it; the address
 * its user knows stays (map_vm_area, Linux 2.6.9 mm/vmalloc.c, does the like when the area is made).
 */
function moveVmallocPage(m: Machine, from: Pfn, to: Pfn): number {
  const id = m.owner[from]!;
  m.allocPfn[id] = to + 1;
  m.kind[to] = PAGE.vmalloc;
  m.flags[to] = 0;
  m.owner[to] = id;
  m.index[to] = m.index[from]!;
  m.mapcount[to] = 0;
  m.pins[to] = 0;
  m.lastTouch[to] = m.lastTouch[from]!;
  m.allocOp[to] = m.allocOp[from]!;
  bump(m, C.pagesMoved);
  bump(m, C.pagesCopied);
  bump(m, C.pteUpdates);
  bump(m, C.tlbFlushes);
  charge(m, 'copyPage');
  charge(m, 'updatePte');
  charge(m, 'tlbFlush');
  return 1;
}
