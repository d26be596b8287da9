/** Kernel allocations that a workload names by number: kmalloc pages, network buffers, huge pages. */
import { NONE, type Order } from '../base/units.ts';
import { allocPages } from './alloc-path.ts';
import { C } from './counters.ts';
import { PAGE, type PageKind } from './frames.ts';
import { bump, grown, type Machine } from './machine.ts';
import { freeToPool } from './mempool.ts';
import { ALLOC_TAG } from './operation.ts';
import { releasePages } from './release.ts';

function kindOf(order: Order, tag: number): PageKind {
  if (tag === ALLOC_TAG.vmalloc) return PAGE.vmalloc;
  return order > 0 ? PAGE.highOrder : PAGE.kmalloc;
}

/** Whether allocation `id` is held. */
export function isAllocated(m: Machine, id: number): boolean {
  return id < m.allocPfn.length && m.allocPfn[id] !== 0;
}

/**
 * Serves allocation `id`; requests above order 0 are counted once each as asked, served or failed.
 * @returns PFN, or NONE when it failed
 */
export function allocKernel(m: Machine, id: number, order: Order, gfp: number, tag: number): number {
  m.allocPfn = grown(m.allocPfn, id + 1);
  m.allocOrder = grown(m.allocOrder, id + 1);
  m.allocTag = grown(m.allocTag, id + 1);
  const pfn = allocPages(m, { order, gfp, kind: kindOf(order, tag), owner: id, index: 0 });
  if (order > 0) {
    bump(m, C.highOrderRequested);
    bump(m, pfn === NONE ? C.highOrderFailed : C.highOrderServed);
  }
  if (pfn === NONE) return NONE;
  m.allocPfn[id] = pfn + 1;
  m.allocOrder[id] = order;
  m.allocTag[id] = tag;
  return pfn;
}

/** Frees allocation `id`; an element of a mempool goes back to it. */
export function freeKernel(m: Machine, id: number): void {
  const pfn = m.allocPfn[id]! - 1;
  const order = m.allocOrder[id]!;
  m.allocPfn[id] = 0;
  m.allocOrder[id] = 0;
  m.allocTag[id] = 0;
  const pool = (m.allocPool[id] ?? 0) - 1;
  if (pool < 0) return releasePages(m, pfn, order);
  m.allocPool[id] = 0;
  freeToPool(m, pool, pfn);
}
