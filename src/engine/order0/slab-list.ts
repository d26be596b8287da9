/**
 * The three slab lists of an order-0 cache, Linux 2.6.9 mm/slab.c struct kmem_list3: slabs_full, slabs_partial,
 * slabs_free. A slab is known by its number, pfn >> slabOrder; a cache by zone * 3 + class.
 */
import { NONE } from '../../base/units.ts';
import { CACHE_FIELDS, K, type Machine } from '../machine.ts';

/** `slabList` values. `isolated`: on no list, being emptied. */
export const LIST = { none: 0, partial: 1, full: 2, free: 3, isolated: 4 } as const;
export type SlabList = (typeof LIST)[keyof typeof LIST];

const HEAD = [0, K.partialHead, K.fullHead, K.freeHead];
const TAIL = [0, K.partialTail, K.fullTail, K.freeTail];
const COUNT = [0, K.partialSlabs, K.fullSlabs, K.freeSlabs];

/** One field of a cache. */
export function cacheField(m: Machine, cache: number, field: number): number {
  return m.cache[cache * CACHE_FIELDS + field]!;
}

/** Sets one field of a cache. */
export function setCacheField(m: Machine, cache: number, field: number, value: number): void {
  m.cache[cache * CACHE_FIELDS + field] = value;
}

/** Adds to one field of a cache. */
export function bumpCache(m: Machine, cache: number, field: number, by: number): void {
  const i = cache * CACHE_FIELDS + field;
  m.cache[i] = m.cache[i]! + by;
}

/** Puts a slab on a list, at its head or its tail. */
export function linkSlab(m: Machine, cache: number, slab: number, list: 1 | 2 | 3, atTail: boolean): void {
  const base = cache * CACHE_FIELDS;
  const head = base + HEAD[list]!;
  const tail = base + TAIL[list]!;
  m.slabList[slab] = list;
  if (atTail) {
    m.slabPrev[slab] = m.cache[tail]!;
    m.slabNext[slab] = NONE;
    if (m.cache[tail] === NONE) m.cache[head] = slab;
    else m.slabNext[m.cache[tail]!] = slab;
    m.cache[tail] = slab;
  } else {
    m.slabNext[slab] = m.cache[head]!;
    m.slabPrev[slab] = NONE;
    if (m.cache[head] === NONE) m.cache[tail] = slab;
    else m.slabPrev[m.cache[head]!] = slab;
    m.cache[head] = slab;
  }
  bumpCache(m, cache, COUNT[list]!, 1);
}

/** Takes a slab off its list; it is `isolated` until linked again. */
export function unlinkSlab(m: Machine, cache: number, slab: number): void {
  const list = m.slabList[slab]!;
  const base = cache * CACHE_FIELDS;
  const next = m.slabNext[slab]!;
  const prev = m.slabPrev[slab]!;
  if (prev === NONE) m.cache[base + HEAD[list]!] = next;
  else m.slabNext[prev] = next;
  if (next === NONE) m.cache[base + TAIL[list]!] = prev;
  else m.slabPrev[next] = prev;
  m.slabNext[slab] = NONE;
  m.slabPrev[slab] = NONE;
  m.slabList[slab] = LIST.isolated;
  bumpCache(m, cache, COUNT[list]!, -1);
}
