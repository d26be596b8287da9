/** What 2.6.24's reclaim does beside 2.6.9's, each rule on an example of its own. */
import { describe, expect, it } from 'vitest';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import { type Machine, Z } from '../../src/engine/machine.ts';
import { balance2624, directReclaim2624 } from '../../src/engine/mobility/reclaim-2.6.24.ts';
import { M, setMobilityField } from '../../src/engine/mobility/zone-state.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { isolateLumpy } from '../../src/engine/user/lumpy.ts';
import { setZoneField, zoneField } from '../../src/engine/zone.ts';
import { apply, counter, reads, toyMachine } from './support.ts';

const oneZone = (pages: number): Machine =>
  toyMachine({
    pages,
    zones: [{ name: 'Normal', start: 0, end: pages, min: 4 }],
    boot: [],
    cpus: 1,
    swapPages: 0,
    policyChange: { name: 'mobility-lumpy' },
  });

/** Reads every page of a file twice, so that it is active. */
const activate = (file: number, from: number, to: number): Operation[] =>
  [0, 1].flatMap(() => reads(file, from, to));

describe('lumps', () => {
  it('are taken from the active list too, with active neighbours alone', () => {
    const m = oneZone(512);
    apply(m, { op: 'createFile', file: 0, pages: 200 }, ...reads(0, 0, 200), ...activate(0, 0, 100));
    const active = zoneField(m, 0, Z.nrActive);
    const taken = isolateLumpy(m, 0, 1, 5, true);
    expect(taken.length).toBeGreaterThan(1);
    expect(new Set(taken.map((pfn) => pfn >>> 5)).size).toBe(1);
    expect(zoneField(m, 0, Z.nrActive)).toBe(active - taken.length);
    // whatever else of the window is on a list stays on the inactive one
    const window = taken[0]! & ~31;
    for (let pfn = window; pfn < window + 32; pfn++)
      if (m.flags[pfn]! & FLAG.lru) expect(m.flags[pfn]! & FLAG.active).toBe(0);
  });

  it('of the inactive list are inactive up to order 3, and both above', () => {
    const neighbours = (order: number) => {
      const m = oneZone(512);
      apply(m, { op: 'createFile', file: 0, pages: 200 }, ...reads(0, 0, 200));
      for (let page = 0; page < 200; page += 2) apply(m, ...activate(0, page, page + 1));
      return isolateLumpy(m, 0, 1, order, false).length;
    };
    expect(neighbours(3)).toBeLessThanOrEqual(4);
    expect(neighbours(4)).toBeGreaterThan(8);
  });
});

describe('progress', () => {
  it('is fewer pages than 32 too, as long as some zone is not given up', () => {
    const m = oneZone(512);
    apply(m, { op: 'createFile', file: 0, pages: 40 }, ...reads(0, 0, 20));
    for (let pin = 0; pin < 20; pin++) apply(m, { op: 'pin', file: 0, page: pin });
    expect(directReclaim2624(m, 0, GFP_MASKS.kernel, [0])).toBe(1);
    setZoneField(m, 0, Z.allUnreclaimable, 1);
    expect(directReclaim2624(m, 0, GFP_MASKS.kernel, [0])).toBe(0);
  });
});

describe('kswapd', () => {
  it('presses all zones up to the one in need alike, and not one far above its mark', () => {
    const evictedFromDma = (marks: number) => {
      const m = toyMachine({
        pages: 1024,
        zones: [
          { name: 'DMA', start: 0, end: 256, min: marks, low: marks, high: marks },
          { name: 'Normal', start: 256, end: 1024, min: 8 },
        ],
        boot: [],
        cpus: 1,
        swapPages: 0,
        policyChange: { name: 'mobility-lumpy' },
      });
      apply(m, { op: 'createFile', file: 0, pages: 1000 }, ...reads(0, 0, 960));
      // both zones are above their marks; then Normal's rises
      setZoneField(m, 1, Z.high, zoneField(m, 1, Z.freePages) + 64);
      const inDma = () => m.kind.subarray(0, 256).filter((kind) => kind === PAGE.file).length;
      const before = inDma();
      setMobilityField(m, 1, M.kswapdOrder, 1);
      setZoneField(m, 0, Z.nrScanInactive, 100);
      setZoneField(m, 1, Z.nrScanInactive, 100);
      balance2624(m);
      return before - inDma();
    };
    expect(evictedFromDma(8)).toBeGreaterThan(0);
    // 8 times a mark of nothing is passed by any free page
    expect(evictedFromDma(0)).toBe(0);
    expect(counter(oneZone(512), 'kswapdRuns')).toBe(0);
  });
});
