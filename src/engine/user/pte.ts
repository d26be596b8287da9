/**
 * Page table entries in one 32-bit word: present entries hold a PFN, others a swap slot. Young and dirty as on
 * i386 (include/asm-i386/pgtable.h).
 */

export const PTE_PRESENT = 0x80000000;
export const PTE_YOUNG = 0x40000000;
export const PTE_SWAP = 0x20000000;
/** PFN of a present entry, slot of a swapped one. */
export const PTE_VALUE = 0x01ffffff;

/** A present, young entry for a page frame. */
export function ptePresent(pfn: number): number {
  return (PTE_PRESENT | PTE_YOUNG | pfn) >>> 0;
}

/** An entry that names a swap slot. */
export function pteSwapped(slot: number): number {
  return (PTE_SWAP | slot) >>> 0;
}

/** Whether the entry maps a page frame. */
export function isPresent(pte: number): boolean {
  return pte >= PTE_PRESENT;
}

/** Whether the entry names a swap slot. */
export function isSwapped(pte: number): boolean {
  return pte < PTE_PRESENT && (pte & PTE_SWAP) !== 0;
}

/** In `fileSlot`: the page was evicted at the operation in the low 31 bits (a shadow entry, Linux 3.15's word for it). */
export const SHADOW = 0x80000000;
