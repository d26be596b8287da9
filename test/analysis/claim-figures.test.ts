import { describe, expect, it } from 'vitest';
import { claimFigures } from '../../src/analysis/claim-figures.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { noteLatency } from '../../src/engine/measures.ts';
import { apply, counter, plainMachine, reads, toyMachine } from '../engine/support.ts';

const FILE = { op: 'createFile', file: 0, pages: 64 } as const;

describe('the latencies of a run', () => {
  it('are told by class, with the middle and the slowest hundredth as powers of two', () => {
    const m = toyMachine();
    m.measures.fill(0);
    for (let i = 0; i < 98; i++) noteLatency(m, 0, 15);
    noteLatency(m, 0, 5000);
    noteLatency(m, 0, 100_000);
    noteLatency(m, 5, 1);
    const [single, small, large] = claimFigures(m).latency.classes;
    expect(single).toMatchObject({ orders: 'order 0', requests: 100, medianNs: 8, p99Ns: 4096 });
    expect(small).toMatchObject({ requests: 0, medianNs: null, p99Ns: null });
    expect(large).toMatchObject({ orders: 'above order 3', requests: 1, medianNs: 0, p99Ns: 0 });
    expect(claimFigures(m).latency).toMatchObject({ lastNs: 1, lastOrder: 5 });
  });
});

describe('the cost of searching', () => {
  it('is pages looked at for each block, apart for slabs and the LRU', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 24), { op: 'reclaimSlab', order: 3 });
    apply(m, { op: 'reclaimSlab', order: 3 });
    const { slab, lru, chosen } = claimFigures(m).search;
    expect(slab).toEqual({ pages: 40, blocks: 2, perBlock: 20, slabs: 5 });
    expect(lru).toEqual({ pages: 0, blocks: 0, perBlock: null, freed: 0 });
    expect(chosen).toBe(2);
  });
});

describe('the books', () => {
  it('are descriptors of slabs as they lie, and steps for each request', () => {
    const m = plainMachine();
    apply(m, FILE, ...reads(0, 0, 24));
    const { overhead } = claimFigures(m);
    // three slabs of eight pages: 24 + 2 * 8 bytes, rounded up to 64
    expect(overhead).toMatchObject({ descriptorBytes: 192, descriptorPages: 1, arraySteps: 48, pcpSteps: 0 });
    const { steps, ns } = overhead.perAllocation;
    expect(steps).toBeCloseTo((48 + counter(m, 'buddySteps')) / 24, 1);
    expect(ns).toBeCloseTo((48 * 8 + counter(m, 'buddySteps') * 15) / 24, 0);
  });

  it('of a buddy policy have no descriptors', () => {
    const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
    apply(m, { op: 'alloc', id: 1, order: 0, gfp: GFP_MASKS.kernel, tag: 'kmalloc' });
    const { overhead } = claimFigures(m);
    expect(overhead).toMatchObject({ descriptorBytes: 0, descriptorPages: 0, arraySteps: 0 });
    expect(overhead.pcpSteps).toBeGreaterThan(0);
  });
});
