import { describe, expect, it } from 'vitest';
import type { PolicyConfig } from '../../src/engine/config.ts';
import { C } from '../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { MEASURE } from '../../src/engine/measures.ts';
import { evictSlab } from '../../src/engine/order0/evict.ts';
import { clearEvents, eventAt } from '../../src/engine/trace-event.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { apply, counter, only, plainMachine, reads, touches, writes } from './support.ts';

const FILE = { op: 'createFile', file: 0, pages: 64 } as const;

/** Empties the slab at page 0. */
const reclaimFirst = { op: 'reclaimSlab', order: 3, slab: 0 } as const;

function refusal(m: Machine): string {
  const events = Array.from({ length: m.log.count }, (_, i) => eventAt(m.log, i));
  const [refused] = only(events, 'refuse');
  return refused ? `${refused.reason} at ${refused.pfn}` : 'none';
}

describe('emptying a slab', () => {
  it('drops clean file pages and gives the block back whole', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 8));
    const free = zoneField(m, 0, Z.freePages);
    const events = apply(m, reclaimFirst);
    expect(only(events, 'drop').map((event) => event.pfn)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(only(events, 'slabDiscarded')).toMatchObject([{ pfn: 0, order: 3, a: 8 }]);
    expect(zoneField(m, 0, Z.freePages)).toBe(free + 8);
    expect([counter(m, 'pagesEvicted'), counter(m, 'pagesDropped'), counter(m, 'pagesWritten')]).toEqual([
      8, 8, 0,
    ]);
    expect([counter(m, 'slabsTried'), counter(m, 'slabsDiscarded'), counter(m, 'evictedForNothing')]).toEqual(
      [1, 1, 0],
    );
  });

  it('returns it page by page, every merge shown, under `single`', () => {
    const m = plainMachine({ policyChange: { returnPages: 'single' } });
    apply(m, FILE, ...reads(0, 0, 8));
    const merges = only(apply(m, reclaimFirst), 'merge').filter((event) => event.pfn < 8);
    expect(merges.filter((event) => event.order <= 3).map((event) => event.order)).toEqual([
      1, 1, 2, 1, 1, 2, 3,
    ]);
  });

  it('writes dirty pages and waits for them', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 6), ...writes(0, 6, 8));
    const before = counter(m, 'costNs');
    const events = apply(m, reclaimFirst);
    expect(only(events, 'writePage').map((event) => event.b)).toEqual([6, 7]);
    expect([counter(m, 'pagesWritten'), counter(m, 'pagesDropped')]).toEqual([2, 6]);
    expect(counter(m, 'costNs') - before).toBeGreaterThanOrEqual(2 * m.config.cost.writePage);
  });

  it('swaps anonymous pages, unmapping every process that shares them', () => {
    const m = plainMachine();
    apply(
      m,
      { op: 'spawn', process: 0 },
      { op: 'mapAnon', process: 0, region: 0, pages: 8 },
      ...touches(0, 0, 0, 8),
    );
    apply(m, { op: 'fork', process: 0, child: 1 });
    const first = m.pte[m.vmaPte[0]!]! & 0xffff;
    expect(m.mapcount[first]).toBe(2);
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab: first });
    expect(only(events, 'unmap').map((event) => event.a)).toEqual(Array.from({ length: 8 }, () => 2));
    expect([counter(m, 'pteUnmaps'), counter(m, 'pagesSwapped'), counter(m, 'swapUsed')]).toEqual([16, 8, 8]);
    expect(Array.from(m.swapCount.subarray(0, 8))).toEqual(Array.from({ length: 8 }, () => 2));
    apply(m, ...touches(1, 0, 0, 8), ...touches(0, 0, 0, 8));
    expect([counter(m, 'refaults'), counter(m, 'pagesSwappedIn')]).toEqual([8, 8]);
  });

  it('ends at an mlocked page: what was evicted before it was for nothing', () => {
    const m = plainMachine();
    apply(m, FILE, { op: 'spawn', process: 0 }, { op: 'mapFile', process: 0, region: 0, file: 0, pages: 8 });
    apply(
      m,
      { op: 'lock', process: 0, region: 0 },
      ...reads(0, 0, 5),
      ...touches(0, 0, 5, 6),
      ...reads(0, 6, 8),
    );
    const slab = m.fileSlot[0]! - 1;
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab });
    expect(only(events, 'refuse')).toMatchObject([{ pfn: slab + 5, reason: 'mlocked' }]);
    expect(only(events, 'slabRefused')).toMatchObject([{ pfn: slab, a: 5 }]);
    expect([counter(m, 'pagesEvicted'), counter(m, 'evictedForNothing'), counter(m, 'slabsRefused')]).toEqual(
      [5, 5, 1],
    );
    // the frames are idle in their slab, not free
    expect(Array.from(m.kind.subarray(slab, slab + 8))).toEqual([4, 4, 4, 4, 4, 7, 7, 7]);
  });

  it('meets a page parked in an array, unless arrays are drained first', () => {
    const parked = (drainFirst: boolean) => {
      const m = plainMachine({ policyChange: { drainFirst } });
      apply(m, FILE, ...reads(0, 0, 8), { op: 'truncate', file: 0, page: 7, pages: 1 });
      expect(Array.from(m.kind.subarray(0, 8)).filter((kind) => kind === PAGE.slabParked)).toHaveLength(1);
      return only(apply(m, reclaimFirst), 'refuse').map(({ reason }) => reason);
    };
    expect(parked(false)).toEqual(['parked']);
    expect(parked(true)).toEqual([]);
  });

  it.each([
    ['noSwap at 0', { swapPages: 0 }, ['anon'], 'kernel'],
    ['needsIo at 0', {}, ['anon'], 'noio'],
    ['pinned at 3', {}, ['pin'], 'kernel'],
    ['writeback at 2', {}, ['dirty', 'sync'], 'kernel'],
    ['needsFs at 2', {}, ['dirty'], 'nofs'],
    ['none', {}, ['dirty'], 'kernel'],
    ['none', {}, [], 'noio'],
  ] as const)('meets %s (%j, %j, GFP_%s)', (expected, change, what, gfp) => {
    const m = plainMachine(change);
    if (what[0] === 'anon') {
      // a first process of its own, so that the region's pages are the first of the user cache
      apply(
        m,
        { op: 'spawn', process: 0 },
        { op: 'mapAnon', process: 0, region: 0, pages: 8 },
        ...touches(0, 0, 0, 8),
      );
    } else {
      apply(m, FILE, ...reads(0, 0, 8));
    }
    if (what[0] === 'pin') apply(m, { op: 'pin', file: 0, page: 3 });
    if (what[0] === 'dirty') apply(m, ...writes(0, 2, 3));
    if (what[1] === 'sync') apply(m, { op: 'sync', pages: 1 });
    const slab = (what[0] === 'anon' ? m.pte[m.vmaPte[0]!]! & 0xffff : m.fileSlot[0]! - 1) >>> 3;
    clearEvents(m.log);
    evictSlab(m, slab, GFP_MASKS[gfp]);
    expect(refusal(m).replace(/\d+/, (pfn) => String(Number(pfn) - slab * 8))).toBe(expected);
  });

  it('clears the objects of kernel object slabs, but not where one is referenced or the filesystem is barred', () => {
    const m = plainMachine();
    for (let object = 0; object < 64; object++) apply(m, { op: 'objectLookup', cache: 0, object });
    const slab = m.objSlabPfn[0]! - 1;
    clearEvents(m.log);
    evictSlab(m, slab >>> 3, GFP_MASKS.nofs);
    expect(refusal(m)).toBe(`needsFs at ${slab}`);
    apply(m, { op: 'objectGet', cache: 0, object: 20 });
    const events = apply(m, { op: 'reclaimSlab', order: 3, slab });
    expect(only(events, 'refuse')).toMatchObject([{ pfn: slab + 2, reason: 'liveObject' }]);
    apply(m, { op: 'objectPut', cache: 0, object: 20 });
    const again = apply(m, { op: 'reclaimSlab', order: 3, slab });
    expect(only(again, 'clearObjects')).toHaveLength(6);
    expect(counter(m, 'objectsCleared')).toBe(64);
    // object pages are not counted as evicted: nobody's memory was taken
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });
});

/**
 * Three slabs of the user cache: at 0 the oldest, half dirty; at 16 all clean; at 24 two clean pages, the newest.
 */
function threeSlabs(policyChange: Partial<PolicyConfig>, change = {}): Machine {
  const m = plainMachine({ policyChange, ...change });
  apply(m, FILE, ...reads(0, 0, 4), ...writes(0, 4, 8), ...reads(0, 8, 18));
  return m;
}

describe('choosing a slab', () => {
  const chosen = (m: Machine, times = 1): number[] =>
    Array.from(
      { length: times },
      () => only(apply(m, { op: 'reclaimSlab', order: 3 }), 'chooseSlab')[0]!.pfn,
    );

  it.each([
    ['most-clean', 16],
    ['fewest-objects', 24],
    ['cheapest', 24],
    ['lru-oldest', 0],
    ['first', 0],
    ['best-of-all', 16],
  ] as const)('by %s takes the slab at %i', (victim, pfn) => {
    expect(chosen(threeSlabs({ victim }))).toEqual([pfn]);
  });

  it('at random takes any, the same for the same seed', () => {
    const picks = Array.from(
      { length: 20 },
      (_, seed) => chosen(threeSlabs({ victim: 'random' }, { seed }))[0],
    );
    expect(new Set(picks)).toEqual(new Set([0, 16, 24]));
    expect(chosen(threeSlabs({ victim: 'random' }, { seed: 3 }))).toEqual([picks[3]]);
  });

  it('looks at no more than maxDefragScan slabs, and goes on where it stopped', () => {
    const m = threeSlabs({ maxDefragScan: 1 });
    const events = apply(m, { op: 'reclaimSlab', order: 3 });
    expect(only(events, 'scanSlab').map((event) => event.pfn)).toEqual([0]);
    expect(chosen(m, 2)).toEqual([16, 24]);
    // also past a slab that is still there, and so would be met again
    const kept = threeSlabs({ maxDefragScan: 1 });
    apply(kept, { op: 'pin', file: 0, page: 0 });
    expect(chosen(kept, 2)).toEqual([0, 16]);
    // and begins again at the zone's start
    apply(m, ...reads(0, 30, 31));
    const slab = m.fileSlot[30]! - 1;
    expect(chosen(m)).toEqual([slab]);
  });

  it('counts by how much the scan missed the best of all slabs', () => {
    const m = threeSlabs({ maxDefragScan: 1 });
    apply(m, { op: 'reclaimSlab', order: 3 });
    expect([counter(m, 'scanRegret'), counter(m, 'scansChosen')]).toEqual([4, 1]);
  });

  it('counts the same in the unit of the rule', () => {
    const regret = (victim: PolicyConfig['victim']) => {
      const m = threeSlabs({ victim, maxDefragScan: 1 });
      const { writePage, dropPage } = m.config.cost;
      apply(m, { op: 'reclaimSlab', order: 3 });
      const unit = victim === 'cheapest' ? 2 * dropPage + 4 * writePage : 1;
      return m.measures[MEASURE.scoreRegret]! / unit;
    };
    // slab 0, the only one looked at, holds 4 clean and 4 dirty pages, the best others 8 clean or 2 clean ones
    expect([regret('most-clean'), regret('fewest-objects'), regret('cheapest')]).toEqual([4, 6, 1]);
    expect([regret('lru-oldest'), regret('first'), regret('random'), regret('best-of-all')]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('by age counts by how many operations the pages chosen were younger than the oldest slab', () => {
    const m = threeSlabs({ victim: 'lru-oldest', maxDefragScan: 1 });
    apply(m, ...reads(0, 0, 8), { op: 'reclaimSlab', order: 3 });
    // the pages of slab 0 were touched in operations 20 to 27, those of the slab at 16 in 10 to 17
    expect(m.measures[MEASURE.scoreRegret]).toBe(10);
  });

  it('as best of all looks at every slab, whatever maxDefragScan says, and never regrets', () => {
    const m = threeSlabs({ victim: 'best-of-all', maxDefragScan: 1 });
    const events = apply(m, { op: 'reclaimSlab', order: 3 });
    expect(only(events, 'scanSlab').map((event) => event.pfn)).toEqual([0, 16, 24]);
    expect([counter(m, 'slabsScanned'), counter(m, 'scanRegret')]).toEqual([3, 0]);
  });

  it('goes on with the next best after a refusal', () => {
    const m = threeSlabs({});
    apply(m, { op: 'pin', file: 0, page: 15 });
    const events = apply(m, { op: 'reclaimSlab', order: 3 });
    expect(only(events, 'chooseSlab').map((event) => event.pfn)).toEqual([16, 0]);
    expect(only(events, 'slabReclaimEnd')).toMatchObject([{ a: 2, b: 1 }]);
    expect([counter(m, 'slabsRefused'), counter(m, 'slabsDiscarded')]).toEqual([1, 1]);
    expect(counter(m, 'evictedForNothing')).toBe(7);
  });

  it('finds no candidate where there is none', () => {
    const m = plainMachine();
    expect(only(apply(m, { op: 'reclaimSlab', order: 3 }), 'noCandidate').length).toBeGreaterThan(0);
    expect(counter(m, 'slabsTried')).toBe(0);
  });

  it('does nothing for an order above the slab order', () => {
    const m = threeSlabs({});
    expect(only(apply(m, { op: 'reclaimSlab', order: 4 }), 'notHere')).toHaveLength(1);
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });

  it('does nothing under buddy-2.6, which has no slabs', () => {
    const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
    apply(m, FILE, ...reads(0, 0, 8));
    expect(only(apply(m, { op: 'reclaimSlab', order: 3 }), 'notHere')).toHaveLength(1);
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });

  it('takes an empty slab without evicting anything', () => {
    const m = threeSlabs({});
    apply(m, { op: 'truncate', file: 0, page: 8, pages: 8 });
    const events = apply(m, { op: 'reclaimSlab', order: 3 });
    expect(only(events, 'slabDestroy').map((event) => event.pfn)).toEqual([16]);
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });
});

describe('what reclaim is counted as', () => {
  it('an inversion is a page warmer than what the zone could still have given up', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 16));
    // the slab at 16 holds pages 8 to 15, all warmer than the eight at 0
    apply(m, { op: 'reclaimSlab', order: 3, slab: 16 });
    expect(counter(m, 'inversions')).toBe(8);
    apply(m, reclaimFirst);
    expect(counter(m, 'inversions')).toBe(8);
  });

  it('is none when the coldest page left could not be evicted anyway', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 16));
    for (let page = 0; page < 8; page++) apply(m, { op: 'pin', file: 0, page });
    apply(m, { op: 'reclaimSlab', order: 3, slab: 16 });
    expect(counter(m, 'inversions')).toBe(0);
  });

  it('a refault is an evicted page asked for again, not a truncated or dropped one', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 8), reclaimFirst, ...reads(0, 2, 4));
    expect(counter(m, 'refaults')).toBe(2);
    apply(m, { op: 'truncate', file: 0, page: 4, pages: 1 }, ...reads(0, 4, 5));
    apply(m, { op: 'dropCaches' }, ...reads(0, 2, 4));
    expect(counter(m, 'refaults')).toBe(2);
  });

  it('evicted for nothing is what lies outside the block a larger request obtained', () => {
    const m = plainMachine({ policyChange: { growth: 'fail' } });
    apply(m, FILE, ...reads(0, 0, 8));
    const alloc = (id: number, order: number, gfp: number) =>
      ({ op: 'alloc', id, order, gfp, tag: 'network' }) as const;
    // others take the rest down to a page less than the request's mark leaves it, without waking kswapd
    let id = 0;
    for (; zoneField(m, 0, Z.freePages) > 67; id++) apply(m, alloc(id, 2, GFP_MASKS.atomic));
    apply(m, alloc(id++, 5, GFP_MASKS.atomic));
    expect(zoneField(m, 0, Z.freePages)).toBe(zoneField(m, 0, Z.min) + 3);
    const events = apply(m, alloc(id, 2, GFP_MASKS.kernel));
    expect(only(events, 'slabDiscarded')).toMatchObject([{ pfn: 0, a: 8 }]);
    const block = m.allocPfn[id]! - 1;
    // kswapd runs at the operation's end: what it takes is not the request's
    const asked = events.slice(
      0,
      events.findIndex((event) => event.type === 'pageAlloc'),
    );
    const outside = only(asked, 'drop').filter(({ pfn }) => pfn < block || pfn >= block + 4);
    expect(outside.length).toBeGreaterThan(0);
    expect(counter(m, 'evictedForNothing')).toBe(outside.length);
    const { highOrderRequested, highOrderServed, highOrderFailed } = C;
    expect([highOrderRequested, highOrderServed, highOrderFailed].map((i) => m.counters[i])).toEqual([
      id + 1,
      id + 1,
      0,
    ]);
    expect(m.flags[block]! & FLAG.inSlab).toBe(0);
    expect(m.kind[block]).toBe(PAGE.highOrder);
  });
});
