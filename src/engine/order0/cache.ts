/**
 * The order-0 page caches: Linux 2.6.9 mm/slab.c with objects of one page and slabs of 2^slabOrder pages, as the
 * proposal asks. kmem_cache_alloc, cache_alloc_refill, cache_grow, kmem_cache_free, cache_flusharray, free_block,
 * slab_destroy, drain_array_locked, kmem_cache_shrink.
 *
 * Objects in a per-CPU array count as in use and pin their slabs. A fresh slab's chain runs upward, a refill pops
 * from its end, so pages come out descending within each batch, as the kernel's do.
 */
import { NONE, type Pfn, type ZoneIndex } from '../../base/units.ts';
import { buddyAlloc, buddyFree, largestFreeOrder } from '../buddy.ts';
import { wipePages } from '../claim.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import type { CacheClass } from '../gfp.ts';
import { bump, K, type Machine, Z } from '../machine.ts';
import { countPerCpu, MEASURE, measure, PER_CPU } from '../measures.ts';
import { EV, emit } from '../trace-event.ts';
import { zoneField } from '../zone.ts';
import { hasDescriptorRoom, releaseDescriptor, reserveDescriptor } from './descriptor.ts';
import { bumpCache, cacheField, LIST, linkSlab, setCacheField, unlinkSlab } from './slab-list.ts';

/** Cache number of a zone and class. */
export function cacheIndex(zone: ZoneIndex, cls: CacheClass): number {
  return zone * 3 + cls;
}

/** Free objects a cache may keep before an emptied slab is destroyed: (1 + CPUs) * batchcount + objects a slab. */
export function freeLimit(m: Machine): number {
  return (1 + m.config.cpus) * m.config.arrays.batchcount + (1 << m.config.slabOrder);
}

/** Entries the shared array holds; a uniprocessor has none. */
export function sharedLimit(m: Machine): number {
  return m.config.cpus > 1 ? m.config.arrays.shared : 0;
}

function arrayOf(m: Machine, cache: number): number {
  return cache * m.config.cpus + m.cpu;
}

/**
 * Takes one page from the cache of `cls` in `zone`.
 *
 * @param mark watermark that must remain when the cache grows by a slab
 * @returns NONE when array, slabs and buddy have none
 */
export function cacheAlloc(m: Machine, zone: ZoneIndex, cls: CacheClass, mark: number): Pfn {
  const cache = cacheIndex(zone, cls);
  const array = arrayOf(m, cache);
  if (m.arrayCount[array] === 0) {
    if (!refillArray(m, cache) && !(growCache(m, zone, cls, mark) && refillArray(m, cache))) return NONE;
  } else {
    bump(m, C.arrayHits);
    countPerCpu(m, array, PER_CPU.hits);
  }
  m.arrayTouched[array] = 1;
  measure(m, MEASURE.arraySteps);
  const at = m.arrayCount[array]! - 1;
  m.arrayCount[array] = at;
  const slot = array * m.config.arrays.limit + at;
  const pfn = m.arrayEntries[slot]!;
  m.arrayEntries[slot] = 0;
  return pfn;
}

/** cache_alloc_refill without growth: from the shared array, else from partial and free slabs. */
function refillArray(m: Machine, cache: number): boolean {
  const array = arrayOf(m, cache);
  const { limit, batchcount } = m.config.arrays;
  let want = batchcount;
  if (!m.arrayTouched[array] && want > 16) want = 16;
  const shared = cacheField(m, cache, K.sharedCount);
  let moved = 0;
  if (shared > 0) {
    moved = Math.min(want, shared);
    const from = cache * Math.max(1, m.config.arrays.shared) + shared - moved;
    for (let i = 0; i < moved; i++) {
      m.arrayEntries[array * limit + i] = m.sharedEntries[from + i]!;
      m.sharedEntries[from + i] = 0;
    }
    setCacheField(m, cache, K.sharedCount, shared - moved);
    setCacheField(m, cache, K.sharedTouched, 1);
    bump(m, C.sharedHits);
    countPerCpu(m, array, PER_CPU.sharedHits);
  } else {
    while (moved < want) {
      const got = takeFromSlab(m, cache, array * limit + moved, want - moved);
      if (got === 0) break;
      moved += got;
    }
    bumpCache(m, cache, K.freeObjects, -moved);
  }
  m.arrayCount[array] = moved;
  if (moved === 0) return false;
  measure(m, MEASURE.arraySteps, moved);
  bump(m, C.arrayRefills);
  countPerCpu(m, array, PER_CPU.refills);
  countPerCpu(m, array, PER_CPU.pagesIn, moved);
  emit(m, EV.arrayRefill, 0, m.arrayEntries[array * limit]!, cache, moved);
  return true;
}

/**
 * Takes one free page of a partial slab, past the arrays, for a page that is moved there; NONE when there is none.
 * Slabs from `first` to `last` are passed over: they are being emptied.
 */
export function takeIdlePage(m: Machine, cache: number, first: number, last: number): Pfn {
  let slab = cacheField(m, cache, K.partialHead);
  while (slab !== NONE && slab >= first && slab <= last) slab = m.slabNext[slab]!;
  if (slab === NONE) return NONE;
  const pfn = m.slabFree[slab]!;
  const next = m.next[pfn]!;
  m.next[pfn] = NONE;
  m.slabFree[slab] = next;
  m.slabInUse[slab] = m.slabInUse[slab]! + 1;
  unlinkSlab(m, cache, slab);
  linkSlab(m, cache, slab, next === NONE ? LIST.full : LIST.partial, false);
  bumpCache(m, cache, K.freeObjects, -1);
  return pfn;
}

/** Moves up to `want` free pages of one slab to array entries from `at`; returns how many. */
function takeFromSlab(m: Machine, cache: number, at: number, want: number): number {
  let slab = cacheField(m, cache, K.partialHead);
  if (slab === NONE) {
    slab = cacheField(m, cache, K.freeHead);
    if (slab === NONE) return 0;
    setCacheField(m, cache, K.freeTouched, 1);
  }
  let got = 0;
  let pfn = m.slabFree[slab]!;
  while (got < want && pfn !== NONE) {
    const next = m.next[pfn]!;
    m.arrayEntries[at + got] = pfn;
    m.kind[pfn] = PAGE.slabParked;
    m.next[pfn] = NONE;
    got++;
    pfn = next;
  }
  m.slabFree[slab] = pfn;
  m.slabInUse[slab] = m.slabInUse[slab]! + got;
  unlinkSlab(m, cache, slab);
  linkSlab(m, cache, slab, pfn === NONE ? LIST.full : LIST.partial, false);
  return got;
}

/** Whether `cacheAlloc` would find a page on this CPU: in its array, the shared one or a slab, or by growing. */
export function cacheHasPage(m: Machine, zone: ZoneIndex, cls: CacheClass, mark: number): boolean {
  const cache = cacheIndex(zone, cls);
  const idle = cacheField(m, cache, K.freeObjects) + cacheField(m, cache, K.sharedCount);
  if (m.arrayCount[arrayOf(m, cache)]! + idle > 0) return true;
  const { slabOrder } = m.config;
  const free = zoneField(m, zone, Z.freePages);
  const pages = 1 << slabOrder;
  return (
    free >= mark + pages && largestFreeOrder(m, zone) >= slabOrder && (hasDescriptorRoom(m) || free > pages)
  );
}

/** cache_grow: one block of the slab order from the zone's buddy lists, then its descriptor. */
function growCache(m: Machine, zone: ZoneIndex, cls: CacheClass, mark: number): boolean {
  const order = m.config.slabOrder;
  const pages = 1 << order;
  const pfn = zoneField(m, zone, Z.freePages) < mark + pages ? NONE : buddyAlloc(m, zone, order);
  if (pfn === NONE || !reserveDescriptor(m, zone)) {
    if (pfn !== NONE) buddyFree(m, zone, pfn, order);
    bump(m, C.cacheGrowthsFailed);
    return false;
  }
  const cache = cacheIndex(zone, cls);
  const slab = pfn >>> order;
  for (let p = pfn; p < pfn + pages; p++) {
    m.kind[p] = PAGE.slabIdle;
    m.flags[p] = FLAG.inSlab;
    m.next[p] = p + 1 < pfn + pages ? p + 1 : NONE;
    m.prev[p] = NONE;
  }
  m.slabCache[slab] = cache + 1;
  m.slabInUse[slab] = 0;
  m.slabFree[slab] = pfn;
  linkSlab(m, cache, slab, LIST.free, true);
  bumpCache(m, cache, K.freeObjects, pages);
  bumpCache(m, cache, K.growths, 1);
  bump(m, C.cacheGrowths);
  emit(m, EV.cacheGrow, order, pfn, cache);
  return true;
}

/** kmem_cache_free: pushes a wiped slab page on the current CPU's array, flushing it first when full. */
export function cacheFree(m: Machine, pfn: Pfn): void {
  const cache = m.slabCache[pfn >>> m.config.slabOrder]! - 1;
  const array = arrayOf(m, cache);
  const { limit } = m.config.arrays;
  if (m.arrayCount[array] === limit) flushArray(m, cache, array);
  m.kind[pfn] = PAGE.slabParked;
  m.arrayEntries[array * limit + m.arrayCount[array]!] = pfn;
  m.arrayCount[array] = m.arrayCount[array]! + 1;
  measure(m, MEASURE.arraySteps);
}

/** cache_flusharray: the oldest batch goes to the shared array as far as it has room, else back to the slabs. */
function flushArray(m: Machine, cache: number, array: number): void {
  const { limit, batchcount, shared } = m.config.arrays;
  const have = cacheField(m, cache, K.sharedCount);
  const room = sharedLimit(m) - have;
  const base = array * limit;
  let n = batchcount;
  if (room > 0) {
    n = Math.min(n, room);
    m.sharedEntries.set(m.arrayEntries.subarray(base, base + n), cache * Math.max(1, shared) + have);
    setCacheField(m, cache, K.sharedCount, have + n);
  }
  const oldest = room > 0 ? [] : Array.from(m.arrayEntries.subarray(base, base + n));
  shiftOut(m, m.arrayEntries, base, m.arrayCount[array]!, n);
  m.arrayCount[array] = m.arrayCount[array]! - n;
  freeBlock(m, cache, oldest);
  bump(m, C.arrayFlushes);
  countPerCpu(m, array, PER_CPU.flushes);
  countPerCpu(m, array, PER_CPU.pagesOut, n);
  emit(m, EV.arrayFlush, 0, NONE, cache, n);
}

/** Drops the oldest `n` of `count` entries that begin at `base`; the freed end is zeroed. */
function shiftOut(m: Machine, entries: Uint32Array, base: number, count: number, n: number): void {
  measure(m, MEASURE.arraySteps, n);
  entries.copyWithin(base, base + n, base + count);
  entries.fill(0, base + count - n, base + count);
}

/** free_block: returns pages to their slabs; a slab that becomes empty stays while free_objects is within the limit. */
export function freeBlock(m: Machine, cache: number, pfns: readonly Pfn[]): void {
  bumpCache(m, cache, K.freeObjects, pfns.length);
  for (const pfn of pfns) {
    const slab = pfn >>> m.config.slabOrder;
    unlinkSlab(m, cache, slab);
    returnToSlab(m, slab, pfn);
    if (m.slabInUse[slab] !== 0) {
      linkSlab(m, cache, slab, LIST.partial, true);
    } else if (cacheField(m, cache, K.freeObjects) > freeLimit(m)) {
      bumpCache(m, cache, K.freeObjects, -(1 << m.config.slabOrder));
      destroySlab(m, cache, slab, false);
    } else {
      linkSlab(m, cache, slab, LIST.free, false);
    }
  }
}

/** Puts a page at the head of its slab's chain of free objects. */
export function returnToSlab(m: Machine, slab: number, pfn: Pfn): void {
  m.kind[pfn] = PAGE.slabIdle;
  m.next[pfn] = m.slabFree[slab]!;
  m.prev[pfn] = NONE;
  m.slabFree[slab] = pfn;
  m.slabInUse[slab] = m.slabInUse[slab]! - 1;
}

/**
 * slab_destroy: gives an empty, unlinked slab's pages back to buddy and its descriptor to its cache.
 * @param single page by page, to show every merge, instead of 2.6.9's one block
 */
export function destroySlab(m: Machine, cache: number, slab: number, single: boolean): void {
  const order = m.config.slabOrder;
  const pfn = slab << order;
  const zone = Math.floor(cache / 3);
  m.slabCache[slab] = 0;
  m.slabList[slab] = LIST.none;
  m.slabFree[slab] = NONE;
  for (let p = pfn; p < pfn + (1 << order); p++) {
    m.flags[p] = 0;
    m.next[p] = NONE;
  }
  wipePages(m, pfn, order, PAGE.free);
  if (single) for (let p = pfn; p < pfn + (1 << order); p++) buddyFree(m, zone, p, 0);
  else buddyFree(m, zone, pfn, order);
  releaseDescriptor(m);
  bump(m, C.slabsDestroyed);
  emit(m, EV.slabDestroy, order, pfn, cache);
}

/** Destroys up to `n` empty slabs of a cache from the head of its free list; returns how many. */
export function destroyFreeSlabs(m: Machine, cache: number, n: number): number {
  let freed = 0;
  while (freed < n) {
    const slab = cacheField(m, cache, K.freeHead);
    if (slab === NONE) break;
    unlinkSlab(m, cache, slab);
    bumpCache(m, cache, K.freeObjects, -(1 << m.config.slabOrder));
    destroySlab(m, cache, slab, false);
    freed++;
  }
  return freed;
}

/** drain_cpu_caches: returns every parked page of a cache, all CPUs' and the shared ones, to its slab. */
export function drainCache(m: Machine, cache: number): number {
  let drained = 0;
  for (let cpu = 0; cpu < m.config.cpus; cpu++) {
    const array = cache * m.config.cpus + cpu;
    drained += drainEntries(m, cache, array, m.arrayCount[array]!);
  }
  drained += drainShared(m, cache, cacheField(m, cache, K.sharedCount));
  if (drained > 0) emit(m, EV.arraysDrained, 0, NONE, cache, drained);
  return drained;
}

/** Returns the `n` oldest entries of a CPU's array to their slabs; how many. */
export function drainEntries(m: Machine, cache: number, array: number, n: number): number {
  if (n === 0) return 0;
  const base = array * m.config.arrays.limit;
  const oldest = Array.from(m.arrayEntries.subarray(base, base + n));
  shiftOut(m, m.arrayEntries, base, m.arrayCount[array]!, n);
  m.arrayCount[array] = m.arrayCount[array]! - n;
  freeBlock(m, cache, oldest);
  countPerCpu(m, array, PER_CPU.drains);
  countPerCpu(m, array, PER_CPU.pagesOut, n);
  return n;
}

/** Returns the `n` oldest entries of a cache's shared array to their slabs; how many. */
export function drainShared(m: Machine, cache: number, n: number): number {
  if (n === 0) return 0;
  const base = cache * Math.max(1, m.config.arrays.shared);
  const have = cacheField(m, cache, K.sharedCount);
  const oldest = Array.from(m.sharedEntries.subarray(base, base + n));
  shiftOut(m, m.sharedEntries, base, have, n);
  setCacheField(m, cache, K.sharedCount, have - n);
  freeBlock(m, cache, oldest);
  return n;
}

/** Destroys empty slabs while a cache holds more free objects than its limit; after each batch LRU reclaim frees. */
export function trimCaches(m: Machine): void {
  const pages = 1 << m.config.slabOrder;
  for (let cache = 0; cache < m.config.zones.length * 3; cache++) {
    const over = cacheField(m, cache, K.freeObjects) - freeLimit(m);
    if (over > 0) destroyFreeSlabs(m, cache, Math.ceil(over / pages));
  }
}

/** Pages idle in a cache's slabs plus those parked in its arrays: what an order-0 request can have without buddy. */
export function idlePages(m: Machine, zone: ZoneIndex, cls: CacheClass): number {
  const cache = cacheIndex(zone, cls);
  let n = cacheField(m, cache, K.freeObjects) + cacheField(m, cache, K.sharedCount);
  for (let cpu = 0; cpu < m.config.cpus; cpu++) n += m.arrayCount[cache * m.config.cpus + cpu]!;
  return n;
}
