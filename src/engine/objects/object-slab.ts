/**
 * Kernel objects (dentries, inodes) in one-page object slabs on order0-kreclaim pages: the inner level of the
 * proposal's nesting. Here: rows, lists and the extended shrinker. Linux 2.6.9 fs/dcache.c (dentry_unused, prune_dcache) and
 * mm/slab.c; an object slab is given back as soon as it is empty, and object caches keep no per-CPU arrays.
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { hintUnseen } from '../hints.ts';
import { bump, type Machine, O, OBJECT_CACHE_FIELDS } from '../machine.ts';
import { giveRange } from '../range-pool.ts';
import { EV, emit } from '../trace-event.ts';

/** Places an object slab's row has in `objSlabObject`: the largest any cache needs. */
export function rowStride(m: Machine): number {
  return m.config.objectCaches.reduce((most, cache) => Math.max(most, cache.objectsPerSlab), 1);
}

/** One field of an object cache. */
export function objectField(m: Machine, cache: number, field: number): number {
  return m.objectCache[cache * OBJECT_CACHE_FIELDS + field]!;
}

/** Sets one field of an object cache. */
export function setObjectField(m: Machine, cache: number, field: number, value: number): void {
  m.objectCache[cache * OBJECT_CACHE_FIELDS + field] = value;
}

/** Adds to one field of an object cache. */
export function bumpObjects(m: Machine, cache: number, field: number, by: number): void {
  const i = cache * OBJECT_CACHE_FIELDS + field;
  m.objectCache[i] = m.objectCache[i]! + by;
}

/** Whether the object exists. */
export function objectExists(m: Machine, object: number): boolean {
  return object < m.objPlace.length && m.objPlace[object] !== 0;
}

/** Page frame of an existing object's slab. */
export function objectPfn(m: Machine, object: number): Pfn {
  return m.objSlabPfn[Math.floor((m.objPlace[object]! - 1) / rowStride(m))]! - 1;
}

/** Puts an object at the head or tail of its cache's list of unused ones. */
export function unusedAdd(m: Machine, cache: number, object: number): void {
  const head = objectField(m, cache, O.lruHead);
  m.objNext[object] = head;
  m.objPrev[object] = NONE;
  if (head === NONE) setObjectField(m, cache, O.lruTail, object);
  else m.objPrev[head] = object;
  setObjectField(m, cache, O.lruHead, object);
  bumpObjects(m, cache, O.unused, 1);
}

/** Takes an object off the list of unused ones. */
export function unusedDel(m: Machine, cache: number, object: number): void {
  const next = m.objNext[object]!;
  const prev = m.objPrev[object]!;
  if (prev === NONE) setObjectField(m, cache, O.lruHead, next);
  else m.objNext[prev] = next;
  if (next === NONE) setObjectField(m, cache, O.lruTail, prev);
  else m.objPrev[next] = prev;
  m.objNext[object] = NONE;
  m.objPrev[object] = NONE;
  bumpObjects(m, cache, O.unused, -1);
}

/** Links an object slab at the head of its cache's partial list. */
export function partialAdd(m: Machine, cache: number, row: number): void {
  const head = objectField(m, cache, O.partialHead);
  m.objSlabNext[row] = head;
  m.objSlabPrev[row] = NONE;
  if (head !== NONE) m.objSlabPrev[head] = row;
  setObjectField(m, cache, O.partialHead, row);
}

/** Takes an object slab off the partial list. */
export function partialDel(m: Machine, cache: number, row: number): void {
  const next = m.objSlabNext[row]!;
  const prev = m.objSlabPrev[row]!;
  if (prev === NONE) setObjectField(m, cache, O.partialHead, next);
  else m.objSlabNext[prev] = next;
  if (next !== NONE) m.objSlabPrev[next] = prev;
  m.objSlabNext[row] = NONE;
  m.objSlabPrev[row] = NONE;
}

/** dput: one reference less; the last one puts the object on the unused list, referenced. */
export function dropReference(m: Machine, object: number): void {
  const pfn = objectPfn(m, object);
  const left = m.objRefs[object]! - 1;
  m.objRefs[object] = left;
  hintUnseen(m, pfn);
  if (left === 0) {
    unusedAdd(m, m.owner[pfn]!, object);
    m.objReferenced[object] = 1;
  }
  emit(m, EV.objectUnpin, 0, pfn, m.owner[pfn]!, object);
}

/** Drops the reference a freed object held on its parent, which may become unused by it (prune_one_dentry). */
function dropParent(m: Machine, object: number): void {
  const parent = m.objParent[object]! - 1;
  if (parent < 0) return;
  m.objParent[object] = 0;
  m.objChildren[parent] = m.objChildren[parent]! - 1;
  dropReference(m, parent);
}

/** iput: drops the reference a freed dentry held on its inode, which waits on its own cache's list then, no more in use. */
function dropInode(m: Machine, object: number): void {
  const inode = m.objInode[object]! - 1;
  if (inode < 0) return;
  m.objInode[object] = 0;
  m.objChildren[inode] = m.objChildren[inode]! - 1;
  dropReference(m, inode);
  // inodes have no DCACHE_REFERENCED: prune_icache takes the unused as they come
  if (m.objRefs[inode] === 0) m.objReferenced[inode] = 0;
}

/** Takes an unreferenced object out of its slab and off its parent and inode; returns the slab's row, whose page the caller may have to free. */
export function takeOut(m: Machine, object: number): number {
  const stride = rowStride(m);
  const place = m.objPlace[object]! - 1;
  const row = Math.floor(place / stride);
  const cache = m.owner[m.objSlabPfn[row]! - 1]!;
  unusedDel(m, cache, object);
  const wasFull = m.objSlabInUse[row] === m.config.objectCaches[cache]!.objectsPerSlab;
  m.objSlabObject[place] = 0;
  m.objPlace[object] = 0;
  m.objReferenced[object] = 0;
  m.objSlabInUse[row] = m.objSlabInUse[row]! - 1;
  bumpObjects(m, cache, O.inUse, -1);
  if (wasFull) partialAdd(m, cache, row);
  bump(m, C.objectsFreed);
  dropParent(m, object);
  dropInode(m, object);
  return row;
}

/** Gives an empty object slab's row back; its page is the caller's. */
export function dropRow(m: Machine, cache: number, row: number): void {
  partialDel(m, cache, row);
  m.objSlabPfn[row] = 0;
  bumpObjects(m, cache, O.slabs, -1);
  giveRange(m, 'objSlabPool', row, 1);
}

/** Objects of a slab's page that somebody refers to. */
export function liveObjects(m: Machine, pfn: Pfn): number {
  const stride = rowStride(m);
  const base = m.index[pfn]! * stride;
  let live = 0;
  for (let i = 0; i < stride; i++) {
    const object = m.objSlabObject[base + i]!;
    if (object !== 0 && m.objRefs[object - 1] !== 0) live++;
  }
  return live;
}

/**
 * The mail's extended shrinker, "clear all objects and discard a particular slab": frees every object of one object
 * slab's page when none is referenced. The page itself is left to the caller.
 *
 * @returns objects cleared, or −1 when a live object forbids it
 */
export function clearObjectSlab(m: Machine, pfn: Pfn): number {
  const cache = m.owner[pfn]!;
  if (!m.config.objectCaches[cache]!.shrinker || liveObjects(m, pfn) > 0) return -1;
  const row = m.index[pfn]!;
  const stride = rowStride(m);
  let cleared = 0;
  for (let i = 0; i < stride; i++) {
    const object = m.objSlabObject[row * stride + i]!;
    if (object === 0) continue;
    takeOut(m, object - 1);
    charge(m, 'clearObject');
    cleared++;
  }
  bump(m, C.objectsCleared, cleared);
  dropRow(m, cache, row);
  return cleared;
}
