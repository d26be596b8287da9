/**
 * Taking blocks by migratetype in Linux 2.6.24 mm/page_alloc.c: __rmqueue, __rmqueue_fallback, move_freepages_block,
 * setup_zone_migrate_reserve (Mel Gorman, "Group pages of related mobility together", 2007).
 */
import { ceilDiv } from '../../base/bits.ts';
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import { fallBack612 } from './rmqueue-6.12.ts';
import { cutToScale, largestTaken, moveFreePages, smallest, takeBlock } from './typed-buddy.ts';
import { blockType, listIndex, migrateTypes, SET_ASIDE, setBlockType } from './types.ts';

/**
 * Takes 2^order pages for a type: from its own lists, else from another type's largest block, else from the blocks
 * set aside. NONE when the zone has no such block.
 */
export function rmqueue2624(m: Machine, zone: ZoneIndex, order: Order, type: number): Pfn {
  const own = smallest(m, zone, order, type);
  if (own !== NONE) return own;
  const stolen =
    m.config.policy.fallback === 'linux-6.12'
      ? fallBack612(m, zone, order, type, false)
      : fallBack2624(m, zone, order, type);
  return stolen !== NONE ? stolen : smallest(m, zone, order, SET_ASIDE);
}

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

/**
 * Books a request that was served from another type's lists (mm_page_alloc_extfrag).
 * @param before type of the pageblock before the request
 */
export function noteFallback(
  m: Machine,
  pfn: Pfn,
  order: Order,
  from: Order,
  type: number,
  other: number,
  before: number,
): void {
  const claimed = before !== type && blockType(m, pfn) === type;
  bump(m, C.pageblockSteals);
  if (claimed) bump(m, C.pageblockClaims);
  emit(m, EV.extfrag, order, pfn, from, type * 16 + other + (claimed ? 256 : 0));
}

/** move_freepages_block: all free blocks of a page's pageblock to the lists of `type`; nothing where it leaves the zone. */
export function moveBlock(m: Machine, zone: ZoneIndex, pfn: Pfn, type: number): number {
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << m.config.pageblockOrder;
  const first = pfn - (pfn % size);
  if (first + size > end) return 0;
  return moveFreePages(m, zone, first < start ? pfn : first, first + size, type);
}

/**
 * setup_zone_migrate_reserve: as many pageblocks as the min mark needs, the lowest MOVABLE ones whose first page can
 * become free, are set aside for requests that would fail otherwise.
 */
export function reserveBlocks(m: Machine, zone: ZoneIndex): void {
  const { start, end } = m.config.zones[zone]!;
  const size = 1 << m.config.pageblockOrder;
  const { movable } = migrateTypes(m.config);
  let left = ceilDiv(zoneField(m, zone, Z.min), size);
  for (let pfn = start; pfn < end && left > 0; pfn += size) {
    const kind = m.kind[pfn];
    if (kind === PAGE.boot || kind === PAGE.hole || blockType(m, pfn) !== movable) continue;
    setBlockType(m, pfn, SET_ASIDE);
    moveBlock(m, zone, pfn, SET_ASIDE);
    left--;
  }
}
