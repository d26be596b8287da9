/**
 * HIGHATOMIC pageblocks of Linux 6.12 mm/page_alloc.c: reserve_highatomic_pageblock, unreserve_highatomic_pageblock.
 * The pageblock of a request above order 0 that may not wait and found the low mark failed is kept for its like, up to
 * a hundredth of the zone; it is given back before anybody is killed for memory.
 */
import { ceilDiv, idiv } from '../../base/bits.ts';
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { zoneField } from '../zone.ts';
import { addFree, delFree, moveFreePages } from './typed-buddy.ts';
import { blockType, groupingDisabled, listIndex, SET_ASIDE, setBlockType, setBlockTypes } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** A whole pageblock inside the zone: its first page, or −1. */
function blockInside(m: Machine, zone: ZoneIndex, pfn: Pfn): number {
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << m.config.pageblockOrder;
  const first = pfn - (pfn % size);
  return first >= start && first + size <= end ? first : -1;
}

/** Sets the pageblock of a block just taken aside; nothing in a zone of fewer than 100 pageblocks. */
export function reserveHighAtomic(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order): void {
  const size = 1 << m.config.pageblockOrder;
  const share = idiv(zoneField(m, zone, Z.managed), 100);
  const reserved = mobilityField(m, zone, M.highAtomic);
  if (share < size || reserved >= ceilDiv(share, size) * size || groupingDisabled(m.config)) return;
  if (blockType(m, pfn) === SET_ASIDE) return;
  if (order >= m.config.pageblockOrder) {
    setBlockTypes(m, pfn, order, SET_ASIDE);
    bump(m, C.highAtomicReserved, 1 << (order - m.config.pageblockOrder));
    setMobilityField(m, zone, M.highAtomic, reserved + (1 << order));
    return;
  }
  const first = blockInside(m, zone, pfn);
  if (first < 0) return;
  moveFreePages(m, zone, first, first + size, SET_ASIDE);
  setBlockType(m, first, SET_ASIDE);
  setMobilityField(m, zone, M.highAtomic, reserved + size);
  bump(m, C.highAtomicReserved);
}

/**
 * Gives one reserved pageblock that has a free block to the asker's type.
 * @param force the last pageblock of a zone too
 * @returns whether there was one
 */
export function unreserveHighAtomic(
  m: Machine,
  zones: readonly ZoneIndex[],
  type: number,
  force: boolean,
): boolean {
  const size = 1 << m.config.pageblockOrder;
  for (const zone of zones) {
    const reserved = mobilityField(m, zone, M.highAtomic);
    if (reserved === 0 || (!force && reserved <= size)) continue;
    for (let k = 0; k <= m.config.maxOrder; k++) {
      const pfn = m.freeHead[listIndex(m, zone, SET_ASIDE, k)]!;
      if (pfn === NONE) continue;
      setMobilityField(m, zone, M.highAtomic, reserved - Math.min(reserved, Math.max(size, 1 << k)));
      giveTo(m, zone, pfn, k, type);
      bump(m, C.highAtomicReturned, Math.max(1, (1 << k) / size));
      return true;
    }
  }
  return false;
}

function giveTo(m: Machine, zone: ZoneIndex, pfn: Pfn, order: Order, type: number): void {
  if (order >= m.config.pageblockOrder) {
    delFree(m, zone, pfn, order);
    setBlockTypes(m, pfn, order, type);
    addFree(m, zone, pfn, order, type, false);
    return;
  }
  const size = 1 << m.config.pageblockOrder;
  const first = pfn - (pfn % size);
  moveFreePages(m, zone, first, first + size, type);
  setBlockType(m, first, type);
}
