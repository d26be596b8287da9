/** Where a logical page is now: what a selection follows over steps and over a change of policy. */
import { count } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { isAllocated } from '../../engine/kernel-memory.ts';
import type { Machine } from '../../engine/machine.ts';
import { objectExists, objectPfn } from '../../engine/objects/object-slab.ts';
import { REGIONS, vmaOf } from '../../engine/operation.ts';
import { VMA_KIND } from '../../engine/user/exit.ts';
import { fileExists } from '../../engine/user/files.ts';
import { findFilePage } from '../../engine/user/page-cache.ts';
import { hasRegion, isAlive } from '../../engine/user/process.ts';
import { isPresent, PTE_VALUE, SHADOW } from '../../engine/user/pte.ts';
import { type Owner, ownerWords } from './owner.ts';

export interface WhereReport {
  readonly view: 'where';
  readonly owner: Owner;
  readonly ownerText: string;
  /** Its frame; null where it has none. */
  readonly pfn: Pfn | null;
  /** Empty where it is simply there; else why it is not, or in which way it is. */
  readonly reason: string;
  /** Step whose operation evicted it, where that is known: file pages leave it in their shadow. */
  readonly evictedAt: number | null;
}

type Place = Pick<WhereReport, 'pfn' | 'reason'> & { readonly evictedAt?: number };

const gone = (reason: string): Place => ({ pfn: null, reason });
const at = (pfn: Pfn, reason = ''): Place => ({ pfn, reason });

/** The frame that `owner` is in now, or why it has none. Numbers of things that never were are answered as gone. */
export function whereIs(m: Machine, owner: Owner): WhereReport {
  const { pfn, reason, evictedAt = null } = placeOf(m, owner);
  return { view: 'where', owner, ownerText: ownerWords(m, owner), pfn, reason, evictedAt };
}

function placeOf(m: Machine, owner: Owner): Place {
  switch (owner.kind) {
    case 'file':
      return filePlace(m, owner.file, owner.page);
    case 'region':
      return regionPlace(m, owner.process, owner.region, owner.page);
    case 'allocation':
      if (!isAllocated(m, owner.id))
        return gone(`allocation ${owner.id} is not held: freed, failed or not yet asked for`);
      if (owner.page >= 1 << m.allocOrder[owner.id]!)
        return gone(`allocation ${owner.id} has no page ${owner.page}`);
      return at(m.allocPfn[owner.id]! - 1 + owner.page);
    case 'stack':
      return kernelPlace(m, owner.process, m.processStack[owner.process] ?? 0, owner.page);
    case 'page-table':
      return kernelPlace(m, owner.process, m.processTable[owner.process] ?? 0, 0);
    case 'objects':
      if (owner.object === null) return gone('one object is to be named');
      if (!objectExists(m, owner.object))
        return gone('the object does not exist: freed, pruned or not yet made');
      return at(objectPfn(m, owner.object));
    case 'descriptors':
      return gone('the model gives a descriptor no place of its own');
    case 'reserve':
      return gone('elements in reserve have no names of their own');
  }
}

function kernelPlace(m: Machine, process: number, entry: number, page: number): Place {
  if (!isAlive(m, process) || entry === 0) return gone(`process ${process} is not running`);
  return at(entry - 1 + page);
}

function filePlace(m: Machine, file: number, page: number): Place {
  if (!fileExists(m, file)) return gone(`file ${file} does not exist`);
  const pages = m.filePages[file]!;
  if (page >= pages) return gone(`file ${file} has ${count(pages)} pages, numbered from 0`);
  const pfn = findFilePage(m, file, page);
  if (pfn >= 0) return at(pfn);
  const slot = m.fileSlot[m.fileBase[file]! + page]!;
  if (slot === 0) return gone('not resident here: never read, or let go without a trace');
  const evictedAt = slot - SHADOW;
  return { pfn: null, reason: `not resident here: evicted by step ${count(evictedAt)}`, evictedAt };
}

function regionPlace(m: Machine, process: number, region: number, page: number): Place {
  const vma = vmaOf(process, region);
  if (!isAlive(m, process)) return gone(`process ${process} is not running`);
  if (region >= REGIONS || !hasRegion(m, vma)) return gone(`process ${process} has no region ${region}`);
  const pages = m.vmaPages[vma]!;
  if (page >= pages)
    return gone(`region ${region} of process ${process} has ${count(pages)} pages, numbered from 0`);
  const pte = m.pte[m.vmaPte[vma]! + page]!;
  if (isPresent(pte)) return at(pte & PTE_VALUE);
  if (m.vmaKind[vma] === VMA_KIND.file) {
    const place = filePlace(m, m.vmaObject[vma]!, page);
    return place.pfn === null ? place : at(place.pfn, 'in the page cache, not mapped by this process');
  }
  if (pte === 0) return gone('not resident here: never touched, or let go');
  const slot = pte & PTE_VALUE;
  const cached = m.swapPage[slot]!;
  return cached === 0
    ? gone(`not resident here: swapped out to slot ${count(slot)}`)
    : at(cached - 1, `unmapped, still in the swap cache with slot ${count(slot)}`);
}
