/** The three page caches of each zone, and the caches of kernel objects inside them. */
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { PAGE } from '../../engine/frames.ts';
import { CACHE_NAMES } from '../../engine/gfp.ts';
import { K, type Machine, O } from '../../engine/machine.ts';
import { objectField } from '../../engine/objects/object-slab.ts';
import { freeLimit } from '../../engine/order0/cache.ts';
import { cacheField } from '../../engine/order0/slab-list.ts';
import { hasSlabs, type Nothing, noSlabs } from './owner.ts';

/** A list of slabs: how many, and the first of them by list order. */
export interface SlabListReport {
  readonly slabs: number;
  readonly pfns: readonly Pfn[];
  /** Pages of each of them that are in use: neither idle nor parked in a per-CPU array. */
  readonly inUse: readonly number[];
}

export interface CacheReport {
  readonly cache: number;
  readonly name: string;
  readonly zone: string;
  readonly full: SlabListReport;
  readonly partial: SlabListReport;
  readonly free: SlabListReport;
  /** Pages by what they are: handed out, idle in slabs, parked in per-CPU arrays. */
  readonly inUse: number;
  readonly idle: number;
  readonly parked: number;
  /** Idle pages it may keep before an emptied slab is destroyed (free_limit). */
  readonly freeLimit: number;
  readonly growths: number;
  /** Whether the next cache_reap looks at its empty slabs, and whether it will spare them as just used. */
  readonly reapsNext: boolean;
  readonly freeTouched: boolean;
}

export interface ObjectCacheReport {
  readonly cache: number;
  readonly name: string;
  readonly objectsPerSlab: number;
  readonly slabs: number;
  readonly objects: number;
  /** Objects nobody refers to. */
  readonly unused: number;
  readonly shrinker: boolean;
  /** What its shrinker still owes (shrinker->nr): scanned in batches of 128. */
  readonly owed: number;
}

export interface CachesReport {
  readonly view: 'caches';
  readonly caches: readonly CacheReport[];
  readonly objectCaches: readonly ObjectCacheReport[];
}

/** Slabs listed of each list; counts are whole. */
const LISTED_SLABS = 256;

/** All caches, or that the policy has none. */
export function inspectCaches(m: Machine): CachesReport | Nothing {
  if (!hasSlabs(m)) return noSlabs(m);
  const pages = pagesByCache(m);
  return {
    view: 'caches',
    caches: pages.map((counts, cache) => ({ ...cacheReport(m, cache), ...counts })),
    objectCaches: m.config.objectCaches.map(({ name, objectsPerSlab, shrinker }, cache) => ({
      cache,
      name,
      objectsPerSlab,
      slabs: objectField(m, cache, O.slabs),
      objects: objectField(m, cache, O.inUse),
      unused: objectField(m, cache, O.unused),
      shrinker,
      owed: objectField(m, cache, O.shrinkNr),
    })),
  };
}

type PageCounts = Pick<CacheReport, 'inUse' | 'idle' | 'parked'>;

function cacheReport(m: Machine, cache: number): Omit<CacheReport, keyof PageCounts> {
  const list = (head: number, count: number): SlabListReport => {
    const pfns = slabPfns(m, cacheField(m, cache, head));
    return { slabs: cacheField(m, cache, count), pfns, inUse: pfns.map((pfn) => pagesInUse(m, pfn)) };
  };
  return {
    cache,
    name: CACHE_NAMES[cache % 3]!,
    zone: m.config.zones[Math.floor(cache / 3)]!.name,
    full: list(K.fullHead, K.fullSlabs),
    partial: list(K.partialHead, K.partialSlabs),
    free: list(K.freeHead, K.freeSlabs),
    freeLimit: freeLimit(m),
    growths: cacheField(m, cache, K.growths),
    reapsNext: cacheField(m, cache, K.reapNext) === 1,
    freeTouched: cacheField(m, cache, K.freeTouched) === 1,
  };
}

function slabPfns(m: Machine, head: number): Pfn[] {
  const pfns: Pfn[] = [];
  for (let slab = head; slab !== NONE && pfns.length < LISTED_SLABS; slab = m.slabNext[slab]!) {
    pfns.push(slab << m.config.slabOrder);
  }
  return pfns;
}

const isInUse = (kind: number | undefined) => kind !== PAGE.slabIdle && kind !== PAGE.slabParked;

function pagesInUse(m: Machine, slab: Pfn): number {
  let pages = 0;
  for (let pfn = slab; pfn < slab + (1 << m.config.slabOrder); pfn++) if (isInUse(m.kind[pfn])) pages++;
  return pages;
}

function pagesByCache(m: Machine): PageCounts[] {
  const counts = Array.from({ length: m.config.zones.length * 3 }, () => ({ inUse: 0, idle: 0, parked: 0 }));
  for (let pfn = 0; pfn < m.config.pages; pfn++) {
    const of = counts[m.slabCache[pfn >>> m.config.slabOrder]! - 1];
    if (!of) continue;
    if (m.kind[pfn] === PAGE.slabIdle) of.idle++;
    else if (m.kind[pfn] === PAGE.slabParked) of.parked++;
    else of.inUse++;
  }
  return counts;
}
