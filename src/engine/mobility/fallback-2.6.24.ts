/** Falling back to another migratetype in Linux 2.6.24 mm/page_alloc.c: __rmqueue_fallback, move_freepages_block. */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import type { Machine } from '../machine.ts';
import { noteFallback } from './note-fallback.ts';
import { cutToScale, largestTaken, moveFreePages, takeBlock } from './typed-buddy.ts';
import { blockType, listIndex, migrateTypes, setBlockType } from './types.ts';

/**
 * __rmqueue_fallback: the largest block of any other type. A large one, or one a RECLAIMABLE request meets, takes
 * the free pages of its pageblock along; with half a pageblock or more of them the pageblock changes its type.
 */
export function fallBack2624(m: Machine, zone: ZoneIndex, order: Order, type: number): Pfn {
  const { fallbacks, reclaimable } = migrateTypes(m.config);
  const { pageblockOrder } = m.config;
  for (let found = m.config.maxOrder; found >= order; found--) {
    for (const other of fallbacks[type]!) {
      const block = m.freeHead[listIndex(m, zone, other, found)]!;
      if (block === NONE) continue;
      const k = order > largestTaken(m) ? found : cutToScale(m, zone, block, found);
      const before = blockType(m, block);
      let remainder = other;
      if (k >= pageblockOrder >>> 1 || type === reclaimable) {
        const moved = moveBlock(m, zone, block, type);
        if (moved >= 1 << (pageblockOrder - 1)) setBlockType(m, block, type);
        remainder = type;
      }
      // equality only: a block of several pageblocks retypes the first of them, as 2.6.24 does
      if (k === pageblockOrder) setBlockType(m, block, type);
      const pfn = takeBlock(m, zone, block, k, order, remainder);
      noteFallback(m, pfn, order, k, type, other, before);
      return pfn;
    }
  }
  return NONE;
}

/** move_freepages_block: all free blocks of a page's pageblock to the lists of `type`; nothing where it leaves the zone. */
export function moveBlock(m: Machine, zone: ZoneIndex, pfn: Pfn, type: number): number {
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << m.config.pageblockOrder;
  const first = pfn - (pfn % size);
  if (first + size > end) return 0;
  return moveFreePages(m, zone, first < start ? pfn : first, first + size, type);
}
