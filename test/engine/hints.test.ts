import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMinimumTree, leastPlace, leastValue, setPlace } from '../../src/base/minimum-tree.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { CACHE_CLASS } from '../../src/engine/gfp.ts';
import { type Machine, restoreSnapshot, takeSnapshot } from '../../src/engine/machine.ts';
import { cacheIndex } from '../../src/engine/order0/cache.ts';
import { bestCleanOfAll } from '../../src/engine/order0/victim.ts';
import { coldestEvictable, coldestOnLists } from '../../src/engine/user/evicted.ts';
import { randomOperations, toyConfig } from './support.ts';

const POLICIES = ['order0-slab', 'buddy-2.6'] as const;

/** Clean file pages of the user slab that has most of them, counted over all pages. */
function mostClean(m: Machine, zone: number): number {
  const clean = new Map<number, number>();
  for (let pfn = 0; pfn < m.config.pages; pfn++) {
    const slab = pfn >>> m.config.slabOrder;
    if (m.slabCache[slab] !== cacheIndex(zone, CACHE_CLASS.user) + 1) continue;
    if (m.kind[pfn] !== PAGE.file || m.flags[pfn]! & (FLAG.dirty | FLAG.writeback)) continue;
    clean.set(slab, (clean.get(slab) ?? 0) + 1);
  }
  return Math.max(0, ...clean.values());
}

describe('the smallest of a row', () => {
  it('is known after any changes', () => {
    const change = fc.tuple(fc.nat(12), fc.nat(20));
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const tree = createMinimumTree(13);
        const row = new Array<number>(13).fill(0);
        for (const [place, value] of changes) {
          row[place] = value;
          setPlace(tree, place, value);
          expect(leastValue(tree)).toBe(Math.min(...row));
          expect(leastPlace(tree)).toBe(row.indexOf(Math.min(...row)));
        }
      }),
    );
  });
});

describe('the hints', { timeout: 60_000 }, () => {
  it.each(POLICIES)('lead to what looking at every page finds, under %s', (name) => {
    let answers = 0;
    for (const [seed, swapPages] of [
      [1, 256],
      [2, 0],
      [3, 40],
    ] as const) {
      const config = toyConfig({ swapPages, policyChange: { name, reclaim: 'on-failure' } });
      const log = randomOperations(seed, 6000, config.pages);
      const m = bootMachine(config);
      const early = takeSnapshot(m);
      for (let i = 0; i < log.length; i++) {
        // long before the end the state is replaced once: hints of another past must not stay
        if (i === 4000) restoreSnapshot(m, early);
        applyOperation(m, log, i);
        // hints that nobody asks stay loose for a while, as they do in a run
        if (i % 7 !== 0) continue;
        for (let zone = 0; zone < config.zones.length; zone++) {
          const coldest = coldestEvictable(m, zone);
          expect(coldest).toBe(coldestOnLists(m, zone));
          const best = bestCleanOfAll(m, [zone]);
          expect(best).toBe(mostClean(m, zone));
          if (coldest !== Number.POSITIVE_INFINITY) answers++;
        }
      }
    }
    expect(answers).toBeGreaterThan(500);
  });
});
