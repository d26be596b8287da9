/** Everything about one page frame. */
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { FLAG, PAGE, PAGE_NAMES } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { liveObjects } from '../../engine/objects/object-slab.ts';
import { folioHead } from '../../engine/user/folio.ts';
import { zoneOf } from '../../engine/zone.ts';
import { kindWords } from '../narration/words.ts';
import { allocatedBlockOf, freeBlockOf } from './block.ts';
import { letterOf, lookOf } from './look.ts';
import { type LruPlace, lruPlaceOf, type Mapping, mappingsOf, slotOf } from './mappings.ts';
import { type Reclaimable, reclaimableOf } from './obstacles.ts';
import { contentWords, type Owner, ownerOf } from './owner.ts';
import { type ParkedPlace, parkedPlaces, pcpPfns } from './parked.ts';
import { type PoolRef, poolRefOf } from './pools.ts';
import { type SlabRef, slabRefOf } from './slab.ts';

/** Head and order of a buddy block. */
export interface BlockRef {
  readonly pfn: Pfn;
  readonly order: number;
}

/** What only pages of this kind have. */
export type PageContent =
  /** `block` is null only inside an operation, while the page is being handed over. */
  | { readonly kind: 'free'; readonly block: BlockRef | null }
  | {
      readonly kind: 'pcp';
      readonly list: {
        readonly cpu: number;
        readonly cold: boolean;
        readonly place: number;
        readonly of: number;
      } | null;
    }
  /** `chain`: place in its slab's chain of free objects, 1 = handed out next. */
  | { readonly kind: 'slabIdle'; readonly chain: { readonly place: number; readonly of: number } | null }
  | { readonly kind: 'slabParked'; readonly array: ParkedPlace | null }
  | {
      readonly kind: 'anon';
      readonly mappings: readonly Mapping[];
      readonly lru: LruPlace | null;
      /** Slot that holds its copy while it is in the swap cache. */
      readonly swapSlot: number | null;
    }
  | {
      readonly kind: 'file';
      readonly mappings: readonly Mapping[];
      /** Place of its folio. */
      readonly lru: LruPlace | null;
      /** The folio it is part of; null for a single page. */
      readonly block: BlockRef | null;
    }
  | {
      readonly kind: 'objSlab';
      readonly cache: number;
      readonly name: string;
      readonly objects: number;
      readonly live: number;
      readonly places: number;
    }
  | {
      readonly kind: 'kmalloc' | 'pageTable' | 'stack' | 'vmalloc' | 'highOrder';
      /** The allocated block it is part of; null for a single page. */
      readonly block: BlockRef | null;
    }
  | { readonly kind: 'boot' | 'hole' | 'unknown' };

export type PageReport = PageContent & {
  readonly view: 'page';
  readonly pfn: Pfn;
  readonly zone: string;
  /** The byte the grid draws, and its letter. */
  readonly look: number;
  readonly letter: string;
  /** "a file page". */
  readonly what: string;
  readonly owner: Owner | null;
  /** "file 3 page 41"; the kind where it has no owner. */
  readonly ownerText: string;
  /** Page flags by Linux's names. */
  readonly flags: readonly string[];
  /** Taken singly from buddy because no slab could be had. */
  readonly stranded: boolean;
  readonly mapcount: number;
  /** References that are no mappings. */
  readonly pins: number;
  /** Step of the last touch and of the allocation; null where nobody has the page. */
  readonly lastTouch: number | null;
  readonly allocStep: number | null;
  readonly slab: SlabRef | null;
  /** The mempool it is an element of. */
  readonly pool: PoolRef | null;
  readonly reclaim: Reclaimable;
};

/** Flag bits as include/linux/page-flags.h (2.6.9) names them. */
const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [FLAG.referenced, 'PG_referenced'],
  [FLAG.dirty, 'PG_dirty'],
  [FLAG.lru, 'PG_lru'],
  [FLAG.active, 'PG_active'],
  [FLAG.writeback, 'PG_writeback'],
  [FLAG.swapCache, 'PG_swapcache'],
  [FLAG.reclaim, 'PG_reclaim'],
];

/** The report of one page frame. `pfn` must lie in the machine. */
export function inspectPage(m: Machine, pfn: Pfn): PageReport {
  const content = contentOf(m, pfn);
  const used = isUsed(content.kind);
  const look = lookOf(m, pfn);
  return {
    view: 'page',
    pfn,
    ...content,
    zone: m.config.zones[zoneOf(m.config, pfn)]!.name,
    look,
    letter: letterOf(look),
    what: kindWords(m.kind[pfn]!),
    owner: ownerOf(m, pfn),
    ownerText: contentWords(m, pfn),
    flags: flagNames(m, pfn),
    stranded: (m.flags[pfn]! & FLAG.stranded) !== 0,
    mapcount: m.mapcount[pfn]!,
    pins: m.pins[pfn]!,
    lastTouch: used ? m.lastTouch[pfn]! : null,
    allocStep: used ? m.allocOp[pfn]! : null,
    slab: slabRefOf(m, pfn),
    pool: poolRefOf(m, pfn),
    reclaim: reclaimableOf(m, pfn),
  };
}

function isUsed(kind: PageContent['kind']): boolean {
  return !['free', 'pcp', 'slabIdle', 'slabParked', 'boot', 'hole'].includes(kind);
}

function flagNames(m: Machine, pfn: Pfn): string[] {
  const names = FLAG_NAMES.filter(([bit]) => m.flags[pfn]! & bit).map(([, name]) => name);
  if (m.kind[pfn] === PAGE.boot) names.push('PG_reserved');
  if (m.kind[pfn] === PAGE.objSlab) names.push('PG_slab');
  return names;
}

function contentOf(m: Machine, pfn: Pfn): PageContent {
  const kind = PAGE_NAMES[m.kind[pfn]!]!;
  switch (kind) {
    case 'free':
      return { kind, block: freeBlockOf(m, pfn) };
    case 'pcp':
      return { kind, list: pcpPlace(m, pfn) };
    case 'slabIdle':
      return { kind, chain: chainPlace(m, pfn) };
    case 'slabParked': {
      const cache = m.slabCache[pfn >>> m.config.slabOrder]! - 1;
      return { kind, array: parkedPlaces(m, cache).get(pfn) ?? null };
    }
    case 'anon':
      return { kind, mappings: mappingsOf(m, pfn), lru: lruPlaceOf(m, pfn), swapSlot: slotOf(m, pfn) };
    case 'file':
      return {
        kind,
        mappings: mappingsOf(m, pfn),
        lru: lruPlaceOf(m, folioHead(m, pfn)),
        block: allocatedBlockOf(m, pfn),
      };
    case 'objSlab':
      return objectContent(m, pfn);
    case 'boot':
    case 'hole':
    case 'unknown':
      return { kind };
    default:
      return { kind, block: allocatedBlockOf(m, pfn) };
  }
}

function objectContent(m: Machine, pfn: Pfn): PageContent {
  const cache = m.owner[pfn]!;
  const { name, objectsPerSlab } = m.config.objectCaches[cache]!;
  return {
    kind: 'objSlab',
    cache,
    name,
    objects: m.objSlabInUse[m.index[pfn]!]!,
    live: liveObjects(m, pfn),
    places: objectsPerSlab,
  };
}

function pcpPlace(m: Machine, pfn: Pfn): Extract<PageContent, { kind: 'pcp' }>['list'] {
  const zone = zoneOf(m.config, pfn);
  for (let cpu = 0; cpu < m.config.cpus; cpu++) {
    for (const cold of [false, true]) {
      const pfns = pcpPfns(m, zone, cpu, cold);
      const at = pfns.indexOf(pfn);
      if (at >= 0) return { cpu, cold, place: at + 1, of: pfns.length };
    }
  }
  return null;
}

function chainPlace(m: Machine, pfn: Pfn): { place: number; of: number } | null {
  let of = 0;
  let place = 0;
  for (let p = m.slabFree[pfn >>> m.config.slabOrder]!; p !== NONE; p = m.next[p]!) {
    of++;
    if (p === pfn) place = of;
  }
  return place === 0 ? null : { place, of };
}
