/**
 * Who points to a kernel page: why it cannot be moved. A user page is reached through page table entries that rmap
 * finds; a kernel page through an address that somebody keeps, and nobody knows where (Linux 2.6.9).
 */
import type { Pfn } from '../base/units.ts';
import { PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { POOL_OWNER } from '../engine/mempool.ts';
import { ALLOC_TAG } from '../engine/operation.ts';
import { DESCRIPTOR_OWNER } from '../engine/order0/descriptor.ts';

/** "the page directory of process 3", "the driver that made allocation 12"; null where no kernel pointer leads to it. */
export function pointerTo(m: Machine, pfn: Pfn): string | null {
  const owner = m.owner[pfn]!;
  switch (m.kind[pfn]) {
    case PAGE.boot:
      return 'the kernel image, at addresses fixed when it was linked';
    case PAGE.pageTable:
      return m.index[pfn] === 0 ? `mm->pgd of process ${owner}` : `the page directory of process ${owner}`;
    case PAGE.stack:
      return `thread_info of process ${owner} and its stack pointer`;
    case PAGE.objSlab:
      return `whoever uses an object of ${m.config.objectCaches[owner]?.name ?? 'its cache'}`;
    case PAGE.kmalloc:
    case PAGE.highOrder:
      if (owner === DESCRIPTOR_OWNER) return 'the lists of slabs';
      if (owner === POOL_OWNER) return 'a mempool that keeps it in reserve';
      return m.allocTag[owner] === ALLOC_TAG.network
        ? `the sk_buff of allocation ${owner}`
        : `whoever called for allocation ${owner}`;
    case PAGE.vmalloc:
      return m.allocOrder[owner] === 0 ? null : `whoever called for allocation ${owner}`;
    default:
      return null;
  }
}
