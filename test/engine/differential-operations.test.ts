import { describe, expect, it } from 'vitest';
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import { freeListPfns } from '../../src/engine/buddy.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { zoneField, zoneOf } from '../../src/engine/zone.ts';
import { NaiveBuddy, NaiveCache, NaiveDescriptors, NaivePcp } from './naive-model.ts';
import { apply, counter, toyMachine } from './support.ts';

const PAGES = 2048;
const ARRAYS = { limit: 6, batchcount: 3, shared: 6 };

/** Where single pages of one zone come from, under either policy. */
interface Singles {
  /** Pages that count as free for a single page. */
  free(): number;
  alloc(cpu: number, mark: number): number | null;
  give(cpu: number, pfn: number): void;
}

/** The naive machine: two zones with their buddy lists and what each policy puts before them. */
function naiveMachine(m: Machine): { zones: NaiveBuddy[]; singles: Singles[] } {
  const zones = m.config.zones.map((zone, z) => {
    const buddy = new NaiveBuddy(zone, m.config.maxOrder);
    buddy.lists.forEach((list, order) => {
      list.push(...freeListPfns(m, z, order, PAGES));
    });
    return buddy;
  });
  const { cpus, slabOrder } = m.config;
  const descriptors = new NaiveDescriptors(slabOrder);
  const singles = zones.map((buddy, z): Singles => {
    if (m.config.policy.name === 'buddy-2.6') {
      const pcp = new NaivePcp(buddy, zoneField(m, z, Z.present), cpus);
      return {
        free: () => buddy.freePages,
        alloc: (cpu) => pcp.alloc(cpu),
        give: (cpu, pfn) => pcp.free(cpu, pfn),
      };
    }
    const sizes = { slabOrder, cpus, ...ARRAYS };
    const cache = new NaiveCache(sizes, buddy, descriptors, (pfn) => zones[zoneOf(m.config, pfn)]!);
    const parked = () => cache.arrays.reduce((sum, array) => sum + array.length, cache.shared.length);
    return {
      free: () => buddy.freePages + cache.freeObjects + parked(),
      alloc: (cpu, mark) => cache.alloc(cpu, mark),
      give: (cpu, pfn) => cache.free(cpu, pfn),
    };
  });
  return { zones, singles };
}

describe('kernel allocations and the naive model', () => {
  const cases = (['order0-slab', 'buddy-2.6'] as const).flatMap((name) =>
    [1, 2, 3, 4].map((seed) => [name, seed] as const),
  );

  it.each(cases)('get the same page frames under %s (seed %i)', (name, seed) => {
    const rng = new Uint32Array(4);
    seedPrng(rng, seed, 'allocations');
    const pick = (bound: number) => nextBelow(rng, bound);
    const cpus = 1 + (seed % 3);
    const m = toyMachine({ pages: PAGES, cpus, arrays: ARRAYS, policyChange: { name, growth: 'fail' } });
    const { zones, singles } = naiveMachine(m);
    const held: { id: number; pfn: number; order: number }[] = [];
    let id = 0;
    let used = 0;
    for (let i = 0; i < 2500; i++) {
      const cpu = pick(cpus);
      // up to three quarters full: Normal runs low and DMA has to help, but nothing needs reclaim
      if (held.length === 0 || (used < 1560 && pick(100) < 70)) {
        const order = pick(10) < 8 ? 0 : 1 + pick(4);
        apply(m, { op: 'alloc', id, order, gfp: GFP_MASKS.kernel, tag: 'kmalloc', cpu });
        const pfn = m.allocPfn[id]! - 1;
        let expected: number | null = null;
        for (const z of [1, 0]) {
          const mark = zoneField(m, z, Z.low);
          const free = order === 0 ? singles[z]!.free() : zones[z]!.freePages;
          if (expected !== null || free < mark + 2 ** order) continue;
          expected = order === 0 ? singles[z]!.alloc(cpu, mark) : zones[z]!.alloc(order);
        }
        expect(pfn).toBe(expected);
        held.push({ id: id++, pfn, order });
        used += 2 ** order;
      } else {
        const [{ id: gone, pfn, order }] = held.splice(pick(held.length), 1) as [(typeof held)[0]];
        apply(m, { op: 'free', id: gone, cpu });
        const z = zoneOf(m.config, pfn);
        if (order === 0) singles[z]!.give(cpu, pfn);
        else zones[z]!.free(pfn, order);
        used -= 2 ** order;
      }
      const lists = zones.map((_, z) =>
        Array.from({ length: m.config.maxOrder + 1 }, (_, order) => freeListPfns(m, z, order, PAGES)),
      );
      if (i % 10 === 0) expect(lists).toEqual(zones.map((zone) => zone.lists));
    }
    expect(counter(m, 'requestsFailed')).toBe(0);
    expect(counter(m, 'directReclaims')).toBe(0);
    expect(held.some(({ pfn }) => zoneOf(m.config, pfn) === 0)).toBe(true);
  });
});
