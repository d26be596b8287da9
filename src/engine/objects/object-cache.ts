/**
 * Allocating kernel objects: kmem_cache_alloc of a small cache (Linux 2.6.9 mm/slab.c) and d_alloc, dget, dput
 * (fs/dcache.c). Object numbers are unique over all caches.
 */
import { NONE } from '../../base/units.ts';
import { allocPages } from '../alloc-path.ts';
import { charge } from '../charge.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { GFP_MASKS } from '../gfp.ts';
import { hintUnseen } from '../hints.ts';
import { bump, grown, type Machine, O } from '../machine.ts';
import { poolTop, takeRange } from '../range-pool.ts';
import { EV, emit } from '../trace-event.ts';
import {
  bumpObjects,
  dropReference,
  objectExists,
  objectField,
  objectPfn,
  partialAdd,
  partialDel,
  rowStride,
  unusedAdd,
  unusedDel,
} from './object-slab.ts';

function growObjects(m: Machine, object: number): void {
  m.objPlace = grown(m.objPlace, object + 1);
  m.objRefs = grown(m.objRefs, object + 1);
  m.objReferenced = grown(m.objReferenced, object + 1);
  m.objNext = grown(m.objNext, object + 1, NONE);
  m.objPrev = grown(m.objPrev, object + 1, NONE);
  m.objParent = grown(m.objParent, object + 1);
  m.objChildren = grown(m.objChildren, object + 1);
  m.objInode = grown(m.objInode, object + 1);
}

/** A new one-page object slab from order0-kreclaim, each object constructed where the cache does so; NONE when no page can be had. */
function growCache(m: Machine, cache: number): number {
  const pfn = allocPages(m, {
    order: 0,
    gfp: GFP_MASKS.reclaimable,
    kind: PAGE.objSlab,
    owner: cache,
    index: 0,
  });
  if (pfn === NONE) return NONE;
  const row = takeRange(m, 'objSlabPool', 1);
  const rows = poolTop(m, 'objSlabPool');
  m.objSlabPfn = grown(m.objSlabPfn, rows);
  m.objSlabInUse = grown(m.objSlabInUse, rows);
  m.objSlabNext = grown(m.objSlabNext, rows, NONE);
  m.objSlabPrev = grown(m.objSlabPrev, rows, NONE);
  m.objSlabObject = grown(m.objSlabObject, rows * rowStride(m));
  m.objSlabPfn[row] = pfn + 1;
  m.index[pfn] = row;
  bumpObjects(m, cache, O.slabs, 1);
  const { ctor, objectsPerSlab } = m.config.objectCaches[cache]!;
  if (ctor) charge(m, 'clearObject', objectsPerSlab);
  partialAdd(m, cache, row);
  return row;
}

/** Makes an object; it begins unused, at the head of its cache's unused list. False when no page can be had. */
function createObject(m: Machine, cache: number, object: number): boolean {
  let row = objectField(m, cache, O.partialHead);
  if (row === NONE) row = growCache(m, cache);
  if (row === NONE) return false;
  growObjects(m, object);
  const stride = rowStride(m);
  const perSlab = m.config.objectCaches[cache]!.objectsPerSlab;
  let place = row * stride;
  while (m.objSlabObject[place] !== 0) place++;
  m.objSlabObject[place] = object + 1;
  m.objPlace[object] = place + 1;
  m.objRefs[object] = 0;
  m.objSlabInUse[row] = m.objSlabInUse[row]! + 1;
  bumpObjects(m, cache, O.inUse, 1);
  if (m.objSlabInUse[row] === perSlab) partialDel(m, cache, row);
  unusedAdd(m, cache, object);
  bump(m, C.objectsAllocated);
  emit(m, EV.objectAlloc, 0, m.objSlabPfn[row]! - 1, cache, object);
  return true;
}

/** References an object may have. */
const MOST_REFERENCES = 0xffff;

/**
 * d_alloc: makes an object that holds a reference on its parent. A parent that is not there is read first, as a root:
 * the reference is taken before the child's memory is, since making room may prune the unused.
 */
function createChild(m: Machine, cache: number, object: number, parent: number): boolean {
  if (!getObject(m, cache, parent)) return false;
  if (!createObject(m, cache, object)) {
    dropReference(m, parent);
    return false;
  }
  m.objParent[object] = parent + 1;
  m.objChildren[parent] = m.objChildren[parent]! + 1;
  return true;
}

/** Makes an object, a child of `parent` unless that is NONE, itself, or has no room for one more reference. */
function createLinked(m: Machine, cache: number, object: number, parent: number): boolean {
  const linked = parent !== NONE && parent !== object && hasRoom(m, parent);
  return linked ? createChild(m, cache, object, parent) : createObject(m, cache, object);
}

/**
 * d_instantiate: a positive dentry holds a reference on its inode (igrab, iget) until it is freed; here the inode is
 * the object of the next number. It is read first, where it is not cached; hard links are not modelled.
 */
function createPositive(
  m: Machine,
  cache: number,
  object: number,
  parent: number,
  inodeCache: number,
): boolean {
  const inode = object + 1;
  if (!getObject(m, inodeCache, inode)) return false;
  if (!createLinked(m, cache, object, parent)) {
    dropReference(m, inode);
    return false;
  }
  m.objInode[object] = inode + 1;
  m.objChildren[inode] = m.objChildren[inode]! + 1;
  return true;
}

/** Whether an object can take one more reference. */
function hasRoom(m: Machine, object: number): boolean {
  return !objectExists(m, object) || m.objRefs[object]! < MOST_REFERENCES;
}

/**
 * A path lookup: finds the object or makes it, and marks it referenced (DCACHE_REFERENCED).
 * @param parent object that a new one holds a reference on while it lives, NONE for a root
 * @param inodeCache cache of the inode that a new one holds a reference on, NONE for none
 */
export function lookupObject(
  m: Machine,
  cache: number,
  object: number,
  parent: number = NONE,
  inodeCache: number = NONE,
): boolean {
  if (!objectExists(m, object)) {
    const positive = inodeCache !== NONE && hasRoom(m, object + 1);
    const made = positive
      ? createPositive(m, cache, object, parent, inodeCache)
      : createLinked(m, cache, object, parent);
    if (!made) return false;
  } else {
    m.objReferenced[object] = 1;
  }
  const now = m.counters[C.operations]!;
  m.lastTouch[objectPfn(m, object)] = now;
  // a lookup asks the inode for permission
  const inode = m.objInode[object]! - 1;
  if (inode >= 0) m.lastTouch[objectPfn(m, inode)] = now;
  return true;
}

/** dget: takes a reference, making the object if it is not there; a referenced object is on no unused list. */
export function getObject(
  m: Machine,
  cache: number,
  object: number,
  parent: number = NONE,
  inodeCache: number = NONE,
): boolean {
  if (!hasRoom(m, object) || !lookupObject(m, cache, object, parent, inodeCache)) return false;
  const pfn = objectPfn(m, object);
  if (m.objRefs[object] === 0) unusedDel(m, m.owner[pfn]!, object);
  m.objRefs[object] = m.objRefs[object]! + 1;
  hintUnseen(m, pfn);
  emit(m, EV.objectPin, 0, pfn, cache, object);
  return true;
}

/** dput by whoever had it in use; false when nobody did: references that children hold are not the caller's. */
export function putObject(m: Machine, object: number): boolean {
  if (!objectExists(m, object) || m.objRefs[object]! <= m.objChildren[object]!) return false;
  dropReference(m, object);
  return true;
}
