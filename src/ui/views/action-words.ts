/** What the priced actions are called. */
import type { BillPart } from '../../worker/protocol.ts';

export const ACTION_WORDS: Readonly<Record<BillPart['action'], string>> = {
  unmapPte: 'Remove a page table entry',
  tlbFlush: 'Flush a TLB entry',
  dropPage: 'Drop a page from its cache',
  writePage: 'Write a page to its file',
  swapOut: 'Write a page to swap',
  readPage: 'Read a page of a file',
  swapIn: 'Read a page from swap',
  copyPage: 'Copy a page',
  updatePte: 'Change a page table entry',
  scanPage: 'Look at a page',
  scanSlab: 'Look at a slab descriptor',
  buddyStep: 'Take a block from buddy',
  arrayStep: 'Take a page from a CPU’s array or list',
  clearObject: 'Clear a kernel object',
};
