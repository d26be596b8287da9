/**
 * A machine's free lists and pageblocks by migratetype as pagetypeinfo's record: pagetypeinfo_showfree_print,
 * pagetypeinfo_showblockcount_print, pagetypeinfo_showmixedcount_print (mm/vmstat.c, mm/page_owner.c).
 */
import { PAGE } from '../../engine/frames.ts';
import { groupsByMobility } from '../../engine/list-types.ts';
import type { Machine } from '../../engine/machine.ts';
import { blockType, listIndex, migrateTypes } from '../../engine/mobility/types.ts';
import { zoneOf } from '../../engine/zone.ts';
import type { Era } from '../../kernel-text/era.ts';
import type { BlocksOfZone, FreeOfType, PagetypeinfoNode } from '../../kernel-text/pagetypeinfo.ts';
import { buddyinfoOf } from './free-lists.ts';

const TYPES: Readonly<Record<Era, readonly string[]>> = {
  '2.6.9': [],
  '2.6.24': ['Unmovable', 'Reclaimable', 'Movable', 'Reserve', '<NULL>'],
  '6.12': ['Unmovable', 'Movable', 'Reclaimable', 'HighAtomic', 'Isolate'],
};

/** HUGETLB_PAGE_ORDER of x86: the pageblock order where the policy has no pageblocks of its own. */
const PAGEBLOCK_ORDER = 9;

/**
 * The text of pagetypeinfo. A machine whose policy does not group pages by mobility prints what a kernel with
 * grouping switched off does: every block and every pageblock is Unmovable (set_pageblock_migratetype, 6.12).
 * The mixed pageblocks of 6.12, which page_owner=on tells of, come from what each page holds.
 */
export function pagetypeinfoOf(m: Machine, era: Exclude<Era, '2.6.9'>): PagetypeinfoNode {
  const types = [...TYPES[era]];
  if (!groupsByMobility(m.config)) return ungrouped(m, types);
  const { pageblockOrder } = m.config;
  return {
    pageblockOrder,
    pagesPerBlock: 1 << pageblockOrder,
    types,
    free: m.config.zones.flatMap((_, zone) => freeOfTypes(m, zone, types)),
    blocks: countBlocks(m, types, () => true),
    mixed: era === '6.12' ? countBlocks(m, types, (pfn) => isMixed(m, pfn)) : null,
  };
}

function freeOfTypes(m: Machine, zone: number, types: readonly string[]): FreeOfType[] {
  return types.map((type, t) => ({
    node: 0,
    zone: m.config.zones[zone]!.name,
    type,
    freeByOrder: Array.from({ length: m.config.maxOrder + 1 }, (_, order) =>
      // the fifth type, pages being isolated, has no list here
      t < 4 ? m.freeCount[listIndex(m, zone, t, order)]! : 0,
    ),
    capped: [],
  }));
}

/** Pageblocks by zone and type; a block belongs to the zone of its first page. */
function countBlocks(m: Machine, types: readonly string[], counts: (pfn: number) => boolean): BlocksOfZone[] {
  const rows = m.config.zones.map(({ name }) => ({ node: 0, zone: name, counts: types.map(() => 0) }));
  for (let pfn = 0; pfn < m.config.pages; pfn += 1 << m.config.pageblockOrder)
    if (counts(pfn)) rows[zoneOf(m.config, pfn)]!.counts[blockType(m, pfn)]!++;
  return rows;
}

/** Type of what a page holds, −1 for a page that nobody was given. */
function typeOfContent(m: Machine, pfn: number): number {
  const kind = m.kind[pfn]!;
  const types = migrateTypes(m.config);
  if (kind === PAGE.anon || kind === PAGE.file) return types.movable;
  if (kind === PAGE.objSlab) return types.reclaimable;
  return kind >= PAGE.kmalloc && kind <= PAGE.highOrder ? types.unmovable : -1;
}

/** Whether a pageblock holds a page of another type than its own. */
export function isMixed(m: Machine, first: number): boolean {
  const own = blockType(m, first);
  const end = Math.min(m.config.pages, first + (1 << m.config.pageblockOrder));
  for (let pfn = first; pfn < end; pfn++) {
    const type = typeOfContent(m, pfn);
    if (type >= 0 && type !== own) return true;
  }
  return false;
}

function ungrouped(m: Machine, types: string[]): PagetypeinfoNode {
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
