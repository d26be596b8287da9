import { describe, expect, it } from 'vitest';
import { bootMachine } from '../../../src/engine/boot.ts';
import { checkInvariants } from '../../../src/engine/invariants.ts';
import { Z } from '../../../src/engine/machine.ts';
import { zoneField } from '../../../src/engine/zone.ts';
import { parseKpageflags } from '../../../src/import/kpageflags.ts';
import { recordedMachine } from '../../../src/import/recording/recorded-machine.ts';
import { createWhatIf } from '../../../src/import/recording/what-if.ts';
import { EventType } from '../../../src/kernel-text/event-table.ts';
import { parseZoneinfo } from '../../../src/kernel-text/zoneinfo.ts';
import { tableOf } from '../../kernel-text/random-table.ts';

const touching = (pfn: number, cpu = 0) => tableOf([{ type: EventType.alloc, pfn, cpu, text: 'GFP_KERNEL' }]);

/** Runs of [first pfn, pages, flag bits]. */
function flagsOf(...runs: [number, number, number[]][]) {
  const bytes = new Uint8Array(runs.length * 16);
  const view = new DataView(bytes.buffer);
  runs.forEach(([first, pages, bits], i) => {
    const flags = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
    view.setUint32(i * 16, first, true);
    view.setUint32(i * 16 + 4, pages, true);
    view.setBigUint64(i * 16 + 8, flags, true);
  });
  return parseKpageflags(bytes);
}

const ZONEINFO = parseZoneinfo(
  'Node 0, zone      DMA\n  pages free 1\n        spanned  1023\n        present  1000\n        managed  900\n  start_pfn:           1\n' +
    'Node 0, zone    DMA32\n  pages free 1\n        spanned  1976\n        present  1976\n        managed  1900\n  start_pfn:           1024\n',
).zones;

describe('without a snapshot', () => {
  it('memory ends at the highest page, rounded up to 1,024; the first 4,096 pages are DMA', () => {
    const { config } = recordedMachine(touching(5000));
    expect(config.pages).toBe(5120);
    expect(config.zones).toEqual([
      { name: 'DMA', start: 0, end: 4096 },
      { name: 'Normal', start: 4096, end: 5120 },
    ]);
    expect(config.boot).toEqual([]);
    expect(config).toMatchObject({ slabOrder: 5, swapPages: 1280, ptesPerTable: 1024 });
    expect(config.policy).toMatchObject({ name: 'order0-slab', reclaim: 'on-failure' });
  });

  it('a machine that fits the DMA zone has one zone', () => {
    expect(recordedMachine(touching(8)).config.zones).toEqual([{ name: 'Normal', start: 0, end: 1024 }]);
  });

  it('has a CPU more than the highest number, at most 64, and no shared array for one', () => {
    const of = (cpu: number) => recordedMachine(touching(8, cpu)).config;
    expect(of(0)).toMatchObject({ cpus: 1, arrays: { limit: 24, batchcount: 12, shared: 0 } });
    expect(of(3)).toMatchObject({ cpus: 4, arrays: { limit: 24, batchcount: 12, shared: 96 } });
    expect(of(4000).cpus).toBe(64);
  });

  it('a machine too large to simulate is refused in one line', () => {
    expect(() => recordedMachine(touching(2 ** 25))).toThrow(
      new RangeError("the recording's machine has 33555456 pages: at most 16777216 are simulated"),
    );
  });
});

describe('with a snapshot', () => {
  const flags = flagsOf(
    [0, 1, [32]],
    [1, 99, [32]],
    [100, 50, [20]],
    [150, 850, [10]],
    [1024, 1, [15]],
    [1025, 3, [16]],
    [1028, 10, [5, 12]],
    [1038, 10, [5]],
    [1048, 10, [5, 18]],
    [1058, 1942, [10]],
  );

  it('has the zones of zoneinfo without gaps, and what no zone or run covers is a hole', () => {
    const { config } = recordedMachine(touching(1100), { zones: ZONEINFO, flags: { runs: flags } });
    expect(config.pages).toBe(3072);
    expect(config.zones).toEqual([
      { name: 'DMA', start: 0, end: 1024 },
      { name: 'DMA32', start: 1024, end: 3072 },
    ]);
    const m = bootMachine(config);
    expect(checkInvariants(m)).toBeNull();
    expect([0, 1].map((z) => zoneField(m, z, Z.managed))).toEqual([850, 1976]);
    expect(zoneField(m, 0, Z.present)).toBe(1023 - 50 - 24);
  });

  it('without page flags reserves as many pages as zoneinfo says', () => {
    const { config } = recordedMachine(touching(1100), { zones: ZONEINFO });
    const m = bootMachine(config);
    expect([0, 1].map((z) => zoneField(m, z, Z.managed))).toEqual([900, 1900]);
    expect([0, 1].map((z) => zoneField(m, z, Z.present))).toEqual([1000, 1976]);
  });

  it('pages in use are there before the first event, as what their flags say', () => {
    const table = tableOf([
      { type: EventType.free, pfn: 1030 },
      { type: EventType.alloc, pfn: 1040, text: 'GFP_KERNEL' },
      { type: EventType.free, pfn: 1500 },
    ]);
    const w = createWhatIf(table, { zones: ZONEINFO, flags: { runs: flags, at: 0 } });
    expect(w.initial).toMatchObject({ freedLater: 1, resident: 4 + 9 + 9 + 10, guessed: 0 });
    const uses = new Map(w.initial.blocks.map((b) => [b.pfn, [b.order, b.use]]));
    expect(uses.get(1024)).toEqual([2, 4]);
    expect(uses.get(1030)).toEqual([0, 0]);
    expect(uses.get(1039)).toEqual([0, 1]);
    expect(uses.get(1050)).toEqual([0, 4]);
    expect(uses.has(1040)).toBe(false);
    expect(w.conflicts).toMatchObject({ freesFromBefore: 1, freesOfFreePages: 1, overlappingAllocs: 0 });
  });

  it('a free before the snapshot was read is of a page from before, whatever the snapshot says', () => {
    const table = tableOf([
      { type: EventType.free, pfn: 1500 },
      { type: EventType.alloc, pfn: 1, text: 'GFP_KERNEL' },
    ]);
    const w = createWhatIf(table, { zones: ZONEINFO, flags: { runs: flags, at: 1 } });
    expect(w.initial.freedLater).toBe(1);
    expect(w.conflicts.allocsOfHoles).toBe(1);
  });
});
