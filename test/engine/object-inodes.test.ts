import { describe, expect, it } from 'vitest';
import { inspectObjectSlab } from '../../src/analysis/inspect/object-slab.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { type Machine, O, stateHash } from '../../src/engine/machine.ts';
import { objectExists, objectField, objectPfn } from '../../src/engine/objects/object-slab.ts';
import { apply, only, plainMachine } from './support.ts';

/** A lookup of a dentry of cache 0 whose inode, the next number, is of cache 1. */
const look = (object: number, parent?: number) =>
  ({ op: 'objectLookup', cache: 0, object, inode: 1, ...(parent === undefined ? {} : { parent }) }) as const;
const free = (object: number) => ({ op: 'objectFree', cache: 0, object }) as const;
const refs = (m: Machine, ...objects: number[]) => objects.map((object) => m.objRefs[object]);
const unusedInodes = (m: Machine) => objectField(m, 1, O.unused);

describe('a dentry with an inode', () => {
  it('keeps it in use while it is cached, and lets it go unused, not freed', () => {
    const m = plainMachine();
    apply(m, look(10), look(10));
    expect([m.owner[objectPfn(m, 10)], m.owner[objectPfn(m, 11)]]).toEqual([0, 1]);
    expect(refs(m, 10, 11)).toEqual([0, 1]);
    expect(unusedInodes(m)).toBe(0);
    const put = { op: 'objectPut', cache: 1, object: 11 } as const;
    expect(only(apply(m, put), 'absent')).toHaveLength(1);
    expect(only(apply(m, free(11)), 'absent')).toHaveLength(1);
    apply(m, free(10));
    expect([objectExists(m, 10), objectExists(m, 11)]).toEqual([false, true]);
    expect(refs(m, 11)).toEqual([0]);
    expect([unusedInodes(m), m.objReferenced[11]]).toEqual([1, 0]);
    apply(m, free(11));
    expect(objectExists(m, 11)).toBe(false);
    expect(checkInvariants(m)).toBeNull();
  });

  it('keeps the page of its inode from the extended shrinker, until the dentry went', () => {
    const m = plainMachine();
    apply(m, look(10));
    const [dentry, inode] = [objectPfn(m, 10), objectPfn(m, 11)];
    const slabOf = (pfn: number) => pfn >> m.config.slabOrder;
    // both pages lie in one slab of order0-kreclaim: it is refused for the inode's sake
    expect(slabOf(dentry)).toBe(slabOf(inode));
    const tried = apply(m, { op: 'reclaimSlab', order: 3, slab: slabOf(inode) });
    expect(only(tried, 'slabDiscarded')).toHaveLength(0);
    apply(m, look(10), free(10), { op: 'drainCpus' });
    const again = apply(m, { op: 'reclaimSlab', order: 3, slab: slabOf(inode) });
    expect(only(again, 'slabDiscarded')).toHaveLength(1);
    expect(objectExists(m, 11)).toBe(false);
  });

  it('may have a directory too, and gives both back', () => {
    const m = plainMachine();
    apply(m, look(2), look(4, 2));
    expect(refs(m, 2, 3, 4, 5)).toEqual([1, 1, 0, 1]);
    apply(m, free(4));
    expect(refs(m, 2, 3, 5)).toEqual([0, 1, 0]);
    expect(checkInvariants(m)).toBeNull();
  });

  it('finds an inode that is cached still', () => {
    const m = plainMachine();
    apply(m, look(10), free(10));
    const events = apply(m, look(10));
    expect(only(events, 'objectAlloc').map(({ b }) => b)).toEqual([10]);
    expect(refs(m, 11)).toEqual([1]);
  });

  it('is told in the object slab with the page its inode is in', () => {
    const m = plainMachine();
    apply(m, look(10));
    const report = inspectObjectSlab(m, objectPfn(m, 10));
    if (report.view === 'nothing') throw new Error(report.reason);
    const place = report.places.find(({ object }) => object === 10)!;
    expect(place.inode).toMatchObject({ object: 11, name: 'inode', pfn: objectPfn(m, 11) });
    expect(place.inode!.slab!.pfn).toBe((objectPfn(m, 11) >> 3) << 3);
    const other = inspectObjectSlab(m, objectPfn(m, 11));
    if (other.view === 'nothing') throw new Error(other.reason);
    expect(other.places.find(({ object }) => object === 11)).toMatchObject({
      refs: 1,
      heldBy: 1,
      inode: null,
    });
  });

  it('has none where the operation names none, and the state is what it was', () => {
    const plain = plainMachine();
    apply(plain, { op: 'objectLookup', cache: 0, object: 10 });
    expect(objectExists(plain, 11)).toBe(false);
    const other = plainMachine();
    apply(other, look(10));
    expect(stateHash(other)).not.toBe(stateHash(plain));
  });
});
