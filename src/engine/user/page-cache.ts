/** The page cache: which frame holds which page of which file (Linux 2.6.9 mm/filemap.c), with shadows of the evicted. */
import type { Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import type { Machine } from '../machine.ts';
import { SHADOW } from './pte.ts';

/** Frame of a file's page, or −1 when it is not resident. */
export function findFilePage(m: Machine, file: number, page: number): number {
  const slot = m.fileSlot[m.fileBase[file]! + page]!;
  return slot !== 0 && slot < SHADOW ? slot - 1 : -1;
}

/** Whether the page was evicted and not been asked for since. */
export function isShadow(m: Machine, file: number, page: number): boolean {
  return m.fileSlot[m.fileBase[file]! + page]! >= SHADOW;
}

/** Enters a frame into the page cache. */
export function addFilePage(m: Machine, file: number, page: number, pfn: Pfn): void {
  m.fileSlot[m.fileBase[file]! + page] = pfn + 1;
}

/** Takes a frame out of the page cache; an evicted one leaves a shadow with the number of the operation. */
export function removeFilePage(m: Machine, file: number, page: number, evicted: boolean): void {
  m.fileSlot[m.fileBase[file]! + page] = evicted
    ? (SHADOW | (m.counters[C.operations]! & 0x7fffffff)) >>> 0
    : 0;
}
