/**
 * Migratetypes and pageblocks, Linux 2.6.24 and 6.12 include/linux/mmzone.h and mm/page_alloc.c: gfp_migratetype
 * (allocflags_to_migratetype in 2.6.24), get_pageblock_migratetype, page_group_by_mobility_disabled.
 *
 * The numbers are each version's own, as its texts and traces print them: 2.6.24 has RECLAIMABLE before MOVABLE,
 * 6.12 after. In both 0 is UNMOVABLE, and 3 is set aside: RESERVE in 2.6.24, HIGHATOMIC in 6.12.
 */
import type { Pfn } from '../../base/units.ts';
import type { MachineConfig } from '../config.ts';
import { GFP } from '../gfp.ts';
import type { Machine } from '../machine.ts';

export interface MigrateTypes {
  /** As pagetypeinfo names them, by number. */
  readonly names: readonly string[];
  readonly unmovable: 0;
  readonly movable: number;
  readonly reclaimable: number;
  /** Where a type looks when its own lists are empty, in turn. */
  readonly fallbacks: readonly (readonly number[])[];
}

/** RESERVE of 2.6.24, HIGHATOMIC of 6.12. */
export const SET_ASIDE = 3;

const OLD: MigrateTypes = {
  names: ['Unmovable', 'Reclaimable', 'Movable', 'Reserve'],
  unmovable: 0,
  reclaimable: 1,
  movable: 2,
  fallbacks: [
    [1, 2],
    [0, 2],
    [1, 0],
  ],
};

const TODAY: MigrateTypes = {
  names: ['Unmovable', 'Movable', 'Reclaimable', 'HighAtomic'],
  unmovable: 0,
  movable: 1,
  reclaimable: 2,
  fallbacks: [
    [2, 1],
    [2, 0],
    [0, 1],
  ],
};

/** The types of the machine's policy. */
export function migrateTypes(config: MachineConfig): MigrateTypes {
  return config.policy.name === 'mobility-lumpy' ? OLD : TODAY;
}

/** MIGRATE_TYPES of the kernel, with ISOLATE: the test that switches grouping off counts it. */
const KERNEL_TYPES = 5;

/**
 * page_group_by_mobility_disabled: a machine with fewer pages than one pageblock of every type does not group; all
 * requests and all pageblocks are then UNMOVABLE (build_all_zonelists, same test in both versions).
 */
export function groupingDisabled(config: MachineConfig): boolean {
  return config.pages < KERNEL_TYPES << config.pageblockOrder;
}

/** Type of a request: what its caller says of the page, __GFP_MOVABLE or __GFP_RECLAIMABLE, else UNMOVABLE. */
export function migratetypeOf(config: MachineConfig, gfp: number): number {
  if (!(gfp & (GFP.movable | GFP.reclaimable)) || groupingDisabled(config)) return 0;
  const types = migrateTypes(config);
  return gfp & GFP.movable ? types.movable : types.reclaimable;
}

/** Bits of `pageblockType` that hold the type. */
export const TYPE_MASK = 0x07;
/** The pageblock skip hint: nothing could be isolated when compaction last scanned the block to its end. */
export const SKIP_BIT = 0x80;

/** get_pageblock_migratetype: type of the pageblock a page lies in. */
export function blockType(m: Machine, pfn: Pfn): number {
  return m.pageblockType[pfn >>> m.config.pageblockOrder]! & TYPE_MASK;
}

/** set_pageblock_migratetype; without grouping every block stays UNMOVABLE. */
export function setBlockType(m: Machine, pfn: Pfn, type: number): void {
  if (groupingDisabled(m.config)) return;
  const block = pfn >>> m.config.pageblockOrder;
  m.pageblockType[block] = (m.pageblockType[block]! & ~TYPE_MASK) | type;
}

/** Sets the type of all pageblocks that 2^order pages cover, at least the one they lie in (change_pageblock_range). */
export function setBlockTypes(m: Machine, pfn: Pfn, order: number, type: number): void {
  const step = 1 << m.config.pageblockOrder;
  const end = pfn + (1 << order);
  for (let p = pfn; p < end; p += step) setBlockType(m, p, type);
}

/** Place of the list of one type and order among a machine's free lists. */
export function listIndex(m: Machine, zone: number, type: number, order: number): number {
  return (zone * 4 + type) * (m.config.maxOrder + 1) + order;
}
