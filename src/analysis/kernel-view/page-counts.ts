/** One pass over the page frames, counted as the kernel's per-zone counters are. */
import { FLAG, PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { DESCRIPTOR_OWNER } from '../../engine/order0/descriptor.ts';
import { folioHead } from '../../engine/user/folio.ts';

/** Pages of one zone. */
export interface PageCounts {
  readonly inactiveAnon: number;
  readonly activeAnon: number;
  readonly inactiveFile: number;
  readonly activeFile: number;
  readonly anon: number;
  readonly file: number;
  /** Mapped by at least one process. */
  readonly mapped: number;
  /** File pages that differ from their file; swap cache is not accounted. */
  readonly dirty: number;
  readonly writeback: number;
  readonly swapCache: number;
  readonly pageTables: number;
  readonly stacks: number;
  /** Frames of slabs whose cache can be told to shrink: order0-user, order0-kreclaim, object caches with a shrinker. */
  readonly slabReclaimable: number;
  /** Frames of all other slabs, those of slab descriptors included. */
  readonly slabUnreclaimable: number;
}

type Counting = { -readonly [key in keyof PageCounts]: PageCounts[key] };

const NOTHING: PageCounts = {
  inactiveAnon: 0,
  activeAnon: 0,
  inactiveFile: 0,
  activeFile: 0,
  anon: 0,
  file: 0,
  mapped: 0,
  dirty: 0,
  writeback: 0,
  swapCache: 0,
  pageTables: 0,
  stacks: 0,
  slabReclaimable: 0,
  slabUnreclaimable: 0,
};

const KNORECLAIM = 2;

/** Counts by zone. A frame that is in a slab of a slab (an object slab on an order-0 cache's page) counts once. */
export function countPages(m: Machine): PageCounts[] {
  return m.config.zones.map(({ start, end }) => {
    const counts: Counting = { ...NOTHING };
    for (let pfn = start; pfn < end; pfn++) countPage(m, pfn, counts);
    return counts;
  });
}

/** All zones together. */
export function sumCounts(zones: readonly PageCounts[]): PageCounts {
  const sum: Counting = { ...NOTHING };
  for (const zone of zones) {
    for (const key of Object.keys(sum) as (keyof PageCounts)[]) sum[key] += zone[key];
  }
  return sum;
}

function countPage(m: Machine, pfn: number, counts: Counting): void {
  const kind = m.kind[pfn]!;
  const flags = m.flags[pfn]!;
  if (flags & FLAG.inSlab)
    countSlabPage((m.slabCache[pfn >>> m.config.slabOrder]! - 1) % 3 !== KNORECLAIM, counts);
  else if (kind === PAGE.objSlab)
    countSlabPage(m.config.objectCaches[m.owner[pfn]!]?.shrinker === true, counts);
  else if (kind === PAGE.kmalloc && m.owner[pfn] === DESCRIPTOR_OWNER) counts.slabUnreclaimable++;
  if (flags & FLAG.writeback) counts.writeback++;
  if (kind === PAGE.anon || kind === PAGE.file) countUserPage(m, pfn, counts);
  else if (kind === PAGE.pageTable) counts.pageTables++;
  else if (kind === PAGE.stack) counts.stacks++;
}

function countSlabPage(reclaimable: boolean, counts: Counting): void {
  if (reclaimable) counts.slabReclaimable++;
  else counts.slabUnreclaimable++;
}

function countUserPage(m: Machine, pfn: number, counts: Counting): void {
  const flags = m.flags[pfn]!;
  const anon = m.kind[pfn] === PAGE.anon;
  if (anon) counts.anon++;
  else counts.file++;
  if (m.mapcount[pfn]! > 0) counts.mapped++;
  if (flags & FLAG.swapCache) counts.swapCache++;
  if (!anon && flags & FLAG.dirty) counts.dirty++;
  const onLru = m.flags[folioHead(m, pfn)]!;
  if (!(onLru & FLAG.lru)) return;
  const active = (onLru & FLAG.active) !== 0;
  if (anon) counts[active ? 'activeAnon' : 'inactiveAnon']++;
  else counts[active ? 'activeFile' : 'inactiveFile']++;
}
