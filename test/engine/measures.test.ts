import { describe, expect, it } from 'vitest';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import {
  LATENCY_BUCKETS,
  latencyHistogram,
  MEASURE,
  type MeasureName,
  noteLatency,
} from '../../src/engine/measures.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { apply, counter, plainMachine, reads, toyMachine, writes } from './support.ts';

const of = (m: Machine, name: MeasureName): number => m.measures[MEASURE[name]]!;
const alloc = (id: number, order: number, gfp: number = GFP_MASKS.kernel) =>
  ({ op: 'alloc', id, order, gfp, tag: 'kmalloc' }) as const;

describe('latencies', () => {
  it('go into the bucket of their power of two, the first and the last open', () => {
    const m = toyMachine();
    m.measures.fill(0);
    for (const ns of [0, 1, 2, 3, 4, 1023, 1024, 2 ** 31, 2 ** 40]) noteLatency(m, 0, ns);
    const histogram = latencyHistogram(m, 0);
    expect(histogram).toHaveLength(LATENCY_BUCKETS);
    expect(Object.fromEntries([...histogram.entries()].filter(([, n]) => n > 0))).toEqual({
      0: 2,
      1: 2,
      2: 1,
      9: 1,
      10: 1,
      31: 2,
    });
  });

  it('are what each request cost, counted by class of order, once each', () => {
    const m = plainMachine();
    apply(m, alloc(1, 0), alloc(2, 2), alloc(3, 4), alloc(4, 4));
    const sums = [0, 1, 2].map((cls) => latencyHistogram(m, cls).reduce((sum, n) => sum + n, 0));
    expect(sums).toEqual([1, 1, 2]);
    expect(of(m, 'lastOrder')).toBe(4);
    expect(of(m, 'lastLatencyNs')).toBe(m.config.cost.buddyStep);
  });

  it('hold all that was done for the request: slabs emptied, pages written', () => {
    const m = plainMachine({ policyChange: { growth: 'fail' } });
    apply(m, { op: 'createFile', file: 0, pages: 8 }, ...writes(0, 0, 8));
    let id = 1;
    // others take memory down to the request's mark, without waking kswapd
    for (; zoneField(m, 0, Z.freePages) > 67; id++) apply(m, alloc(id, 2, GFP_MASKS.atomic));
    apply(m, alloc(id++, 5, GFP_MASKS.atomic));
    const before = counter(m, 'costNs');
    apply(m, alloc(id, 2));
    expect(counter(m, 'slabsDiscarded')).toBe(1);
    expect(of(m, 'lastLatencyNs')).toBeGreaterThan(8 * m.config.cost.writePage);
    expect(of(m, 'lastLatencyNs')).toBeLessThanOrEqual(counter(m, 'costNs') - before);
  });
});

describe('the search', () => {
  it('counts the pages slab reclaim looks at and the blocks it makes', () => {
    const m = plainMachine();
    apply(m, { op: 'createFile', file: 0, pages: 64 }, ...reads(0, 0, 24));
    apply(m, { op: 'reclaimSlab', order: 3 });
    expect([of(m, 'slabPagesLooked'), of(m, 'slabBlocks')]).toEqual([24, 1]);
    expect(of(m, 'lruPagesLooked')).toBe(0);
  });

  it('counts the pages LRU reclaim takes from both lists, and those it frees', () => {
    const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
    apply(m, { op: 'createFile', file: 0, pages: 200 }, ...reads(0, 0, 200), { op: 'reclaimLru', pages: 32 });
    expect(of(m, 'lruPagesFreed')).toBe(counter(m, 'pagesEvicted'));
    expect(of(m, 'lruPagesLooked')).toBeGreaterThanOrEqual(of(m, 'lruPagesFreed'));
    expect(of(m, 'slabPagesLooked')).toBe(0);
  });

  it('counts a larger request that only LRU reclaim could serve as a block of its', () => {
    const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
    apply(m, { op: 'createFile', file: 0, pages: 500 }, ...reads(0, 0, 500));
    apply(m, alloc(1, 7, GFP_MASKS.kernel | GFP.repeat));
    expect(counter(m, 'highOrderServed')).toBe(1);
    expect(of(m, 'lruBlocks')).toBe(1);
    expect(counter(m, 'directReclaims')).toBeGreaterThan(0);
  });
});

describe('the books', () => {
  it('of the slab caches count a page in and a page out of an array', () => {
    const m = plainMachine();
    apply(m, alloc(1, 0));
    // one entry moved into the array by the refill, one popped
    expect(of(m, 'arraySteps')).toBe(2);
    apply(m, { op: 'free', id: 1 });
    expect(of(m, 'arraySteps')).toBe(3);
    expect(of(m, 'pcpSteps')).toBe(0);
  });

  it('of the buddy policies count per-CPU lists the same way', () => {
    const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
    apply(m, alloc(1, 0), { op: 'free', id: 1 });
    expect(of(m, 'pcpSteps')).toBe(3);
    expect(of(m, 'arraySteps')).toBe(0);
  });
});
