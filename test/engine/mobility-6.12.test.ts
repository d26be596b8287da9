/** Rules of 6.12's page allocator and reclaim beside fallback and compaction, each on an example of its own. */
import { describe, expect, it } from 'vitest';
import { NONE } from '../../src/base/units.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import type { PolicyConfig, ZoneConfig } from '../../src/engine/config.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { createControl, MODE } from '../../src/engine/mobility/compact-control.ts';
import { fastFindSource, fastIsolateTargets } from '../../src/engine/mobility/compact-fast.ts';
import { scoreMarks } from '../../src/engine/mobility/compact-zone.ts';
import { getPage612 } from '../../src/engine/mobility/get-page-6.12.ts';
import { reserveHighAtomic, unreserveHighAtomic } from '../../src/engine/mobility/high-atomic.ts';
import { ALLOC, freeHighAtomic, watermarkOk612 } from '../../src/engine/mobility/marks-6.12.ts';
import { decayPcpHigh, pcpBounds612, pcpMarks612 } from '../../src/engine/mobility/pcp-6.12.ts';
import { balance612 } from '../../src/engine/mobility/reclaim-6.12.ts';
import { rotateFirst, rotateLast, typedFree } from '../../src/engine/mobility/typed-buddy.ts';
import { blockType, listIndex, SKIP_BIT, setBlockType } from '../../src/engine/mobility/types.ts';
import { M, mobilityField, setMobilityField } from '../../src/engine/mobility/zone-state.ts';
import { carriedOver, shrinkPlan } from '../../src/engine/objects/shrinker-6.12.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { mobilityCompaction } from '../../src/engine/policy/mobility-compaction.ts';
import type { Attempt } from '../../src/engine/policy/policy.ts';
import { setZoneField, zoneField } from '../../src/engine/zone.ts';
import { apply, counter, only, reads, toyConfig, toyMachine } from './support.ts';

const [UNMOVABLE, MOVABLE, HIGHATOMIC] = [0, 1, 3];

/** Kernel memory all over but for the free blocks named; pageblocks of 32 pages. */
function bare(
  pages: number,
  free: readonly [pfn: number, order: number][],
  policyChange: Partial<PolicyConfig> = {},
  zones: readonly ZoneConfig[] = [{ name: 'Normal', start: 0, end: pages, min: 0 }],
): Machine {
  const boot = [{ start: 0, pages, kind: 'reserved' as const }];
  const m = bootMachine(
    toyConfig({
      pages,
      zones,
      boot,
      cpus: 1,
      policyChange: { name: 'mobility-compaction', ...policyChange },
    }),
  );
  zones.forEach(({ start, end }, z) => {
    setZoneField(m, z, Z.managed, end - start);
  });
  for (const [pfn, order] of free) {
    m.kind.fill(PAGE.free, pfn, pfn + (1 << order));
    typedFree(m, pfn < zones[0]!.end ? 0 : 1, pfn, order, true);
  }
  return m;
}

const ask = (zones: readonly number[], order: number, gfp: number): Attempt => ({
  policy: mobilityCompaction,
  zones,
  order,
  gfp,
});

describe('the watermark test of 6.12', () => {
  const m = bare(512, [
    [0, 5],
    [64, 5],
    [128, 5],
    [192, 2],
  ]);

  it('halves the mark for __GFP_HIGH, takes a further quarter for one that also may not wait, and none for that alone', () => {
    // 100 pages are free; one more than the mark must be left
    const passes = (mark: number, flags: number) => watermarkOk612(m, 0, 0, mark, 0, undefined, flags);
    expect([99, 100].map((mark) => passes(mark, 0))).toEqual([true, false]);
    expect([99, 100].map((mark) => passes(mark, ALLOC.nonBlock))).toEqual([true, false]);
    expect([199, 200].map((mark) => passes(mark, ALLOC.minReserve))).toEqual([false, false]);
    expect(passes(198, ALLOC.minReserve)).toBe(true);
    expect([264, 266].map((mark) => passes(mark, ALLOC.minReserve | ALLOC.nonBlock))).toEqual([true, false]);
  });

  it('holds the boosted mark, which a single page with __GFP_HIGH may ignore', () => {
    const boosted = bare(512, [[64, 5]]);
    setMobilityField(boosted, 0, M.boost, 100);
    setZoneField(boosted, 0, Z.min, 8);
    expect(getPage612(boosted, ask([0], 0, GFP_MASKS.kernel), 'min')).toBe(NONE);
    expect(getPage612(boosted, ask([0], 0, GFP_MASKS.kernel | GFP.high), 'min')).not.toBe(NONE);
  });
});

describe('HIGHATOMIC pageblocks', () => {
  /** 128 pageblocks, of which 64 are free. */
  const machine = () =>
    bare(
      4096,
      Array.from({ length: 64 }, (_, i) => [i * 64, 5] as [number, number]),
    );

  it('are set aside for a higher order that may not wait and failed the low mark, up to a hundredth of the zone', () => {
    const m = machine();
    setZoneField(m, 0, Z.low, 4000);
    setZoneField(m, 0, Z.high, 4000);
    const pfn = getPage612(m, ask([0], 4, GFP_MASKS.atomic), 'low');
    expect(pfn).toBe(NONE);
    const taken = getPage612(m, ask([0], 4, GFP_MASKS.atomic), 'min');
    expect(blockType(m, taken)).toBe(HIGHATOMIC);
    expect(mobilityField(m, 0, M.highAtomic)).toBe(32);
    expect(freeHighAtomic(m, 0)).toBe(16);
    // a hundredth of 4,096, rounded up to pageblocks: 64 pages
    for (let i = 0; i < 6; i++) getPage612(m, ask([0], 4, GFP_MASKS.atomic), 'min');
    expect(mobilityField(m, 0, M.highAtomic)).toBe(64);
  });

  it('are none below 100 pageblocks', () => {
    const m = bare(2048, [[0, 5]]);
    reserveHighAtomic(m, 0, 0, 2);
    expect(blockType(m, 0)).toBe(MOVABLE);
  });

  it('count as not free for an ordinary request, and serve one that may not wait', () => {
    const m = machine();
    reserveHighAtomic(m, 0, 64, 2);
    expect(freeHighAtomic(m, 0)).toBe(32);
    const all = zoneField(m, 0, Z.freePages);
    expect(watermarkOk612(m, 0, 0, all - 33, 0)).toBe(true);
    expect(watermarkOk612(m, 0, 0, all - 32, 0)).toBe(false);
    expect(watermarkOk612(m, 0, 0, all - 32, 0, undefined, ALLOC.nonBlock)).toBe(true);
  });

  it('are given back before anybody is killed: the last one only when it must be', () => {
    const m = machine();
    reserveHighAtomic(m, 0, 64, 2);
    expect(unreserveHighAtomic(m, [0], UNMOVABLE, false)).toBe(false);
    expect(unreserveHighAtomic(m, [0], UNMOVABLE, true)).toBe(true);
    expect(blockType(m, 64)).toBe(UNMOVABLE);
    expect(mobilityField(m, 0, M.highAtomic)).toBe(0);
    expect(m.freeHead[listIndex(m, 0, UNMOVABLE, 5)]).toBe(64);
  });

  it('merge with their like alone from the pageblock order on', () => {
    const m = bare(4096, []);
    setBlockType(m, 64, HIGHATOMIC);
    const free = (pfn: number) => {
      m.kind.fill(PAGE.free, pfn, pfn + 32);
      return typedFree(m, 0, pfn, 5, true);
    };
    free(64);
    expect(free(96)).toBe(5);
    setBlockType(m, 160, HIGHATOMIC);
    setBlockType(m, 128, HIGHATOMIC);
    free(128);
    expect(free(160)).toBe(6);
  });
});

describe('ALLOC_NOFRAGMENT', () => {
  const zones = (name: 'DMA' | 'DMA32'): ZoneConfig[] => [
    { name, start: 0, end: 256, min: 0 },
    { name: 'Normal', start: 256, end: 512, min: 0 },
  ];
  // part of a MOVABLE pageblock of Normal, and a block of the lower zone's
  const free: [number, number][] = [
    [256, 3],
    [64, 5],
  ];
  const lands = (lower: 'DMA' | 'DMA32', noFragment: PolicyConfig['noFragment'] = 'kernel') => {
    const m = bare(512, free, { noFragment }, zones(lower));
    setBlockType(m, 64, UNMOVABLE);
    return getPage612(m, ask([1, 0], 4, GFP_MASKS.kernel), 'low');
  };
  const single = (lower: 'DMA' | 'DMA32', noFragment: PolicyConfig['noFragment'] = 'kernel') =>
    getPage612(bare(512, free, { noFragment }, zones(lower)), ask([1, 0], 0, GFP_MASKS.kernel), 'low');

  it('lets a request go to DMA32 rather than mix a pageblock of Normal, and is set nowhere else', () => {
    expect(single('DMA32')).toBeLessThan(256);
    expect(single('DMA')).toBeGreaterThanOrEqual(256);
    expect(single('DMA32', 'never')).toBeGreaterThanOrEqual(256);
    expect(single('DMA', 'always')).toBeLessThan(256);
  });

  it('is dropped when no zone can do without', () => {
    const m = bare(512, [[256, 3]], {}, zones('DMA32'));
    expect(getPage612(m, ask([1, 0], 0, GFP_MASKS.kernel), 'low')).toBe(256);
    expect(lands('DMA32')).toBe(64);
  });
});

describe('per-CPU lists of 6.12', () => {
  it('keep their high mark between a share of the low mark and an eighth of the zone', () => {
    const m = toyMachine({ pages: 4096, cpus: 2, policyChange: { name: 'mobility-compaction' } });
    const { highMin, highMax, batch } = pcpBounds612(m, 1);
    expect(batch).toBe(1);
    expect(highMin).toBe(Math.max(4, Math.trunc(zoneField(m, 1, Z.low) / 2)));
    expect(highMax).toBe(Math.trunc(zoneField(m, 1, Z.managed) / 8 / 2));
    const fixed = toyMachine({
      pages: 4096,
      cpus: 2,
      policyChange: { name: 'mobility-compaction', pcpHighFraction: 16 },
    });
    const bounds = pcpBounds612(fixed, 1);
    expect(bounds.highMin).toBe(bounds.highMax);
  });

  it('grow while the zone is above its high mark, and fall by an eighth a second when idle', () => {
    const m = toyMachine({ pages: 1024, cpus: 1, policyChange: { name: 'mobility-compaction' } });
    const before = pcpMarks612(m, 1, 0).high;
    apply(m, { op: 'createFile', file: 0, pages: 400 }, ...reads(0, 0, 400));
    const grown = pcpMarks612(m, 1, 0).high;
    expect(grown).toBeGreaterThan(before);
    apply(m, { op: 'idle', dt: 2_000_000 });
    const after = pcpMarks612(m, 1, 0).high;
    expect(after).toBeLessThan(grown);
    expect(after).toBeGreaterThanOrEqual(Math.trunc(grown * 0.7));
    decayPcpHigh(m);
    expect(pcpMarks612(m, 1, 0).high).toBe(after);
    expect(checkInvariants(m)).toBeNull();
  });
});

describe('shrinkers of 6.12', () => {
  it('do what a machine was seen to do: 13 objects without seeks, at falling priorities', () => {
    let nr = 0;
    const seen = [12, 11, 10, 10, 10, 10].map((priority) => {
      const { delta, total } = shrinkPlan(13, nr, priority, 0);
      expect([delta, total]).toEqual([6, 6]);
      nr = carriedOver(13, nr, delta, 0);
      return nr;
    });
    expect(seen).toEqual([6, 12, 18, 24, 26, 26]);
  });

  it('take four pages’ worth of objects a seek, and never more than twice what there is', () => {
    expect(shrinkPlan(8192, 0, 4, 2)).toEqual({ delta: 1024, total: 1024 });
    expect(shrinkPlan(100, 5000, 0, 2)).toEqual({ delta: 200, total: 200 });
  });
});

describe('kswapd of 6.12', () => {
  /** 480 pages of a file, the last hundred of them dirty, on a machine of 512. */
  function filled(kswapdOrder: PolicyConfig['kswapdOrder']): Machine {
    const m = toyMachine({
      pages: 512,
      zones: [{ name: 'Normal', start: 0, end: 512, min: 4 }],
      boot: [],
      cpus: 1,
      policyChange: { name: 'mobility-compaction', kswapdOrder },
    });
    const writes = Array.from(
      { length: 100 },
      (_, i) => ({ op: 'writeFile', file: 0, page: 370 + i }) as Operation,
    );
    apply(m, { op: 'createFile', file: 0, pages: 480 }, ...reads(0, 0, 370), ...writes, { op: 'drainCpus' });
    return m;
  }

  /** Pages that kswapd evicts when it is woken now. */
  function evictedBy(m: Machine): number {
    const before = counter(m, 'pagesEvicted');
    setZoneField(m, 0, Z.kswapdWoken, 1);
    // as after many small scans: on so short a list the first priority would look at one page and give up
    setZoneField(m, 0, Z.nrScanInactive, 100);
    balance612(m);
    return counter(m, 'pagesEvicted') - before;
  }

  it('reclaims as many pages as the boost has, without writing any, and takes the boost back', () => {
    const m = filled('asked');
    apply(m, { op: 'truncate', file: 0, page: 0, pages: 150 }, { op: 'drainCpus' });
    setMobilityField(m, 0, M.boost, 32);
    const evicted = evictedBy(m);
    expect(evicted).toBeGreaterThanOrEqual(32);
    expect(evicted).toBeLessThan(150);
    expect(counter(m, 'pagesWritten')).toBe(0);
    expect(mobilityField(m, 0, M.boost)).toBe(0);
  });

  it('reclaims for an order up to twice the block; for single pages nothing is wanted', () => {
    const [asked, zero] = (['asked', 'zero'] as const).map((kswapdOrder) => {
      const m = filled(kswapdOrder);
      // enough single pages are free, and no block of order 6
      const holes: Operation[] = [];
      for (let page = 0; page < 160; page += 4) holes.push({ op: 'truncate', file: 0, page, pages: 1 });
      apply(m, ...holes, { op: 'drainCpus' });
      setMobilityField(m, 0, M.kswapdOrder, 7);
      return evictedBy(m);
    });
    expect(zero).toBe(0);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan((2 << 6) + 64);
  });

  it('begins proactive compaction by vm.compaction_proactiveness', () => {
    expect(scoreMarks(bare(512, []))).toEqual({ low: 80, high: 90 });
    expect(scoreMarks(bare(512, [], { proactiveness: 100 }))).toEqual({ low: 5, high: 15 });
    expect(scoreMarks(bare(512, [], { proactiveness: 1 }))).toEqual({ low: 99, high: 100 });
  });
});

describe('the searches of the free lists', () => {
  /** Free blocks of order 3 in MOVABLE pageblocks at rising addresses. */
  const FREE: [number, number][] = [
    [40, 3],
    [104, 3],
    [264, 3],
    [456, 3],
  ];
  const control = (m: Machine, direct: boolean, type = MOVABLE) => {
    const cc = createControl(m, {
      zone: 0,
      order: 5,
      mode: MODE.syncLight,
      gfp: GFP_MASKS.kernel,
      type,
      direct,
    });
    cc.migratePfn = 0;
    cc.freePfn = 480;
    cc.sources.push(1, 2);
    return cc;
  };

  it('find a partly free pageblock to empty in the lower half, not one with a hint, and not for an UNMOVABLE request', () => {
    const m = bare(512, FREE);
    expect(fastFindSource(m, control(m, false))).toBe(96);
    m.pageblockType[3] = m.pageblockType[3]! | SKIP_BIT;
    const hinted = bare(512, FREE);
    hinted.pageblockType[3] = hinted.pageblockType[3]! | SKIP_BIT;
    expect(fastFindSource(hinted, control(hinted, true))).toBe(32);
    const other = bare(512, FREE);
    expect(fastFindSource(other, control(other, true, UNMOVABLE))).toBe(0);
    const off = bare(512, FREE, { fastSearch: false });
    expect(fastFindSource(off, control(off, false))).toBe(0);
  });

  it('take a target from the top quarter between the scanners', () => {
    const m = bare(512, FREE);
    const cc = control(m, true);
    fastIsolateTargets(m, cc);
    expect(cc.targets[3]).toEqual([456]);
    expect(cc.targetPages).toBe(8);
  });

  it('turn a list without losing a block', () => {
    const m = bare(512, FREE);
    const list = listIndex(m, 0, MOVABLE, 3);
    const blocks = () => {
      const pfns: number[] = [];
      for (let pfn = m.freeHead[list]!; pfn !== NONE; pfn = m.next[pfn]!) pfns.push(pfn);
      return pfns;
    };
    expect(blocks()).toEqual([456, 264, 104, 40]);
    rotateFirst(m, list, 104);
    expect(blocks()).toEqual([104, 40, 456, 264]);
    rotateLast(m, list, 40);
    expect(blocks()).toEqual([456, 264, 104, 40]);
    expect(m.freeTail[list]).toBe(40);
    expect(m.prev[456]).toBe(NONE);
  });

  it('are not made for a caller that may do no I/O: nothing is compacted for it', () => {
    const m = toyMachine({ swapPages: 0, policyChange: { name: 'mobility-compaction' } });
    apply(m, { op: 'createFile', file: 0, pages: 2000 }, ...reads(0, 0, 900));
    const events = Array.from({ length: 8 }, (_, id) =>
      apply(m, { op: 'alloc', id, order: 5, gfp: GFP_MASKS.noio, tag: 'kmalloc' }),
    ).flat();
    expect(only(events, 'compactTry')).toEqual([]);
    expect(only(events, 'request')).toHaveLength(8);
  });
});
