/**
 * Taking blocks by migratetype in Linux 2.6.24 mm/page_alloc.c: __rmqueue, __rmqueue_fallback, move_freepages_block,
 * setup_zone_migrate_reserve (Mel Gorman, "Group pages of related mobility together", 2007).
 */
import { ceilDiv } from '../../base/bits.ts';
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { PAGE } from '../frames.ts';
import { type Machine, Z } from '../machine.ts';
import { zoneField } from '../zone.ts';
import { fallBack2624, moveBlock } from './fallback-2.6.24.ts';
import { fallBack612 } from './fallback-6.12.ts';
import { smallest } from './typed-buddy.ts';
import { blockType, migrateTypes, SET_ASIDE, setBlockType } from './types.ts';

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
