import { describe, expect, it } from 'vitest';
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import { NONE } from '../../src/base/units.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { buddyAlloc, buddyFree, freeListPfns } from '../../src/engine/buddy.ts';
import { claimPages, wipePages } from '../../src/engine/claim.ts';
import { C } from '../../src/engine/counters.ts';
import { PAGE } from '../../src/engine/frames.ts';
import type { CacheClass } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { K, type Machine } from '../../src/engine/machine.ts';
import { cacheAlloc, cacheFree, cacheIndex, drainCache, trimCaches } from '../../src/engine/order0/cache.ts';
import { reapCaches } from '../../src/engine/order0/reap.ts';
import { cacheField } from '../../src/engine/order0/slab-list.ts';
import { zoneOf } from '../../src/engine/zone.ts';
import { NaiveBuddy, NaiveCache, NaiveDescriptors } from './naive-model.ts';
import { toyConfig } from './support.ts';

const PAGES = 512;
const ZONES = [
  { name: 'DMA', start: 0, end: 128 },
  { name: 'Normal', start: 128, end: PAGES },
] as const;

function random(seed: number): (bound: number) => number {
  const state = new Uint32Array(4);
  seedPrng(state, seed, 'differential');
  return (bound) => nextBelow(state, bound);
}

/** Both models with the same free pages; boot memory at PFN 0. */
function naiveZones(m: Machine): NaiveBuddy[] {
  return m.config.zones.map((zone, z) => {
    const buddy = new NaiveBuddy(zone, m.config.maxOrder);
    buddy.lists.forEach((list, order) => {
      list.push(...freeListPfns(m, z, order, PAGES));
    });
    return buddy;
  });
}

function lists(m: Machine, zone: number): number[][] {
  return Array.from({ length: m.config.maxOrder + 1 }, (_, order) => freeListPfns(m, zone, order, PAGES));
}

describe('buddy and the naive model', () => {
  it.each([1, 2, 3, 4, 5, 6])('give the same page frames and lists (seed %i)', (seed) => {
    const pick = random(seed);
    const m = bootMachine(toyConfig({ pages: PAGES, zones: ZONES, maxOrder: 4 + pick(7) }));
    const zones = naiveZones(m);
    const held: [pfn: number, order: number][] = [];
    for (let i = 0; i < 3000; i++) {
      if (pick(100) < 52 || held.length === 0) {
        const zone = pick(2);
        const order = pick(10) < 7 ? 0 : pick(7);
        const pfn = buddyAlloc(m, zone, order);
        expect(pfn).toBe(zones[zone]!.alloc(order) ?? NONE);
        if (pfn === NONE) continue;
        claimPages(m, pfn, order, PAGE.kmalloc, 0, 0);
        held.push([pfn, order]);
      } else {
        const [[pfn, order]] = held.splice(pick(held.length), 1) as [[number, number]];
        const zone = zoneOf(m.config, pfn);
        wipePages(m, pfn, order, PAGE.free);
        buddyFree(m, zone, pfn, order);
        zones[zone]!.free(pfn, order);
      }
      if (i % 5 === 0) expect([lists(m, 0), lists(m, 1)]).toEqual(zones.map((zone) => zone.lists));
    }
  });
});

function chainOf(m: Machine, slab: number): number[] {
  const chain: number[] = [];
  for (let pfn = m.slabFree[slab]!; pfn !== NONE; pfn = m.next[pfn]!) chain.push(pfn);
  return chain;
}

function slabList(m: Machine, cache: number, head: number): [first: number, chain: number[]][] {
  const slabs: [number, number[]][] = [];
  for (let slab = cacheField(m, cache, head); slab !== NONE; slab = m.slabNext[slab]!)
    slabs.push([slab << m.config.slabOrder, chainOf(m, slab)]);
  return slabs;
}

/** Everything a cache holds, as the naive model would say it. */
function cacheState(m: Machine, cache: number) {
  const { limit, shared } = m.config.arrays;
  const entries = (array: number) =>
    Array.from(m.arrayEntries.subarray(array * limit, array * limit + m.arrayCount[array]!));
  return {
    partial: slabList(m, cache, K.partialHead),
    full: slabList(m, cache, K.fullHead),
    empty: slabList(m, cache, K.freeHead),
    arrays: Array.from({ length: m.config.cpus }, (_, cpu) => entries(cache * m.config.cpus + cpu)),
    shared: Array.from(
      m.sharedEntries.subarray(cache * shared, cache * shared + cacheField(m, cache, K.sharedCount)),
    ),
    freeObjects: cacheField(m, cache, K.freeObjects),
  };
}

function naiveState(cache: NaiveCache): ReturnType<typeof cacheState> {
  const slabs = (list: typeof cache.partial): [number, number[]][] =>
    list.map((slab) => [slab.first, slab.chain]);
  return {
    partial: slabs(cache.partial),
    full: slabs(cache.full),
    empty: slabs(cache.empty),
    arrays: cache.arrays,
    shared: cache.shared,
    freeObjects: cache.freeObjects,
  };
}

describe('the page caches and the naive model', () => {
  it.each([
    [1, 1, 2, 6, 3, 6],
    [2, 2, 2, 6, 3, 6],
    [3, 2, 3, 4, 2, 8],
    [4, 4, 2, 5, 3, 7],
    [5, 3, 4, 24, 12, 96],
    [6, 2, 5, 40, 20, 30],
    [7, 1, 3, 1, 1, 1],
    [8, 4, 2, 3, 2, 3],
  ])(
    'give the same page frames, slabs and arrays (seed %i, %i CPUs, slabs of order %i, arrays %i/%i/%i)',
    (seed, cpus, slabOrder, limit, batchcount, shared) => {
      const pick = random(seed);
      const arrays = { limit, batchcount, shared };
      const m = bootMachine(toyConfig({ pages: PAGES, zones: ZONES, cpus, slabOrder, arrays }));
      const zones = naiveZones(m);
      const buddyOf = (pfn: number) => zones[zoneOf(m.config, pfn)]!;
      const descriptors = new NaiveDescriptors(slabOrder);
      const caches = Array.from(
        { length: 6 },
        (_, c) =>
          new NaiveCache({ slabOrder, cpus, ...arrays }, zones[Math.floor(c / 3)]!, descriptors, buddyOf),
      );
      const held: [pfn: number, cache: number][] = [];
      for (let i = 0; i < 4000; i++) {
        m.cpu = pick(cpus);
        const roll = pick(1000);
        // memory fills and empties in turns, so that slabs grow, become partial and go
        const fill = i % 1000 < 500 ? 620 : 330;
        if (roll < fill) {
          const zone = pick(2);
          const cls = pick(3) as CacheClass;
          const cache = cacheIndex(zone, cls);
          const mark = pick(20);
          const pfn = cacheAlloc(m, zone, cls, mark);
          expect(pfn).toBe(caches[cache]!.alloc(m.cpu, mark) ?? NONE);
          if (pfn === NONE) continue;
          claimPages(m, pfn, 0, PAGE.kmalloc, 0, 0);
          held.push([pfn, cache]);
        } else if (roll < 985) {
          const one = held.splice(pick(held.length), 1)[0];
          if (!one) continue;
          wipePages(m, one[0], 0, PAGE.free);
          cacheFree(m, one[0]);
          caches[one[1]]!.free(m.cpu, one[0]);
        } else if (roll < 990) {
          const cache = pick(6);
          drainCache(m, cache);
          caches[cache]!.drain();
        } else if (roll < 997) {
          reapCaches(m);
          for (const cache of caches) cache.reap();
        } else {
          trimCaches(m);
          for (const cache of caches) cache.trim();
        }
        if (i % 10 !== 0) continue;
        expect(caches.map((_, c) => cacheState(m, c))).toEqual(caches.map(naiveState));
        expect([lists(m, 0), lists(m, 1)]).toEqual(zones.map((zone) => zone.lists));
      }
      expect(m.counters[C.cacheGrowths]).toBeGreaterThan(0);
      expect(m.counters[C.slabsDestroyed]).toBeGreaterThan(0);
      expect(m.counters[C.descriptorPages]).toBe(descriptors.pages.length);
      for (const [pfn] of held) {
        wipePages(m, pfn, 0, PAGE.free);
        cacheFree(m, pfn);
      }
      expect(checkInvariants(m)).toBeNull();
    },
  );
});
