/** A machine's free lists as the records of buddyinfo, pagetypeinfo and the two indices. */
import { freeByOrder } from '../../engine/buddy.ts';
import type { Machine } from '../../engine/machine.ts';
import type { BuddyinfoZone } from '../../kernel-text/buddyinfo.ts';
import type { Era } from '../../kernel-text/era.ts';
import type { IndexZone } from '../../kernel-text/index-rows.ts';
import type { PagetypeinfoNode } from '../../kernel-text/pagetypeinfo.ts';
import { fragmentationIndex, unusableIndex } from '../indices.ts';

/** Rows of buddyinfo; the machine has one node. */
export function buddyinfoOf(m: Machine): BuddyinfoZone[] {
  return m.config.zones.map(({ name }, zone) => ({ node: 0, zone: name, freeByOrder: freeByOrder(m, zone) }));
}

/** Rows of extfrag_index. */
export function extfragIndexOf(m: Machine): IndexZone[] {
  return indexRows(m, fragmentationIndex);
}

/** Rows of unusable_index. */
export function unusableIndexOf(m: Machine): IndexZone[] {
  return indexRows(m, unusableIndex);
}

function indexRows(m: Machine, index: (freeByOrder: readonly number[]) => number[]): IndexZone[] {
  return buddyinfoOf(m).map((row) => ({ node: row.node, zone: row.zone, index: index(row.freeByOrder) }));
}

const TYPES: Readonly<Record<Era, readonly string[]>> = {
  '2.6.9': [],
  '2.6.24': ['Unmovable', 'Reclaimable', 'Movable', 'Reserve', '<NULL>'],
  '6.12': ['Unmovable', 'Movable', 'Reclaimable', 'HighAtomic', 'Isolate'],
};

/** HUGETLB_PAGE_ORDER of x86. */
const PAGEBLOCK_ORDER = 9;

/**
 * The text of pagetypeinfo. A machine whose policy does not group pages by mobility prints what a kernel with
 * grouping switched off does: every block and every pageblock is Unmovable (set_pageblock_migratetype, 6.12).
 */
export function pagetypeinfoOf(m: Machine, era: Exclude<Era, '2.6.9'>): PagetypeinfoNode {
  const types = [...TYPES[era]];
  const order = Math.min(PAGEBLOCK_ORDER, m.config.maxOrder);
  const free = buddyinfoOf(m).flatMap(({ node, zone, freeByOrder }) =>
    types.map((type, t) => ({
      node,
      zone,
      type,
      freeByOrder: t === 0 ? freeByOrder : freeByOrder.map(() => 0),
      capped: [],
    })),
  );
  const blocks = m.config.zones.map(({ name, start, end }) => ({
    node: 0,
    zone: name,
    counts: types.map((_, t) => (t === 0 ? Math.ceil((end - start) / (1 << order)) : 0)),
  }));
  return { pageblockOrder: order, pagesPerBlock: 1 << order, types, free, blocks, mixed: null };
}
