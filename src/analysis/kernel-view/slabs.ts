/**
 * A machine's slab caches as rows of slabinfo, newest cache first as the kernel lists them: object caches, then the
 * proposal's three page caches over all zones, then the general cache of their descriptors.
 */
import { idiv } from '../../base/bits.ts';
import { PAGE_BYTES } from '../../base/units.ts';
import { C } from '../../engine/counters.ts';
import { CACHE_NAMES } from '../../engine/gfp.ts';
import { K, type Machine, O } from '../../engine/machine.ts';
import { objectField } from '../../engine/objects/object-slab.ts';
import { sharedLimit } from '../../engine/order0/cache.ts';
import { descriptorBytes, descriptorsPerPage } from '../../engine/order0/descriptor.ts';
import { cacheField } from '../../engine/order0/slab-list.ts';
import type { Era } from '../../kernel-text/era.ts';
import type { SlabinfoCache, SlabinfoText } from '../../kernel-text/slabinfo.ts';

/** The text of slabinfo: version 2.0 in 2.6.9, 2.1 later. */
export function slabinfoOf(m: Machine, era: Era): SlabinfoText {
  const objects = m.config.objectCaches.map((_, cache) => objectCacheRow(m, cache)).reverse();
  const order0 = m.config.policy.name === 'order0-slab' ? [...order0Rows(m).reverse(), descriptorRow(m)] : [];
  return {
    version: era === '2.6.9' ? '2.0' : '2.1',
    statistics: false,
    header: true,
    caches: [...objects, ...order0],
  };
}

const NO_ARRAYS = { limit: 0, batchcount: 0, sharedFactor: 0, sharedAvail: 0, statistics: '' };

/**
 * order0-user, order0-kreclaim, order0-knoreclaim: an object is one page. Objects in per-CPU and shared arrays are
 * in use to their slab, and are counted so (s_show, mm/slab.c).
 */
function order0Rows(m: Machine): SlabinfoCache[] {
  const pages = 1 << m.config.slabOrder;
  const { limit, batchcount } = m.config.arrays;
  const active = activeObjects(m);
  return CACHE_NAMES.map((name, cls) => {
    const sum = (field: number): number =>
      m.config.zones.reduce((total, _, zone) => total + cacheField(m, zone * 3 + cls, field), 0);
    const activeSlabs = sum(K.fullSlabs) + sum(K.partialSlabs);
    const numSlabs = activeSlabs + sum(K.freeSlabs);
    return {
      name,
      activeObjs: active[cls]!,
      numObjs: numSlabs * pages,
      objSize: PAGE_BYTES,
      objPerSlab: pages,
      pagesPerSlab: pages,
      limit,
      batchcount,
      sharedFactor: batchcount === 0 ? 0 : idiv(sharedLimit(m), batchcount),
      activeSlabs,
      numSlabs,
      sharedAvail: sum(K.sharedCount),
      statistics: '',
    };
  });
}

function activeObjects(m: Machine): [number, number, number] {
  const active: [number, number, number] = [0, 0, 0];
  m.slabCache.forEach((cache, slab) => {
    if (cache !== 0) active[((cache - 1) % 3) as 0 | 1 | 2] += m.slabInUse[slab]!;
  });
  return active;
}

/** Bytes of `struct slab` at the start of an on-slab page, and of each object's link (2.6.9, i386). */
const SLAB_STRUCT = 24;
const LINK = 2;
const ALIGN = 8;

/**
 * The machine knows how many objects a slab holds, not their size: printed is the largest size of which that many fit
 * one page. Object caches keep no per-CPU arrays here, so their tunables are 0 as SLUB prints them.
 */
function objectCacheRow(m: Machine, cache: number): SlabinfoCache {
  const { name, objectsPerSlab } = m.config.objectCaches[cache]!;
  const slabs = objectField(m, cache, O.slabs);
  const room = idiv(PAGE_BYTES - SLAB_STRUCT, objectsPerSlab) - LINK;
  return {
    name,
    activeObjs: objectField(m, cache, O.inUse),
    numObjs: slabs * objectsPerSlab,
    objSize: Math.max(ALIGN, room - (room % ALIGN)),
    objPerSlab: objectsPerSlab,
    pagesPerSlab: 1,
    activeSlabs: slabs,
    numSlabs: slabs,
    ...NO_ARRAYS,
  };
}

/** The general cache that the off-slab descriptors of the three page caches come from. */
function descriptorRow(m: Machine): SlabinfoCache {
  const bytes = descriptorBytes(m.config.slabOrder);
  const perPage = descriptorsPerPage(m.config.slabOrder);
  const inUse = m.counters[C.slabsTotal]!;
  const pages = m.counters[C.descriptorPages]!;
  return {
    name: `size-${bytes}`,
    activeObjs: inUse,
    numObjs: pages * perPage,
    objSize: bytes,
    objPerSlab: perPage,
    pagesPerSlab: 1,
    activeSlabs: Math.ceil(inUse / perPage),
    numSlabs: pages,
    ...NO_ARRAYS,
  };
}
