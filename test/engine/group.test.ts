import { describe, expect, it } from 'vitest';
import { largestFreeOrder } from '../../src/engine/buddy.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { apply, counter, only, plainMachine, reads, writes } from './support.ts';

const FILE = { op: 'createFile', file: 0, pages: 512 } as const;
const reclaim = (order: number, slab?: number) =>
  ({ op: 'reclaimSlab', order, ...(slab === undefined ? {} : { slab }) }) as const;

/** Slabs of 8 pages at 0, 16, 24, 32, ... full of file pages 0-7, 8-15, ...; the descriptors' page is 8. */
function filled(pages: number, change: Parameters<typeof plainMachine>[0] = {}): Machine {
  const m = plainMachine({ policyChange: { aligned: true, ...change.policyChange } });
  apply(m, FILE, ...reads(0, 0, pages));
  return m;
}

describe('a request above the slab order', () => {
  it('gets an aligned group of neighbouring windows emptied, the one with least in it', () => {
    const m = filled(48);
    const events = apply(m, reclaim(4));
    // 16 to 31 is the first such group: the page at 8 belongs to a descriptor
    expect(only(events, 'scanGroup').map((event) => event.pfn)).toEqual([16, 32, 48]);
    expect(only(events, 'slabDiscarded').map((event) => event.pfn)).toEqual([48]);
    expect(only(events, 'chooseGroup')).toMatchObject([{ pfn: 48, order: 4, a: 16, b: 1 }]);
    expect([counter(m, 'groupsTried'), counter(m, 'groupsFreed'), counter(m, 'slabsDiscarded')]).toEqual([
      1, 1, 1,
    ]);
    expect(m.kind.subarray(48, 64).every((kind) => kind === PAGE.free)).toBe(true);
  });

  it('takes the group with most pages that need no writing: clean, idle and free', () => {
    const m = filled(56);
    // 16-31 clean but for one page, 32-47 half dirty, 48-63 dirty
    apply(m, ...writes(0, 8, 9), ...writes(0, 24, 32), ...writes(0, 40, 56));
    const events = apply(m, reclaim(4));
    expect(only(events, 'chooseGroup')).toMatchObject([{ pfn: 16, a: 15, b: 2 }]);
    expect(counter(m, 'pagesWritten')).toBe(1);
    expect(counter(m, 'pagesEvicted')).toBe(16);
  });

  it('looks at maxDefragScan groups, and goes on where it stopped', () => {
    const m = filled(96, { policyChange: { maxDefragScan: 1 } });
    const looked = () => only(apply(m, reclaim(4)), 'scanGroup').map((event) => event.pfn);
    expect([looked(), looked(), looked()]).toEqual([[16], [32], [48]]);
  });

  it('goes on with the next group after a refusal, and counts it', () => {
    const m = filled(56);
    apply(m, { op: 'pin', file: 0, page: 20 });
    const events = apply(m, reclaim(4));
    expect(only(events, 'groupRefused').map((event) => event.pfn)).toEqual([16]);
    expect(only(events, 'chooseGroup').map((event) => event.pfn)).toEqual([16, 32]);
    expect(only(events, 'slabReclaimEnd')).toMatchObject([{ order: 4, a: 2, b: 1 }]);
    expect([counter(m, 'groupsTried'), counter(m, 'groupsFreed'), counter(m, 'groupsRefused')]).toEqual([
      2, 1, 1,
    ]);
  });

  it('passes over a window that kernel memory lies in, and finds none where all hold some', () => {
    const m = filled(64);
    const alloc = { op: 'alloc', gfp: GFP_MASKS.kernel, tag: 'kmalloc', order: 0 } as const;
    apply(m, { ...alloc, id: 1 });
    const kernel = m.allocPfn[1]! - 1;
    const events = apply(m, reclaim(8, 0), reclaim(9));
    expect(kernel).toBeGreaterThan(8);
    expect(only(events, 'noCandidate')).toHaveLength(2);
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });

  it('empties the group of a named slab', () => {
    const m = filled(96);
    const events = apply(m, reclaim(5, 40));
    expect(only(events, 'chooseGroup')).toMatchObject([{ pfn: 32, order: 5, b: 4 }]);
    expect(only(events, 'slabDiscarded').map((event) => event.pfn)).toEqual([32, 40, 48, 56]);
  });

  it('is served inside the request, which without `aligned` fails', () => {
    const asked = (aligned: boolean): Machine => {
      const m = filled(300, { policyChange: { aligned, growth: 'fail' } });
      const alloc = { op: 'alloc', tag: 'kmalloc' } as const;
      // the rest of memory goes, so that no block of order 4 is left, without waking kswapd
      let id = 1;
      while (largestFreeOrder(m, 0) >= 4) apply(m, { ...alloc, id: id++, order: 4, gfp: GFP_MASKS.atomic });
      expect(zoneField(m, 0, Z.freePages)).toBeLessThan(40);
      apply(m, { ...alloc, id, order: 4, gfp: GFP_MASKS.kernel });
      return m;
    };
    expect(counter(asked(true), 'groupsFreed')).toBe(1);
    expect(counter(asked(false), 'groupsTried')).toBe(0);
  });

  it('moves pages out of the group, never within it', () => {
    const m = filled(64, { policyChange: { action: 'move' } });
    // five free objects in each slab of the first group, and of the second
    for (const page of [8, 16, 24, 32]) apply(m, { op: 'truncate', file: 0, page, pages: 5 });
    apply(m, { op: 'drainCpus' });
    const events = apply(m, reclaim(4, 16));
    const moved = only(events, 'movePage');
    expect(moved.map((event) => event.pfn)).toEqual([21, 22, 23, 29, 30, 31]);
    expect(moved.every((event) => event.a >= 32)).toBe(true);
    expect(counter(m, 'groupsFreed')).toBe(1);
  });

  it('counts a slab outside of the machine as absent, at every order', () => {
    for (const policyChange of [{ aligned: true }, { aligned: false }, { name: 'buddy-2.6' as const }]) {
      const m = plainMachine({ policyChange });
      for (const slab of [512, 520, 0xfffffff0])
        for (const order of [0, 3, 4, 10]) apply(m, reclaim(order, slab));
      expect([counter(m, 'absentOperations'), counter(m, 'slabReclaims')]).toEqual([12, 0]);
    }
  });

  it('finds no group of an order that the machine has no room for', () => {
    const m = filled(48);
    for (const slab of [undefined, 0, 504])
      expect(only(apply(m, reclaim(10, slab)), 'chooseGroup')).toEqual([]);
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });
});
