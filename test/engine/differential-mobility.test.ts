import { describe, expect, it } from 'vitest';
import { nextBelow, seedPrng } from '../../src/base/prng.ts';
import { NONE } from '../../src/base/units.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { claimPages, wipePages } from '../../src/engine/claim.ts';
import { PAGE } from '../../src/engine/frames.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { rmqueue2624 } from '../../src/engine/mobility/rmqueue-2.6.24.ts';
import { rmqueue612 } from '../../src/engine/mobility/rmqueue-6.12.ts';
import { typedFree } from '../../src/engine/mobility/typed-buddy.ts';
import { blockType, listIndex } from '../../src/engine/mobility/types.ts';
import { lruAdd, lruDel } from '../../src/engine/user/lru.ts';
import { zoneOf } from '../../src/engine/zone.ts';
import { NaiveMobility, type Version } from './naive-mobility.ts';
import { counter, toyConfig } from './support.ts';

const PAGES = 512;
const ZONES = [
  { name: 'DMA', start: 0, end: 120 },
  { name: 'Normal', start: 120, end: PAGES },
] as const;

/** Free lists of a zone by type and order, the head first. */
function lists(m: Machine, zone: number): number[][][] {
  return [0, 1, 2, 3].map((type) =>
    Array.from({ length: m.config.maxOrder + 1 }, (_, order) => {
      const pfns: number[] = [];
      for (let p = m.freeHead[listIndex(m, zone, type, order)]!; p !== NONE; p = m.next[p]!) pfns.push(p);
      return pfns;
    }),
  );
}

/** The same zone in both models: pageblock types and free lists taken over as they stand after boot. */
function naiveZone(m: Machine, zone: number, version: Version, shared: NaiveMobility | null): NaiveMobility {
  const { maxOrder, pageblockOrder } = m.config;
  const movable = (first: number, size: number) => {
    let pages = 0;
    for (let p = first; p < first + size; p++) if (m.kind[p] === PAGE.anon) pages++;
    return pages;
  };
  const naive = new NaiveMobility(version, m.config.zones[zone]!, maxOrder, pageblockOrder, { movable });
  lists(m, zone).forEach((orders, type) => {
    orders.forEach((pfns, order) => {
      naive.lists[naive.typeOfNumber(type)][order]!.push(...pfns);
    });
  });
  const blocks = shared?.blocks ?? naive.blocks;
  for (let p = 0; p < PAGES; p += 2 ** pageblockOrder)
    blocks.set(p / 2 ** pageblockOrder, naive.typeOfNumber(blockType(m, p)));
  if (shared !== null) Object.assign(naive, { blocks });
  return naive;
}

const naiveLists = (naive: NaiveMobility) =>
  [0, 1, 2, 3].map((type) => naive.lists[naive.typeOfNumber(type)]);

const CASES = (['2.6.24', '6.12'] as const).flatMap((version) =>
  [1, 2, 3, 4, 5, 6].map((seed) => [version, seed] as const),
);

describe('buddy lists by migratetype and the naive model', () => {
  it.each(CASES)('give the same page frames, lists and pageblocks (%s, seed %i)', (version, seed) => {
    const rng = new Uint32Array(4);
    seedPrng(rng, seed, 'mobility');
    const pick = (bound: number) => nextBelow(rng, bound);
    const then = version === '2.6.24';
    const m = bootMachine(
      toyConfig({
        pages: PAGES,
        zones: ZONES,
        maxOrder: 5 + pick(6),
        pageblockOrder: 3 + (seed % 4),
        minFreeKbytes: seed % 2 === 0 ? 0 : 64,
        policyChange: { name: then ? 'mobility-lumpy' : 'mobility-compaction' },
      }),
    );
    const first = naiveZone(m, 0, version, null);
    const zones = [first, naiveZone(m, 1, version, first)];
    const movable = then ? 2 : 1;
    const held: [pfn: number, order: number, type: number][] = [];
    let used = 0;
    for (let i = 0; i < 2500; i++) {
      const full = i % 500 < 300 ? 470 : 200;
      if (held.length === 0 || (used < full && pick(100) < 62)) {
        const zone = pick(2);
        const type = pick(10) < 6 ? movable : pick(3);
        const order = pick(10) < 8 ? 0 : pick(5);
        const pfn = (then ? rmqueue2624 : rmqueue612)(m, zone, order, type);
        expect(pfn).toBe(zones[zone]!.alloc(order, type) ?? NONE);
        if (pfn === NONE) continue;
        const user = type === movable && order === 0;
        claimPages(m, pfn, order, user ? PAGE.anon : PAGE.kmalloc, 0, 0);
        if (user) lruAdd(m, pfn, false);
        held.push([pfn, order, type]);
        used += 2 ** order;
      } else {
        const [[pfn, order]] = held.splice(pick(held.length), 1) as [(typeof held)[0]];
        lruDel(m, pfn);
        wipePages(m, pfn, order, PAGE.free);
        typedFree(m, zoneOf(m.config, pfn), pfn, order, !then);
        zones[zoneOf(m.config, pfn)]!.free(pfn, order);
        used -= 2 ** order;
      }
      if (i % 10 !== 0) continue;
      expect([lists(m, 0), lists(m, 1)]).toEqual(zones.map(naiveLists));
      for (const [block, type] of first.blocks)
        expect(blockType(m, block * 2 ** m.config.pageblockOrder)).toBe(first.typeNumber(type));
    }
    expect(counter(m, 'pageblockSteals')).toBeGreaterThan(0);
    expect(counter(m, 'pageblockClaims')).toBeGreaterThan(0);
  });
});
