import { describe, expect, it } from 'vitest';
import { explainInFull } from '../../src/analysis/why-in-full.ts';
import { type PolicyMeans, policyMeans } from '../../src/analysis/why-policies.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { POLICY_IDS, type PolicyId } from '../../src/engine/config.ts';
import { PAGE } from '../../src/engine/frames.ts';
import type { Machine } from '../../src/engine/machine.ts';
import {
  apply,
  counter,
  drawnMachine,
  plainMachine,
  randomOperations,
  reads,
  writes,
} from '../engine/support.ts';

function means(m: Machine, order: number, policy: PolicyId): PolicyMeans {
  return policyMeans(m, order).find((one) => one.policy === policy)!;
}

/** A machine of one zone after a life of random operations, the rest of it filled with a file in which a third is dirty. */
function lived(seed: number): Machine {
  const m = plainMachine({
    pages: 256,
    zones: [{ name: 'Normal', start: 0, end: 256, min: 0 }],
    swapPages: 256,
    policyChange: { reclaim: 'on-request', growth: 'fail' },
  });
  const log = randomOperations(seed, 1500, 256);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  apply(m, { op: 'createFile', file: 9, pages: 256 }, ...reads(9, 0, 256), ...writes(9, 176, 240));
  return m;
}

/** 256 pages of one zone, the lowest of them filled with a file read from its first page to its last. */
function filled(pages: number): Machine {
  const m = plainMachine({ pages: 256, maxOrder: 8, policyChange: { name: 'buddy-2.6' } });
  apply(m, { op: 'createFile', file: 0, pages }, ...reads(0, 0, pages));
  return m;
}

describe('what each policy could do', () => {
  it('is told of all five', () => {
    expect(new Set(policyMeans(lived(1), 3).map(({ policy }) => policy))).toEqual(new Set(POLICY_IDS));
  });

  it('is for order0-slab what reclaiming that slab then takes', () => {
    let reclaimed = 0;
    for (let seed = 0; seed < 12; seed++) {
      const m = lived(seed);
      const { cheapest } = means(m, m.config.slabOrder, 'order0-slab');
      if (cheapest === null || cheapest.drop + cheapest.write + cheapest.swap === 0) continue;
      const before = { written: counter(m, 'pagesWritten'), swapped: counter(m, 'pagesSwapped') };
      apply(m, { op: 'reclaimSlab', order: cheapest.order, slab: cheapest.pfn });
      const end = cheapest.pfn + (1 << cheapest.order);
      expect(m.kind.slice(cheapest.pfn, end).every((kind) => kind === PAGE.free)).toBe(true);
      expect({
        written: counter(m, 'pagesWritten') - before.written,
        swapped: counter(m, 'pagesSwapped') - before.swapped,
      }).toEqual({ written: cheapest.write, swapped: cheapest.swap });
      reclaimed++;
    }
    expect(reclaimed).toBeGreaterThan(3);
  });

  it('counts for buddy-2.6 every colder page on the way to a window, for lumpy reclaim the window alone', () => {
    const m = filled(192);
    expect(means(m, 7, 'buddy-2.6').cheapest).toMatchObject({ pfn: 0, drop: 128 });
    expect(means(m, 7, 'mobility-lumpy').cheapest).toMatchObject({ pfn: 128, drop: 64 });
    expect(means(m, 7, 'buddy-2.6').emptiable).toBe(2);
  });

  it('lets compaction move what eviction must refuse, but neither what is pinned', () => {
    const m = filled(96);
    const both = (policy: PolicyId) => means(m, 6, policy).emptiable;
    expect([both('mobility-lumpy'), both('mobility-compaction')]).toEqual([4, 4]);
    apply(
      m,
      { op: 'spawn', process: 1 },
      { op: 'mapFile', region: 1, process: 1, file: 0, pages: 8 },
      { op: 'touch', process: 1, region: 1, page: 3 },
      { op: 'lock', process: 1, region: 1 },
    );
    expect(both('mobility-compaction') - both('mobility-lumpy')).toBe(1);
    m.pins[64] = 1;
    expect(both('mobility-compaction')).toBe(both('mobility-lumpy') + 1);
  });
});

describe('the whole answer', () => {
  it('has its windows by cost, and the cheapest of them first', () => {
    const { windows, cheapest } = explainInFull(lived(3), 4, 0);
    const costs = windows.map(({ costNs }) => costNs ?? Number.POSITIVE_INFINITY);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(windows[0]!.costNs).toBe(cheapest?.costNs ?? null);
  });

  it('says the flaw of the fragmentation index where it shows', () => {
    const scattered = explainInFull(drawnMachine('.U'.repeat(64), 7), 7, 0);
    expect(scattered.fragIndex).toBe(977);
    expect(scattered.indexNote).toContain('64 free pages cannot make a block of 128');
    const enough = explainInFull(drawnMachine('.U'.repeat(64), 7), 6, 0);
    expect(enough.indexNote).toContain('enough for 1 block');
  });
});
