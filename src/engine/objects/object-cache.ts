/**
 * Allocating kernel objects: kmem_cache_alloc of a small cache (Linux 2.6.9 mm/slab.c) and d_alloc, dget, dput
 * (fs/dcache.c). Object numbers are unique over all caches.
 */
import { NONE } from '../../base/units.ts';
import { allocPages } from '../alloc-path.ts';
import { C } from '../counters.ts';
import { PAGE } from '../frames.ts';
import { GFP_MASKS } from '../gfp.ts';
import { hintUnseen } from '../hints.ts';
import { bump, grown, type Machine, O } from '../machine.ts';
import { poolTop, takeRange } from '../range-pool.ts';
import { EV, emit } from '../trace-event.ts';
import {
  bumpObjects,
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
}

/** A new one-page object slab from order0-kreclaim; NONE when no page can be had. */
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

/** A path lookup: finds the object or makes it, and marks it referenced (DCACHE_REFERENCED). */
export function lookupObject(m: Machine, cache: number, object: number): boolean {
  if (!objectExists(m, object)) {
    if (!createObject(m, cache, object)) return false;
  } else {
    m.objReferenced[object] = 1;
  }
  m.lastTouch[objectPfn(m, object)] = m.counters[C.operations]!;
  return true;
}

/** dget: takes a reference, making the object if it is not there; a referenced object is on no unused list. */
export function getObject(m: Machine, cache: number, object: number): boolean {
  if (!lookupObject(m, cache, object)) return false;
  const pfn = objectPfn(m, object);
  if (m.objRefs[object] === 0) unusedDel(m, m.owner[pfn]!, object);
  m.objRefs[object] = m.objRefs[object]! + 1;
  hintUnseen(m, pfn);
  emit(m, EV.objectPin, 0, pfn, cache, object);
  return true;
}

/** dput: drops a reference; the last one puts the object on the unused list, referenced. False when there was none. */
export function putObject(m: Machine, object: number): boolean {
  if (!objectExists(m, object) || m.objRefs[object] === 0) return false;
  const pfn = objectPfn(m, object);
  const left = m.objRefs[object]! - 1;
  m.objRefs[object] = left;
  hintUnseen(m, pfn);
  if (left === 0) {
    unusedAdd(m, m.owner[pfn]!, object);
    m.objReferenced[object] = 1;
  }
  emit(m, EV.objectUnpin, 0, pfn, m.owner[pfn]!, object);
  return true;
}
