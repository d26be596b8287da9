import { describe, expect, it } from 'vitest';
import type { BootReport } from '../../../src/analysis/inspect/boot.ts';
import { inspect } from '../../../src/analysis/inspect/inspect.ts';
import { C } from '../../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../../src/engine/frames.ts';
import { GFP_MASKS } from '../../../src/engine/gfp.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { DESCRIPTOR_OWNER } from '../../../src/engine/order0/descriptor.ts';
import { bundledPresets } from '../../../src/scenario/bundled-presets.ts';
import { apply, plainMachine, reads, toyMachine } from '../../engine/support.ts';
import { runPreset } from '../../scenario/run-preset.ts';

function bootOf(m: Machine): BootReport {
  const report = inspect(m, { view: 'boot' });
  if (report.view !== 'boot') throw new Error(report.view);
  return report;
}

const outside = (report: BootReport) =>
  Object.fromEntries(report.slabs!.outside.map(({ what, pages }) => [what, pages]));

describe('what boot leaves', () => {
  it('is told by window, from the configuration alone', () => {
    // 52 boot pages: windows of 32 pages, so the second has 20 of them and 12 that no slab can have
    const m = toyMachine();
    const { runs, whole, cutPages, ranges, windowPages } = bootOf(m);
    expect(ranges).toEqual([{ start: 0, pages: 52, kind: 'reserved', owner: 'kernel image and boot data' }]);
    expect(windowPages).toBe(32);
    expect(runs).toEqual([
      { pfn: 0, windows: 1, state: 'taken' },
      { pfn: 32, windows: 1, state: 'cut' },
      { pfn: 64, windows: 30, state: 'whole' },
    ]);
    expect([whole, cutPages]).toEqual([30, 12]);
    apply(m, { op: 'alloc', id: 1, order: 4, gfp: GFP_MASKS.kernel, tag: 'kmalloc' });
    expect(bootOf(m)).toMatchObject({ runs, whole, cutPages });
  });

  it('names what the scenario names, and counts holes and the edges of zones', () => {
    const m = toyMachine({
      zones: [
        { name: 'DMA', start: 0, end: 100 },
        { name: 'Normal', start: 100, end: 1024 },
      ],
      boot: [
        { start: 0, pages: 32, kind: 'reserved', what: 'kernel image' },
        { start: 512, pages: 8, kind: 'hole' },
      ],
    });
    const { ranges, runs, cutPages } = bootOf(m);
    expect(ranges.map(({ owner }) => owner)).toEqual(['kernel image', 'no memory']);
    expect(runs.filter(({ state }) => state === 'cut').map(({ pfn }) => pfn)).toEqual([96, 512]);
    expect(cutPages).toBe(32 + 24);
  });
});

describe('the caches’ own memory', () => {
  it('is a descriptor outside of each slab, in pages of buddy', () => {
    const m = plainMachine();
    expect(bootOf(m).slabs!.descriptors).toMatchObject({ slabs: 0, pfns: [] });
    apply(m, { op: 'createFile', file: 0, pages: 64 }, ...reads(0, 0, 24));
    const { slabs, bytesEach, perPage, pfns } = bootOf(m).slabs!.descriptors;
    expect([slabs, bytesEach, perPage]).toEqual([3, 64, 64]);
    expect(pfns).toHaveLength(1);
    for (const pfn of pfns) {
      expect(m.owner[pfn]).toBe(DESCRIPTOR_OWNER);
      expect(m.flags[pfn]! & FLAG.inSlab).toBe(0);
    }
  });

  it('is nothing under a policy without slabs', () => {
    expect(bootOf(plainMachine({ policyChange: { name: 'buddy-2.6' } })).slabs).toBeNull();
  });
});

describe('what lies outside of slabs', () => {
  it('tells what never can be in one from what found none', () => {
    const m = toyMachine({ stackOrder: 1 });
    apply(
      m,
      { op: 'spawn', process: 1 },
      { op: 'alloc', id: 1, order: 2, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
    );
    const report = bootOf(m);
    expect(outside(report)).toMatchObject({
      'boot memory': 52,
      'kernel stacks': 2,
      'blocks above order 0': 4,
      'slab descriptors': 1,
    });
    expect(report.slabs!.outside.every(({ never }) => never)).toBe(true);
  });

  it('tells large folios apart, also those that were split since', () => {
    const m = toyMachine({ pageCache: { order: 3, fallback: 'fail' } });
    apply(m, { op: 'createFile', file: 0, pages: 16 }, ...reads(0, 0, 16));
    const folios = () => bootOf(m).slabs!.outside.find(({ what }) => what === 'large folios');
    expect(folios()).toMatchObject({ pages: 16, never: true });
    apply(m, { op: 'truncate', file: 0, page: 11, pages: 5 });
    expect(m.counters[C.foliosSplit]).toBe(1);
    expect(folios()).toMatchObject({ pages: 11, never: true });
  });

  it.each(bundledPresets.map(({ id }) => id))('is every used page of %s outside of slabs', (id) => {
    let machine: Machine | null = null;
    runPreset(id, '', (m) => {
      machine = m;
    });
    const m = machine! as Machine;
    const empty: readonly number[] = [PAGE.free, PAGE.pcp, PAGE.hole];
    let pages = 0;
    for (let pfn = 0; pfn < m.config.pages; pfn++) {
      if (!(m.flags[pfn]! & FLAG.inSlab) && !empty.includes(m.kind[pfn]!)) pages++;
    }
    const report = bootOf(m);
    if (report.slabs === null) return;
    const told = report.slabs.outside.reduce((sum, one) => sum + one.pages, 0);
    expect(told).toBe(pages);
    const stranded = report.slabs.outside.filter(({ never }) => !never);
    for (const { pfn, what } of stranded) {
      if (what !== 'unknown pages') expect(m.flags[pfn]! & FLAG.stranded).not.toBe(0);
    }
  });
});
