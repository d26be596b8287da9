/**
 * Falling back to another migratetype in Linux 6.12 mm/page_alloc.c: __rmqueue_fallback, find_suitable_fallback,
 * can_steal_fallback, steal_suitable_fallback (as of "mm: page_alloc: freelist migratetype hygiene", 6.10: a list
 * holds blocks of its own type's pageblocks alone).
 */
import { NONE, type Order, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { PAGE } from '../frames.ts';
import type { Machine } from '../machine.ts';
import { boostWatermark } from './marks-6.12.ts';
import { noteFallback } from './note-fallback.ts';
import { cutToScale, freeOrderOf, largestTaken, moveFreePages, smallest, takeBlock } from './typed-buddy.ts';
import {
  blockType,
  groupingDisabled,
  listIndex,
  migrateTypes,
  SET_ASIDE,
  setBlockType,
  setBlockTypes,
} from './types.ts';

/** can_steal_fallback: whether a block of that order may take its pageblock along, so that mixing ends there. */
export function canSteal(m: Machine, order: Order, type: number): boolean {
  const { pageblockOrder } = m.config;
  if (order >= pageblockOrder >>> 1) return true;
  return type !== migrateTypes(m.config).movable || groupingDisabled(m.config);
}

/** The first other type with a block of that order, −1 when none has one (find_suitable_fallback). */
export function fallbackType(m: Machine, zone: ZoneIndex, order: Order, type: number): number {
  for (const other of migrateTypes(m.config).fallbacks[type]!)
    if (m.freeHead[listIndex(m, zone, other, order)] !== NONE) return other;
  return -1;
}

/**
 * __rmqueue_fallback: the largest block of another type; a MOVABLE request that could not take a pageblock along takes
 * the smallest.
 * @param whole only whole pageblocks may be taken (ALLOC_NOFRAGMENT)
 */
export function fallBack612(m: Machine, zone: ZoneIndex, order: Order, type: number, whole: boolean): Pfn {
  const { maxOrder, pageblockOrder } = m.config;
  const lowest = whole ? Math.max(order, Math.min(pageblockOrder, maxOrder)) : order;
  for (let k = maxOrder; k >= lowest; k--) {
    const other = fallbackType(m, zone, k, type);
    if (other < 0) continue;
    const can = canSteal(m, k, type);
    if (can || k === order || type !== migrateTypes(m.config).movable)
      return take(m, zone, k, order, type, other, can);
    for (let small = order; small <= maxOrder; small++) {
      const from = fallbackType(m, zone, small, type);
      if (from >= 0) return take(m, zone, small, order, type, from, false);
    }
  }
  return NONE;
}

function take(
  m: Machine,
  zone: ZoneIndex,
  from: Order,
  order: Order,
  type: number,
  other: number,
  can: boolean,
): Pfn {
  const block = m.freeHead[listIndex(m, zone, other, from)]!;
  const before = blockType(m, block);
  const scaled = order > largestTaken(m) ? from : cutToScale(m, zone, block, from);
  const pfn = steal(m, zone, block, scaled, order, type, can);
  noteFallback(m, pfn, order, scaled, type, other, before);
  return pfn;
}

/**
 * steal_suitable_fallback. A whole pageblock becomes the asker's; a part of one does when at least half of the
 * pageblock is free or of a like kind, and the smallest fitting piece is then served; else the block alone is taken
 * and its remainder stays on its pageblock's lists.
 */
function steal(
  m: Machine,
  zone: ZoneIndex,
  block: Pfn,
  from: Order,
  order: Order,
  type: number,
  can: boolean,
): Pfn {
  const { pageblockOrder } = m.config;
  const home = blockType(m, block);
  if (home === SET_ASIDE && m.config.policy.name === 'mobility-compaction')
    return takeBlock(m, zone, block, from, order, home);
  if (from >= pageblockOrder) {
    setBlockTypes(m, block, from, type);
    return takeBlock(m, zone, block, from, order, type);
  }
  if (m.config.policy.name === 'mobility-compaction') boostWatermark(m, zone);
  const size = 1 << pageblockOrder;
  const first = block - (block % size);
  const { start, end } = m.config.zones[zone]!;
  const whole = can && first >= start && first + size <= end;
  if (!whole || !isMostlyAlike(m, first, home, type)) return takeBlock(m, zone, block, from, order, home);
  moveFreePages(m, zone, first, first + size, type);
  setBlockType(m, block, type);
  return smallest(m, zone, order, type);
}

/** Whether half of a pageblock is free or holds pages that suit the type (try_to_claim_block in later versions). */
function isMostlyAlike(m: Machine, first: Pfn, home: number, type: number): boolean {
  if (groupingDisabled(m.config)) return true;
  const size = 1 << m.config.pageblockOrder;
  let free = 0;
  let movable = 0;
  for (let pfn = first; pfn < first + size; ) {
    const order = freeOrderOf(m, pfn);
    if (order >= 0) {
      free += 1 << order;
      pfn += 1 << order;
      continue;
    }
    // every page of a folio counts, though its head alone is on the LRU
    if (m.kind[pfn] === PAGE.anon || m.kind[pfn] === PAGE.file) movable++;
    pfn++;
  }
  const types = migrateTypes(m.config);
  const alike = type === types.movable ? movable : home === types.movable ? size - free - movable : 0;
  return free + alike >= size >>> 1;
}
