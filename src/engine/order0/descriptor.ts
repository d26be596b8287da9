/**
 * Where slab descriptors live. An order-0 slab has no room for its own, so each is an object of a general cache
 * (Linux 2.6.9 mm/slab.c alloc_slabmgmt, off-slab): 24 + 2 * objects bytes, rounded up to a power of two. Those
 * objects' pages are taken singly from buddy: they cannot come from order0-knoreclaim, which needs a descriptor
 * itself to grow ("ignoring bootstrap issues"). Pages of descriptors are a chain through `next`.
 */
import { ceilLog2 } from '../../base/bits.ts';
import { NONE, PAGE_BYTES, type ZoneIndex } from '../../base/units.ts';
import { buddyAlloc, buddyFree } from '../buddy.ts';
import { claimPages, wipePages } from '../claim.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { bump, type Machine } from '../machine.ts';
import { zoneOf } from '../zone.ts';

/** Bytes of one descriptor's object: 128 for the 32-page slabs of 2003. */
export function descriptorBytes(slabOrder: number): number {
  return 1 << ceilLog2(24 + 2 * (1 << slabOrder));
}

/** Descriptors that fit in one page (at least 1: beyond order 10 the real limit offslab_limit is lifted). */
export function descriptorsPerPage(slabOrder: number): number {
  return Math.max(1, Math.floor(PAGE_BYTES / descriptorBytes(slabOrder)));
}

/** Owner of descriptor pages in the page table: no process, no file. */
export const DESCRIPTOR_OWNER = 0xfffffffe;

/** Whether the pages there are hold one more descriptor. */
export function hasDescriptorRoom(m: Machine): boolean {
  return m.counters[C.slabsTotal]! < m.counters[C.descriptorPages]! * descriptorsPerPage(m.config.slabOrder);
}

/** Makes room for one more descriptor; false when the zone has no page for it. */
export function reserveDescriptor(m: Machine, zone: ZoneIndex): boolean {
  if (!hasDescriptorRoom(m)) {
    const pfn = buddyAlloc(m, zone, 0);
    if (pfn === NONE) return false;
    claimPages(m, pfn, 0, PAGE.kmalloc, DESCRIPTOR_OWNER, 0);
    const head = m.counters[C.descriptorHead]!;
    m.next[pfn] = head === 0 ? NONE : head - 1;
    m.counters[C.descriptorHead] = pfn + 1;
    bump(m, C.descriptorPages);
  }
  bump(m, C.slabsTotal);
  return true;
}

/** Gives one descriptor back; its page goes to buddy when a whole page of them is unused. */
export function releaseDescriptor(m: Machine): void {
  bump(m, C.slabsTotal, -1);
  const perPage = descriptorsPerPage(m.config.slabOrder);
  const needed = Math.ceil(m.counters[C.slabsTotal]! / perPage);
  // one page more than needed is kept, so that a slab that comes and goes does not take its page along
  if (m.counters[C.descriptorPages]! <= needed + 1) return;
  const pfn = m.counters[C.descriptorHead]! - 1;
  const next = m.next[pfn]!;
  m.counters[C.descriptorHead] = next === NONE ? 0 : next + 1;
  m.next[pfn] = NONE;
  bump(m, C.descriptorPages, -1);
  wipePages(m, pfn, 0, PAGE.free);
  buddyFree(m, zoneOf(m.config, pfn), pfn, 0);
}
