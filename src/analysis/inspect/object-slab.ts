/** One object slab, place by place: the inner level of the nesting, inside a kreclaim page. */
import { hex } from '../../base/text.ts';
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { PAGE } from '../../engine/frames.ts';
import { type Machine, O } from '../../engine/machine.ts';
import { objectField, objectPfn, rowStride } from '../../engine/objects/object-slab.ts';
import { contentWords, type Nothing, nothing } from './owner.ts';
import { type SlabRef, slabRefOf } from './slab.ts';

export interface ObjectPlace {
  readonly place: number;
  /** Object number; null where the place is free. */
  readonly object: number | null;
  readonly refs: number;
  /** DCACHE_REFERENCED: it gets a second chance. */
  readonly referenced: boolean;
  /** Place in the cache's list of unused objects, 1 = the tail, which prune_dcache looks at first; null while in use. */
  readonly unusedPlace: number | null;
  /** The inode that it keeps in use, and the page that is in; null where it keeps none. */
  readonly inode: ObjectRef | null;
  /** References of other objects among `refs`: entries of a directory, the dentry of an inode. */
  readonly heldBy: number;
}

/** An object, and where it is. */
export interface ObjectRef {
  readonly object: number;
  readonly name: string;
  readonly pfn: Pfn;
  /** The order-0 slab that its page is in. */
  readonly slab: SlabRef | null;
}

export interface ObjectSlabReport {
  readonly view: 'object-slab';
  readonly pfn: Pfn;
  readonly cache: number;
  readonly name: string;
  readonly shrinker: boolean;
  readonly places: readonly ObjectPlace[];
  /** Objects with references, objects without, free places. */
  readonly live: number;
  readonly unused: number;
  readonly free: number;
  /** Length of the cache's list of unused objects. */
  readonly unusedList: number;
  /** The order-0 slab that the page itself is an object of. */
  readonly slab: SlabRef | null;
}

/** The object slab in a page, or why there is none. */
export function inspectObjectSlab(m: Machine, pfn: Pfn): ObjectSlabReport | Nothing {
  if (m.kind[pfn] !== PAGE.objSlab)
    return nothing(`page ${hex(pfn)} is no object slab: ${contentWords(m, pfn)}`);
  const cache = m.owner[pfn]!;
  const { name, objectsPerSlab, shrinker } = m.config.objectCaches[cache]!;
  const base = m.index[pfn]! * rowStride(m);
  const row = m.objSlabObject.subarray(base, base + objectsPerSlab);
  const unusedPlaces = placesFromTail(m, cache);
  const places = Array.from(row, (entry, place): ObjectPlace => {
    const object = entry - 1;
    if (object < 0)
      return { place, object: null, refs: 0, referenced: false, unusedPlace: null, inode: null, heldBy: 0 };
    return {
      place,
      object,
      refs: m.objRefs[object]!,
      referenced: m.objReferenced[object] === 1,
      unusedPlace: unusedPlaces.get(object) ?? null,
      inode: inodeOf(m, object),
      heldBy: m.objChildren[object]!,
    };
  });
  const live = places.filter(({ refs }) => refs > 0).length;
  const free = places.filter(({ object }) => object === null).length;
  return {
    view: 'object-slab',
    pfn,
    cache,
    name,
    shrinker,
    places,
    live,
    unused: places.length - live - free,
    free,
    unusedList: objectField(m, cache, O.unused),
    slab: slabRefOf(m, pfn),
  };
}

function inodeOf(m: Machine, object: number): ObjectRef | null {
  const inode = m.objInode[object]! - 1;
  if (inode < 0) return null;
  const pfn = objectPfn(m, inode);
  return { object: inode, name: m.config.objectCaches[m.owner[pfn]!]!.name, pfn, slab: slabRefOf(m, pfn) };
}

function placesFromTail(m: Machine, cache: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let object = objectField(m, cache, O.lruTail); object !== NONE; object = m.objPrev[object]!) {
    places.set(object, places.size + 1);
  }
  return places;
}
