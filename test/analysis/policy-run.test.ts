import { describe, expect, it } from 'vitest';
import { medianTouch, watchHotPages } from '../../src/analysis/hot-pages.ts';
import { policyRun } from '../../src/analysis/policy-run.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { stateHash } from '../../src/engine/machine.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { apply, counter, plainMachine, randomOperations, reads, toyConfig } from '../engine/support.ts';

describe('hot pages evicted', () => {
  it('are those of the hotter half, and LRU reclaim takes the other', () => {
    const m = plainMachine({ policyChange: { name: 'buddy-2.6' } });
    apply(m, { op: 'createFile', file: 0, pages: 100 }, ...reads(0, 0, 100));
    const hot = watchHotPages(m);
    hot.next();
    apply(m, { op: 'reclaimLru', pages: 10 });
    expect(counter(m, 'pagesEvicted')).toBeGreaterThan(0);
    expect(hot.evicted).toBe(0);
  });

  it('count under slab reclaim whatever stands in the slab', () => {
    const m = plainMachine();
    apply(m, { op: 'createFile', file: 0, pages: 100 }, ...reads(0, 0, 60));
    const touches = [...m.kind.keys()]
      .filter((pfn) => m.kind[pfn] === PAGE.file)
      .map((pfn) => m.lastTouch[pfn]!)
      .sort((a, b) => a - b);
    expect(medianTouch(m, 0)).toBe(touches[touches.length >> 1]);
    // the slab that was filled last
    const newest = m.lastTouch.indexOf(Math.max(...m.lastTouch));
    const slab = newest >> m.config.slabOrder;
    const pages = [...m.kind.keys()].filter(
      (pfn) => pfn >> m.config.slabOrder === slab && m.kind[pfn] === PAGE.file,
    ).length;
    const hot = watchHotPages(m);
    hot.next();
    apply(m, { op: 'reclaimSlab', order: m.config.slabOrder, slab: slab << m.config.slabOrder });
    expect(counter(m, 'slabsDiscarded')).toBe(1);
    expect(hot.evicted).toBe(pages);
  });
});

describe.each(AVAILABLE_POLICIES)('a run once more under %s', (name) => {
  const config = toyConfig({ pages: 256, swapPages: 8 });
  const log = randomOperations(3, 400, 256);

  it('is that policy’s run, which listening does not change', () => {
    const m = bootMachine({ ...config, policy: { ...config.policy, name } });
    for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
    const heard = bootMachine({ ...config, policy: { ...config.policy, name } });
    const hot = watchHotPages(heard);
    for (let i = 0; i < log.length; i++) {
      hot.next();
      applyOperation(heard, log, i);
    }
    expect(stateHash(heard)).toBe(stateHash(m));
    const run = policyRun(config, log, name);
    const { series, hotEvicted } = run.curves!;
    expect(series.counted.pagesEvicted.at(-1)).toBe(counter(m, 'pagesEvicted'));
    expect(series.counted.inversions.at(-1)).toBe(counter(m, 'inversions'));
    expect(hotEvicted).toHaveLength(series.steps.length);
    expect(hotEvicted.at(-1)).toBe(hot.evicted);
    expect(hot.evicted).toBeLessThanOrEqual(counter(m, 'pagesEvicted'));
    expect(run.prices).toEqual({ readPage: config.cost.readPage, swapIn: config.cost.swapIn });
    expect(run.figures!.search.lru.pages).toBeLessThanOrEqual(series.searchedPages.at(-1)!);
  });
});

describe('a run that is too large', () => {
  it('is not run, and says so', () => {
    const run = policyRun(toyConfig({ pages: 131_072 }), randomOperations(1, 5, 256), 'buddy-2.6');
    expect(run.curves).toBeNull();
    expect(run.reason).toMatch(/too long|too large/);
  });
});
