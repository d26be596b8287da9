import { describe, expect, it } from 'vitest';
import { C } from '../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { apply, counter, only, plainMachine, reads, touches, type toyConfig, writes } from './support.ts';

const FILE = { op: 'createFile', file: 0, pages: 64 } as const;
const reclaim = { op: 'reclaimSlab', order: 3, slab: 0 } as const;
const MOVE = { policyChange: { action: 'move' } } as const;

/** Frames of a file's pages, NaN where absent. */
const frames = (m: Machine, from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => m.fileSlot[m.fileBase[0]! + from + i]! - 1);

/** PFNs of a zone's list, head first. */
function lru(m: Machine, head: number): number[] {
  const pfns: number[] = [];
  for (let pfn = zoneField(m, 0, head); pfn !== 0xffffffff; pfn = m.next[pfn]!) pfns.push(pfn);
  return pfns;
}

/** Slab 0 with pages 0 to 3, slab 16 with pages 8 to 13: three and two objects of them are free. */
function twoSlabs(change: Parameters<typeof toyConfig>[0] = MOVE): Machine {
  const m = plainMachine(change);
  apply(m, FILE, ...reads(0, 0, 16));
  apply(m, { op: 'truncate', file: 0, page: 4, pages: 4 }, { op: 'truncate', file: 0, page: 12, pages: 4 });
  apply(m, { op: 'drainCpus' });
  return m;
}

describe("moving a slab's pages into other slabs", () => {
  it('leaves every page in the cache, in another frame of the same cache, and frees the block', () => {
    const m = twoSlabs();
    expect(frames(m, 0, 4)).toEqual([0, 1, 2, 3]);
    const events = apply(m, reclaim);
    const moved = only(events, 'movePage');
    expect(moved.map((event) => event.pfn)).toEqual([0, 1, 2, 3]);
    expect(frames(m, 0, 4)).toEqual(moved.map((event) => event.a));
    expect(new Set(frames(m, 0, 4))).toEqual(new Set([20, 21, 22, 23]));
    expect(only(events, 'slabDiscarded')).toMatchObject([{ pfn: 0, order: 3, a: 0, b: 4 }]);
    expect([counter(m, 'pagesMoved'), counter(m, 'pagesCopied'), counter(m, 'pagesEvicted')]).toEqual([
      4, 4, 0,
    ]);
    expect(m.kind[0]).toBe(PAGE.free);
    apply(m, ...reads(0, 0, 4));
    expect([counter(m, 'refaults'), counter(m, 'pagesRead')]).toEqual([0, 16]);
  });

  it("keeps each page's place on its LRU list, its dirt and its references", () => {
    const m = twoSlabs();
    apply(m, ...writes(0, 1, 2), ...reads(0, 2, 3), ...reads(0, 2, 3));
    const marks = (pfn: number) => [
      m.owner[pfn],
      m.index[pfn],
      m.lastTouch[pfn],
      m.allocOp[pfn],
      m.flags[pfn]! & (FLAG.dirty | FLAG.referenced | FLAG.active | FLAG.lru),
    ];
    const lists = [Z.activeHead, Z.inactiveHead];
    const before = lists.map((head) => lru(m, head).map(marks));
    apply(m, reclaim);
    expect(lists.map((head) => lru(m, head).map(marks))).toEqual(before);
    expect(counter(m, 'pagesWritten')).toBe(0);
  });

  it('changes every page table entry that maps the page, flushing each', () => {
    const m = plainMachine(MOVE);
    apply(m, { op: 'spawn', process: 0 }, { op: 'mapAnon', process: 0, region: 0, pages: 16 });
    const user = Array.from(m.slabCache.keys());
    apply(m, ...touches(0, 0, 0, 16), { op: 'fork', process: 0, child: 1 });
    for (const process of [0, 1])
      for (const page of [4, 12]) apply(m, { op: 'zap', process, region: 0, page, pages: 4 });
    apply(m, { op: 'drainCpus' });
    const slab = user.find((s) => m.slabCache[s] === 1 && m.slabInUse[s] === 4)!;
    const [flushes, costs] = [counter(m, 'tlbFlushes'), counter(m, 'costNs')];
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab: slab << 3 });
    expect(only(events, 'movePage').map((event) => event.b)).toEqual([2, 2, 2, 2]);
    expect([counter(m, 'pteUpdates'), counter(m, 'tlbFlushes') - flushes, counter(m, 'pteUnmaps')]).toEqual([
      8, 8, 0,
    ]);
    const { copyPage, updatePte, tlbFlush } = m.config.cost;
    expect(counter(m, 'costNs') - costs).toBeGreaterThanOrEqual(4 * copyPage + 8 * (updatePte + tlbFlush));
    expect(counter(m, 'swapUsed')).toBe(0);
  });

  it('moves a locked page: mlock promises that it is resident, not where', () => {
    const lock = (action: 'move' | 'evict'): Machine => {
      const m = twoSlabs({ policyChange: { action } });
      apply(
        m,
        { op: 'spawn', process: 0 },
        { op: 'mapFile', process: 0, region: 0, file: 0, pages: 4 },
        { op: 'lock', process: 0, region: 0 },
        ...touches(0, 0, 0, 1),
        reclaim,
      );
      return m;
    };
    expect(counter(lock('move'), 'slabsDiscarded')).toBe(1);
    expect(counter(lock('evict'), 'slabsDiscarded')).toBe(0);
  });

  it('moves a page of the swap cache with its slot', () => {
    const m = plainMachine(MOVE);
    apply(m, { op: 'spawn', process: 0 }, { op: 'mapAnon', process: 0, region: 0, pages: 64 });
    apply(m, ...touches(0, 0, 0, 48), { op: 'fork', process: 0, child: 1 });
    // the first passes only take the young marks away
    for (let i = 0; i < 4; i++) apply(m, { op: 'reclaimLru', pages: 32 });
    // what comes back in stays in the swap cache, since the child's entries still name the slots
    apply(m, ...touches(0, 0, 0, 52), { op: 'drainCpus' });
    const cached = Array.from(m.kind.keys()).filter((pfn) => m.flags[pfn]! & FLAG.swapCache);
    const slots = Array.from(m.swapPage).filter((page) => page !== 0).length;
    expect(cached.length).toBeGreaterThan(31);
    expect(slots).toBe(cached.length);
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab: cached[0]! });
    expect(only(events, 'movePage').length).toBeGreaterThan(0);
    expect(Array.from(m.swapPage).filter((page) => page !== 0)).toHaveLength(slots);
  });

  it.each<[string, Operation, string]>([
    ['an extra reference', { op: 'pin', file: 0, page: 2 }, 'pinned'],
    ['no free object in another slab', { op: 'readFile', file: 0, page: 40 }, 'noMemory'],
  ])('refuses at %s, and counts what was moved for nothing', (_, act, reason) => {
    const m = twoSlabs();
    if (act.op === 'readFile') apply(m, ...reads(0, 30, 33), { op: 'drainCpus' });
    else apply(m, act);
    const events = apply(m, reclaim);
    const refused = only(events, 'refuse');
    expect(refused.map((event) => event.reason)).toEqual([reason]);
    const moved = only(events, 'movePage').length;
    expect(moved).toBeGreaterThan(0);
    expect(counter(m, 'movedForNothing')).toBe(moved);
    expect(only(events, 'slabRefused')).toMatchObject([{ a: 0, b: moved }]);
    expect(m.counters[C.pagesEvicted]).toBe(0);
  });

  it('moves no kernel object: an object slab is cleared, or keeps its slab', () => {
    const m = plainMachine(MOVE);
    apply(m, { op: 'objectGet', cache: 0, object: 1 }, { op: 'drainCpus' });
    const pfn = Array.from(m.kind.keys()).find((p) => m.kind[p] === PAGE.objSlab)!;
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab: pfn });
    expect(only(events, 'movePage')).toEqual([]);
    expect(only(events, 'refuse')).toMatchObject([{ pfn, reason: 'liveObject' }]);
  });
});
