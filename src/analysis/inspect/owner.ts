/**
 * Who a page frame belongs to, as logical things that keep their names over steps and under every policy: a page of
 * a process's region, a page of a file, a kernel allocation, an object of a cache.
 */
import { hex } from '../../base/text.ts';
import { NONE, type Pfn } from '../../base/units.ts';
import { PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { POOL_OWNER } from '../../engine/mempool.ts';
import { REGIONS } from '../../engine/operation.ts';
import { DESCRIPTOR_OWNER } from '../../engine/order0/descriptor.ts';
import { isSwapped, PTE_VALUE } from '../../engine/user/pte.ts';
import { forEachMapping } from '../../engine/user/rmap.ts';
import { kindWords } from '../narration/words.ts';

/** What a frame holds a page of; `page` counts from 0 within it. */
export type Owner =
  | { readonly kind: 'region'; readonly process: number; readonly region: number; readonly page: number }
  | { readonly kind: 'file'; readonly file: number; readonly page: number }
  | { readonly kind: 'allocation'; readonly id: number; readonly page: number }
  | { readonly kind: 'stack'; readonly process: number; readonly page: number }
  | { readonly kind: 'page-table'; readonly process: number }
  /** A page of an object cache; one object of it where `object` says which. */
  | { readonly kind: 'objects'; readonly cache: number; readonly object: number | null }
  | { readonly kind: 'descriptors' }
  /** An element a mempool has set apart. */
  | { readonly kind: 'reserve' };

/** The owner of a frame in use; null for free, idle, parked, boot and unknown pages. */
export function ownerOf(m: Machine, pfn: Pfn): Owner | null {
  const owner = m.owner[pfn]!;
  const page = m.index[pfn]!;
  switch (m.kind[pfn]) {
    case PAGE.anon:
      return regionOf(m, pfn);
    case PAGE.file:
      return { kind: 'file', file: owner, page };
    case PAGE.objSlab:
      return { kind: 'objects', cache: owner, object: null };
    case PAGE.pageTable:
      return { kind: 'page-table', process: owner };
    case PAGE.stack:
      return { kind: 'stack', process: owner, page };
    case PAGE.kmalloc:
    case PAGE.vmalloc:
    case PAGE.highOrder:
      if (owner === DESCRIPTOR_OWNER) return { kind: 'descriptors' };
      return owner === POOL_OWNER ? { kind: 'reserve' } : { kind: 'allocation', id: owner, page };
    default:
      return null;
  }
}

/** The lowest process and region that map an anonymous page, or that have its swap slot while it is in the swap cache. */
function regionOf(m: Machine, pfn: Pfn): Owner | null {
  const page = m.index[pfn]!;
  let lowest = NONE;
  forEachMapping(m, pfn, (_, vma) => {
    lowest = Math.min(lowest, vma);
    return true;
  });
  if (lowest === NONE) {
    for (let vma = m.familyHead[m.owner[pfn]!]!; vma !== NONE; vma = m.vmaNext[vma]!) {
      if (page >= m.vmaPages[vma]!) continue;
      const pte = m.pte[m.vmaPte[vma]! + page]!;
      if (isSwapped(pte) && m.swapPage[pte & PTE_VALUE] === pfn + 1) lowest = Math.min(lowest, vma);
    }
  }
  if (lowest === NONE) return null;
  return { kind: 'region', process: Math.floor(lowest / REGIONS), region: lowest % REGIONS, page };
}

/** `process 7 region 2 page 5`, `file 3 page 41`, `allocation 12`, `slab descriptors`. */
export function ownerWords(m: Machine, owner: Owner): string {
  switch (owner.kind) {
    case 'region':
      return `process ${owner.process} region ${owner.region} page ${owner.page}`;
    case 'file':
      return `file ${owner.file} page ${owner.page}`;
    case 'allocation':
      return `allocation ${owner.id}`;
    case 'stack':
      return `kernel stack of process ${owner.process}`;
    case 'page-table':
      return `page table of process ${owner.process}`;
    case 'objects': {
      const name = m.config.objectCaches[owner.cache]?.name ?? `cache ${owner.cache}`;
      return owner.object === null ? `object slab of ${name}` : `${name} ${owner.object}`;
    }
    case 'descriptors':
      return 'slab descriptors';
    case 'reserve':
      return 'reserve of a mempool';
  }
}

/** The owner in words, or what the frame is where it has none. */
export function contentWords(m: Machine, pfn: Pfn): string {
  const owner = ownerOf(m, pfn);
  return owner ? ownerWords(m, owner) : kindWords(m.kind[pfn]!);
}

/** An answer about something that is not there, with the reason. */
export interface Nothing {
  readonly view: 'nothing';
  readonly reason: string;
}

/** Says that there is nothing to show, and why. */
export function nothing(reason: string): Nothing {
  return { view: 'nothing', reason };
}

/** What is said where a view needs slabs and the policy keeps none. */
export function noSlabs(m: Machine): Nothing {
  return nothing(`${m.config.policy.name} has no slabs`);
}

/** Whether the policy keeps its order-0 pages in slabs. */
export function hasSlabs(m: Machine): boolean {
  return m.config.policy.name === 'order0-slab';
}

/** A page in a slab, or why there is no slab. Null where it lies in one. */
export function outsideSlabs(m: Machine, pfn: Pfn): Nothing | null {
  if (!hasSlabs(m)) return noSlabs(m);
  return m.slabCache[pfn >>> m.config.slabOrder] === 0 ? nothing(`page ${hex(pfn)} is in no slab`) : null;
}
