import { describe, expect, it } from 'vitest';
import { NONE } from '../../src/base/units.ts';
import { applyOperation } from '../../src/engine/apply.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import { largestFreeOrder } from '../../src/engine/buddy.ts';
import type { MachineConfig, PolicyId, ZoneConfig } from '../../src/engine/config.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { MODE, RESULT } from '../../src/engine/mobility/compact-control.ts';
import {
  defer,
  fragmentationIndex612,
  isDeferred,
  isSuitable,
  resetDefer,
} from '../../src/engine/mobility/compact-defer.ts';
import { compactZone, zoneScore } from '../../src/engine/mobility/compact-zone.ts';
import { lowmemReserves, watermarkOk2624, watermarks2624 } from '../../src/engine/mobility/marks-2.6.24.ts';
import { watermarkOk612, watermarks612 } from '../../src/engine/mobility/marks-6.12.ts';
import { pcpMarks2624 } from '../../src/engine/mobility/pcp-2.6.24.ts';
import { rmqueue612 } from '../../src/engine/mobility/rmqueue-6.12.ts';
import { typedFree } from '../../src/engine/mobility/typed-buddy.ts';
import { blockType, migratetypeOf, setBlockType } from '../../src/engine/mobility/types.ts';
import { createOperationLog, encodeOperation, type Operation } from '../../src/engine/operation.ts';
import { setZoneField, zoneField } from '../../src/engine/zone.ts';
import { apply, buddyinfo, counter, only, reads, touches, toyConfig, toyMachine } from './support.ts';

const triples = (marks: readonly { min: number; low: number; high: number }[]) =>
  marks.map(({ min, low, high }) => `${min}/${low}/${high}`).join(' ');

/** One zone of order-5 pageblocks without marks, all of it kernel memory but for the free blocks named. */
function bareMachine(
  name: PolicyId,
  pages: number,
  free: readonly [pfn: number, order: number][] = [],
): Machine {
  const zones: ZoneConfig[] = [{ name: 'Normal', start: 0, end: pages, min: 0 }];
  const boot = [{ start: 0, pages, kind: 'reserved' as const }];
  const config: MachineConfig = toyConfig({ pages, zones, boot, cpus: 1, policyChange: { name } });
  const m = bootMachine(config);
  for (const [pfn, order] of free) {
    m.kind.fill(PAGE.free, pfn, pfn + (1 << order));
    typedFree(m, 0, pfn, order, name === 'mobility-compaction');
  }
  return m;
}

describe('watermarks of 2.6.24', () => {
  const zones = [
    { name: 'DMA', present: 3951 },
    { name: 'Normal', present: 221_486 },
    { name: 'HighMem', present: 489_444 },
  ] as const;

  it('are those a machine of 3 GB printed', () => {
    expect(triples(watermarks2624(zones))).toBe('16/20/24 932/1165/1398 128/643/1158');
    expect(lowmemReserves(zones)).toEqual([
      [0, 865, 2777],
      [0, 0, 15_295],
      [0, 0, 0],
    ]);
    expect([pcpMarks2624(3951, false), pcpMarks2624(221_486, false)]).toEqual([
      { high: 0, batch: 1 },
      { high: 186, batch: 31 },
    ]);
  });

  it('are tested order by order: many single pages are no answer to a larger request', () => {
    const singles = (n: number) => Array.from({ length: n }, (_, i) => [16 + 2 * i, 0] as [number, number]);
    const m = bareMachine('mobility-lumpy', 4096, [[0, 4], ...singles(1000)]);
    expect(watermarkOk2624(m, 0, 4, 500, 0)).toBe(false);
    expect(watermarkOk2624(m, 0, 0, 500, 0)).toBe(true);
    const hundred = bareMachine('mobility-lumpy', 1024, singles(100));
    expect([99, 100].map((mark) => watermarkOk2624(hundred, 0, 0, mark, 0))).toEqual([true, false]);
    const four = bareMachine('mobility-lumpy', 1024, singles(400));
    expect(watermarkOk2624(four, 0, 3, 128, 0)).toBe(false);
  });
});

describe('watermarks of 6.12', () => {
  it('are those that three machines printed', () => {
    const small = [
      { name: 'DMA', present: 3840 },
      { name: 'DMA32', present: 49_175 },
    ] as const;
    expect(triples(watermarks612(small, 9))).toBe('33/41/49 426/532/638');
    const large = [
      { name: 'DMA', present: 3840 },
      { name: 'DMA32', present: 772_918 },
      { name: 'Normal', present: 1_245_184 },
    ] as const;
    expect(triples(watermarks612(large, 9))).toBe('32/40/48 6458/8072/9686 10405/13006/15607');
    const middle = [
      { name: 'DMA', present: 3840 },
      { name: 'DMA32', present: 113_530 },
    ] as const;
    expect(triples(watermarks612(middle, 9))).toBe('22/27/32 662/827/992');
  });

  it('are tested by the total and by whether some block fits', () => {
    const singles = Array.from({ length: 1000 }, (_, i) => [16 + 2 * i, 0] as [number, number]);
    expect(watermarkOk612(bareMachine('mobility-compaction', 4096, [[0, 4], ...singles]), 0, 4, 500, 0)).toBe(
      true,
    );
    expect(watermarkOk612(bareMachine('mobility-compaction', 4096, singles), 0, 3, 128, 0)).toBe(false);
  });
});

describe('grouping by mobility', () => {
  it('gives user pages, dentries and the kernel blocks of their own', () => {
    const m = toyMachine({ policyChange: { name: 'mobility-lumpy' } });
    apply(
      m,
      { op: 'spawn', process: 0 },
      { op: 'mapAnon', process: 0, region: 0, pages: 100 },
      ...touches(0, 0, 0, 100),
      ...Array.from(
        { length: 24 },
        (_, id) => ({ op: 'alloc', id, order: 0, gfp: GFP_MASKS.kernel, tag: 'kmalloc' }) as const,
      ),
      ...Array.from({ length: 100 }, (_, object) => ({ op: 'objectLookup', cache: 0, object }) as const),
    );
    const typesOf = (kind: number) =>
      new Set(
        Array.from(m.kind.keys())
          .filter((p) => m.kind[p] === kind)
          .map((p) => blockType(m, p)),
      );
    // 2.6.24: 0 unmovable, 1 reclaimable, 2 movable
    expect([PAGE.kmalloc, PAGE.objSlab, PAGE.anon].map((kind) => [...typesOf(kind)])).toEqual([
      [0],
      [1],
      [2],
    ]);
  });

  it.each(['mobility-lumpy', 'mobility-compaction'] as const)(
    'is switched off below five pageblocks under %s, and every block is unmovable',
    (name) => {
      const m = toyMachine({ pageblockOrder: 8, policyChange: { name } });
      apply(m, { op: 'createFile', file: 0, pages: 64 }, ...reads(0, 0, 64));
      expect(migratetypeOf(m.config, GFP.movable)).toBe(0);
      expect([...m.pageblockType].every((type) => type === 0)).toBe(true);
    },
  );

  it('sets as many of the lowest pageblocks aside in 2.6.24 as the min mark needs', () => {
    const m = toyMachine({ policyChange: { name: 'mobility-lumpy' } });
    const aside = [...m.pageblockType].flatMap((type, block) => (type === 3 ? [block] : []));
    // DMA: min 16, one block, the first whose first page is not boot memory; Normal: min 48, two
    expect(aside).toEqual([2, 8, 9]);
  });
});

describe('falling back in 6.12', () => {
  const MOVABLE = 1;
  const UNMOVABLE = 0;
  const RECLAIMABLE = 2;

  /** 512 pages of 32-page blocks whose pageblock at 256 has a type, and free blocks in it. */
  function withBlock(type: number, free: readonly [number, number][]): Machine {
    const m = bareMachine('mobility-compaction', 512);
    setBlockType(m, 256, type);
    for (const [pfn, order] of free) {
      m.kind.fill(PAGE.free, pfn, pfn + (1 << order));
      typedFree(m, 0, pfn, order, true);
    }
    return m;
  }

  it('claims a whole pageblock', () => {
    const m = withBlock(UNMOVABLE, [[256, 5]]);
    expect(rmqueue612(m, 0, 0, MOVABLE)).toBe(256);
    expect(blockType(m, 256)).toBe(MOVABLE);
    expect(counter(m, 'watermarkBoosts')).toBe(0);
  });

  it('claims a block of which half is free, and serves its smallest piece', () => {
    const m = withBlock(RECLAIMABLE, [
      [256, 4],
      [276, 1],
    ]);
    expect(rmqueue612(m, 0, 0, MOVABLE)).toBe(276);
    expect(blockType(m, 256)).toBe(MOVABLE);
  });

  it('takes the piece alone from a block that is neither free nor alike', () => {
    const m = withBlock(UNMOVABLE, [[264, 3]]);
    expect(rmqueue612(m, 0, 0, RECLAIMABLE)).toBe(264);
    expect(blockType(m, 256)).toBe(UNMOVABLE);
    // the remainder stays with the block it lies in
    expect(rmqueue612(m, 0, 2, UNMOVABLE)).toBe(268);
  });

  it('boosts the marks by a pageblock each time it mixes, up to half again the high mark', () => {
    const m = withBlock(UNMOVABLE, [[264, 3]]);
    setZoneField(m, 0, Z.managed, 512);
    setZoneField(m, 0, Z.high, 40);
    rmqueue612(m, 0, 0, RECLAIMABLE);
    expect(m.mobility[0]).toBe(32);
    rmqueue612(m, 0, 0, RECLAIMABLE);
    rmqueue612(m, 0, 0, RECLAIMABLE);
    expect(m.mobility[0]).toBe(60);
    expect(zoneField(m, 0, Z.kswapdWoken)).toBe(1);
  });
});

describe('lumpy reclaim', () => {
  it('takes the neighbours of a cold page and counts what was evicted beside the block', () => {
    const m = toyMachine({ swapPages: 0, policyChange: { name: 'mobility-lumpy' } });
    apply(m, { op: 'createFile', file: 0, pages: 2000 }, ...reads(0, 0, 1200));
    const events = apply(
      m,
      { op: 'alloc', id: 0, order: 5, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
      { op: 'alloc', id: 1, order: 5, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
      { op: 'alloc', id: 2, order: 5, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
      { op: 'alloc', id: 3, order: 5, gfp: GFP_MASKS.kernel, tag: 'kmalloc' },
    );
    const lumps = only(events, 'lumpyIsolate');
    expect(lumps.length).toBeGreaterThan(0);
    for (const { pfn, a, order } of lumps) {
      expect(a).toBeLessThanOrEqual(1 << order);
      expect(pfn).toBeLessThan(m.config.pages);
    }
    expect(counter(m, 'highOrderFailed')).toBe(0);
    expect(counter(m, 'lumpyTaken')).toBeGreaterThan(0);
  });
});

describe('compaction', () => {
  it('blames fragmentation by the index of the kernel', () => {
    const index = (blocks: string, order: number) =>
      fragmentationIndex612(blocks.split(' ').map(Number), order);
    expect(index('4 6 2 2 4 3 0 1 3 0 0', 9)).toBe(875);
    expect(index('664 314 119 28 10 4 2 1 0 0 0', 9)).toBe(995);
    expect(index('0 0 0 0 0 1 1 1 0 1 0', 10)).toBe(571);
    expect(index('1 0 0 0 0 0 0 0 0 0 0', 0)).toBe(-1000);
  });

  it('puts off twice as many attempts after every failure, and none once it has served', () => {
    const m = bareMachine('mobility-compaction', 512);
    const putOff = () => {
      let n = 0;
      while (isDeferred(m, 0, 5)) n++;
      return n;
    };
    expect(putOff()).toBe(0);
    const runs = [1, 2, 3, 4, 5, 6, 7].map(() => {
      defer(m, 0, 5);
      return putOff();
    });
    expect(runs).toEqual([1, 3, 7, 15, 31, 63, 63]);
    resetDefer(m, 0, 5, true);
    expect(putOff()).toBe(0);
  });

  /** 512 pages, one in eight of them a file page, the others free: no block of order 7. */
  function scattered(change: readonly Operation[] = []): Machine {
    const m = toyMachine({
      pages: 512,
      zones: [{ name: 'Normal', start: 0, end: 512, min: 0 }],
      boot: [],
      cpus: 1,
      policyChange: { name: 'mobility-compaction' },
    });
    apply(m, { op: 'createFile', file: 0, pages: 512 }, ...reads(0, 0, 510));
    const holes: Operation[] = [];
    for (let page = 0; page < 510; page++)
      if (page % 8 !== 0) holes.push({ op: 'truncate', file: 0, page, pages: 1 });
    apply(m, ...holes, { op: 'drainCpus' }, ...change);
    return m;
  }

  const run = (m: Machine) =>
    compactZone(
      m,
      { zone: 0, order: 7, mode: MODE.syncLight, gfp: GFP_MASKS.kernel, type: 0, direct: true },
      0,
      0,
    );

  it('moves pages to the far end until a block of the order is free', () => {
    const m = scattered();
    const pages = m.kind.reduce((sum, kind) => sum + (kind === PAGE.file ? 1 : 0), 0);
    const moved = counter(m, 'pagesMoved');
    expect(largestFreeOrder(m, 0)).toBeLessThan(7);
    expect(run(m)).toBe(RESULT.success);
    expect(largestFreeOrder(m, 0)).toBeGreaterThanOrEqual(7);
    expect(counter(m, 'pagesMoved')).toBeGreaterThan(moved);
    expect(m.kind.reduce((sum, kind) => sum + (kind === PAGE.file ? 1 : 0), 0)).toBe(pages);
    expect(checkInvariants(m)).toBeNull();
  });

  it('leaves a pinned page where it is and moves a locked one', () => {
    const pins: Operation[] = [];
    for (let page = 0; page < 510; page += 16) pins.push({ op: 'pin', file: 0, page });
    const m = scattered(pins);
    const pinned = Array.from(m.kind.keys()).filter((p) => m.pins[p]! > 0);
    const what = pinned.map((p) => [m.owner[p], m.index[p]]);
    expect(pinned.length).toBeGreaterThan(10);
    run(m);
    expect(pinned.map((p) => [m.owner[p], m.index[p]])).toEqual(what);
    expect(counter(m, 'compactMigrateFailed')).toBeGreaterThan(0);
    expect(checkInvariants(m)).toBeNull();

    const locked = scattered([
      { op: 'spawn', process: 0 },
      { op: 'mapFile', process: 0, region: 0, file: 0, pages: 510 },
      { op: 'lock', process: 0, region: 0 },
      { op: 'touch', process: 0, region: 0, page: 64 },
    ]);
    const at = locked.pte.find((entry) => entry !== 0);
    run(locked);
    expect(locked.pte.find((entry) => entry !== 0)).not.toBe(at);
    expect(checkInvariants(locked)).toBeNull();
  });

  it('is not tried without free pages to move into', () => {
    const m = toyMachine({ policyChange: { name: 'mobility-compaction' } });
    setZoneField(m, 1, Z.low, zoneField(m, 1, Z.freePages));
    expect(isSuitable(m, 1, 5, 1)).toBe(false);
    setZoneField(m, 1, Z.low, 0);
    expect(isSuitable(m, 1, 5, 1)).toBe(true);
  });

  it('runs on its own every half second while the score is high', () => {
    const m = scattered();
    expect(zoneScore(m, 0)).toBeGreaterThan(0);
    const log = createOperationLog(4);
    encodeOperation(log, { op: 'idle', dt: 600_000 });
    m.log.level = 1;
    const score = zoneScore(m, 0);
    applyOperation(m, log, 0);
    expect(counter(m, 'proactiveRuns')).toBe(score > 90 ? 1 : 0);
    expect(checkInvariants(m)).toBeNull();
  });

  it('counts stalls as served or failed', () => {
    const m = toyMachine({ swapPages: 0, policyChange: { name: 'mobility-compaction' } });
    apply(m, { op: 'createFile', file: 0, pages: 2000 }, ...reads(0, 0, 1200));
    for (let id = 0; id < 30; id++)
      apply(m, { op: 'alloc', id, order: 5, gfp: GFP_MASKS.kernel, tag: 'kmalloc' });
    const [stall, ok, fail] = ['compactStall', 'compactSuccess', 'compactFail'].map((name) =>
      counter(m, name as 'compactStall'),
    );
    expect(stall).toBe(ok! + fail!);
    expect(buddyinfo(m).length).toBeGreaterThan(0);
    expect(m.freeHead.some((head) => head !== NONE)).toBe(true);
  });
});
