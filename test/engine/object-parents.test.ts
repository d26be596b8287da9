import { describe, expect, it } from 'vitest';
import { type Machine, O } from '../../src/engine/machine.ts';
import { objectExists, objectField, objectPfn } from '../../src/engine/objects/object-slab.ts';
import { apply, counter, only, plainMachine } from './support.ts';

const look = (object: number, parent?: number) =>
  ({ op: 'objectLookup', cache: 0, object, ...(parent === undefined ? {} : { parent }) }) as const;
const free = (object: number) => ({ op: 'objectFree', cache: 0, object }) as const;
const refs = (m: Machine, ...objects: number[]) => objects.map((object) => m.objRefs[object]);
const unused = (m: Machine): number[] => {
  const list: number[] = [];
  for (let o = objectField(m, 0, O.lruHead); o !== 0xffffffff; o = m.objNext[o]!) list.push(o);
  return list;
};

describe('a directory', () => {
  it('is kept in use by each object in it, and goes unused with the last', () => {
    const m = plainMachine();
    apply(m, look(1), look(2, 1), look(3, 1), look(2, 1));
    expect(refs(m, 1, 2, 3)).toEqual([2, 0, 0]);
    expect(unused(m)).toEqual([3, 2]);
    expect(only(apply(m, free(1)), 'absent')).toHaveLength(1);
    apply(m, free(2));
    expect(refs(m, 1)).toEqual([1]);
    apply(m, free(3));
    expect(unused(m)).toEqual([1]);
    expect(m.objReferenced[1]).toBe(1);
    apply(m, free(1));
    expect(objectExists(m, 1)).toBe(false);
  });

  it('that is not cached is read first, as a root', () => {
    const m = plainMachine();
    apply(m, look(7, 5));
    expect([objectExists(m, 5), m.objParent[5], m.objParent[7]]).toEqual([true, 0, 6]);
  });

  it('of one object stays what it was when the object is looked up under another, and is never itself', () => {
    const m = plainMachine();
    apply(m, look(1), look(2), look(3, 1), look(3, 2), look(4, 4));
    expect([m.objParent[3], m.objParent[4]]).toEqual([2, 0]);
    expect(refs(m, 1, 2, 4)).toEqual([1, 0, 0]);
  });

  it('cannot be let go by somebody who does not have it in use', () => {
    const m = plainMachine();
    const put = { op: 'objectPut', cache: 0, object: 1 } as const;
    apply(m, look(1), look(2, 1));
    expect(only(apply(m, put), 'absent')).toHaveLength(1);
    apply(m, { op: 'objectGet', cache: 0, object: 1 });
    expect(only(apply(m, put, put), 'absent')).toHaveLength(1);
    expect(refs(m, 1)).toEqual([1]);
  });

  it('may be of another cache, as a dentry keeps its inode', () => {
    const m = plainMachine();
    apply(m, { op: 'objectLookup', cache: 1, object: 9 }, look(1, 9));
    expect([m.owner[objectPfn(m, 9)], m.owner[objectPfn(m, 1)], m.objRefs[9]]).toEqual([1, 0, 1]);
    apply(m, free(1));
    expect(m.objRefs[9]).toBe(0);
  });

  it('pins its slab until its objects have gone: the shrinker takes leaves first', () => {
    const m = plainMachine();
    // eight objects fill a page: the directory lies in the first, its objects in the second and third
    for (let object = 0; object < 8; object++) apply(m, look(object));
    for (let object = 8; object < 24; object++) apply(m, look(object, 0));
    apply(m, { op: 'drainCpus' });
    const slab = objectPfn(m, 0) & ~7;
    const reclaim = { op: 'reclaimSlab', order: 3, slab } as const;
    const refused = apply(m, reclaim);
    expect(only(refused, 'refuse')).toMatchObject([{ pfn: objectPfn(m, 0), reason: 'liveObject' }]);
    expect(only(refused, 'clearObjects')).toEqual([]);
    for (let object = 8; object < 24; object++) apply(m, free(object));
    expect(only(apply(m, { op: 'drainCpus' }, reclaim), 'slabDiscarded')).toHaveLength(1);
    expect(counter(m, 'objectsCleared')).toBe(8);
  });

  it('is let go when its objects are cleared with their slab', () => {
    const m = plainMachine();
    apply(m, look(0));
    for (let object = 1; object < 8; object++) apply(m, look(object));
    for (let object = 8; object < 16; object++) apply(m, look(object, 0));
    // the pages of the objects and of the directory in different slabs: seven other pages come between
    const page = objectPfn(m, 8);
    expect(page).not.toBe(objectPfn(m, 0));
    apply(m, { op: 'dropCaches' });
    expect(unused(m)).toEqual([]);
    expect([0, 8, 15].map((object) => objectExists(m, object))).toEqual([false, false, false]);
  });
});

describe('a cache with a constructor and no shrinker', () => {
  it('pays for constructing a page of objects, and can never be told to clear', () => {
    const cache = { name: 'proc_inode_cache', objectsPerSlab: 8, shrinker: false, ctor: true, seeks: 2 };
    const m = plainMachine({ objectCaches: [cache] });
    const before = counter(m, 'costNs');
    apply(m, look(1));
    const first = counter(m, 'costNs') - before;
    apply(m, look(2));
    expect(first).toBeGreaterThanOrEqual(8 * m.config.cost.clearObject);
    expect(counter(m, 'costNs') - before - first).toBeLessThan(8 * m.config.cost.clearObject);
    apply(m, { op: 'drainCpus' });
    const slab = objectPfn(m, 1);
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab }, { op: 'dropCaches' });
    expect(only(events, 'refuse')).toMatchObject([{ reason: 'liveObject' }]);
    expect(objectExists(m, 1)).toBe(true);
  });
});
