import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERAS, hasFile } from '../../src/kernel-text/era.ts';
import { isExtfragIndex, parseExtfragIndex, printExtfragIndex } from '../../src/kernel-text/extfrag-index.ts';
import { parsePagetypeinfo, printPagetypeinfo, sumTypes } from '../../src/kernel-text/pagetypeinfo.ts';
import { parseSlabinfo, printSlabinfo } from '../../src/kernel-text/slabinfo.ts';
import { parseUnusableIndex, printUnusableIndex } from '../../src/kernel-text/unusable-index.ts';
import { parseVmstat, printVmstat, VMSTAT_KEYS } from '../../src/kernel-text/vmstat.ts';
import { parseZoneRecords, printZoneRecords } from '../../src/kernel-text/zoneinfo.ts';
import { indexZones, pagetypeinfo, slabinfo, zoneRecords } from './texts.ts';

const SEED = { seed: 2003 };

describe('what is printed reads back as it was', () => {
  it('pagetypeinfo', () => {
    fc.assert(
      fc.property(pagetypeinfo, (nodes) => {
        expect(parsePagetypeinfo(printPagetypeinfo(nodes))).toEqual({ nodes, warnings: [] });
      }),
      SEED,
    );
  });

  it('slabinfo', () => {
    fc.assert(
      fc.property(slabinfo, (slabs) => {
        expect(parseSlabinfo(printSlabinfo(slabs))).toEqual({ ...slabs, warnings: [] });
      }),
      SEED,
    );
  });

  it('zoneinfo', () => {
    fc.assert(
      fc.property(zoneRecords, (zones) => {
        expect(parseZoneRecords(printZoneRecords(zones))).toEqual(zones);
      }),
      SEED,
    );
  });

  it('vmstat', () => {
    const values = fc.array(fc.nat(), { minLength: 37, maxLength: 37 });
    fc.assert(
      fc.property(values, (numbers) => {
        const entries = VMSTAT_KEYS['2.6.9'].map((key, i) => [key, numbers[i]!] as const);
        expect(parseVmstat(printVmstat(entries))).toEqual({ entries, warnings: [] });
      }),
      SEED,
    );
  });

  it('both indices', () => {
    fc.assert(
      fc.property(indexZones, (zones) => {
        expect(parseExtfragIndex(printExtfragIndex(zones))).toEqual({ zones, warnings: [] });
        expect(parseUnusableIndex(printUnusableIndex(zones))).toEqual({ zones, warnings: [] });
      }),
      SEED,
    );
  });
});

describe('the layouts', () => {
  it('pagetypeinfo has blank lines before both tables and a trailing space on every row', () => {
    const text = printPagetypeinfo([
      {
        pageblockOrder: 9,
        pagesPerBlock: 512,
        types: ['Unmovable', '<NULL>'],
        free: [
          { node: 0, zone: 'DMA', type: 'Unmovable', freeByOrder: [1, 100000], capped: [1] },
          { node: 0, zone: 'DMA', type: '<NULL>', freeByOrder: [0, 0], capped: [] },
        ],
        blocks: [{ node: 0, zone: 'DMA', counts: [8, 0] }],
        mixed: null,
      },
    ]);
    expect(text).toBe(
      'Page block order: 9\nPages per block:  512\n\n' +
        'Free pages count per migrate type at order       0      1 \n' +
        'Node    0, zone      DMA, type    Unmovable      1 >100000 \n' +
        'Node    0, zone      DMA, type       <NULL>      0      0 \n' +
        '\nNumber of blocks type     Unmovable       <NULL> \n' +
        'Node 0, zone      DMA            8            0 \n',
    );
    expect(sumTypes(parsePagetypeinfo(text).nodes)).toEqual([
      { node: 0, zone: 'DMA', freeByOrder: [1, 100000] },
    ]);
  });

  it('slabinfo 2.0 names batchcount first in its header, and limit first in its rows', () => {
    const row = {
      name: 'order0-user',
      activeObjs: 20,
      numObjs: 32,
      objSize: 4096,
      objPerSlab: 32,
      pagesPerSlab: 32,
      limit: 24,
      batchcount: 12,
      sharedFactor: 8,
      activeSlabs: 1,
      numSlabs: 1,
      sharedAvail: 0,
      statistics: '',
    };
    const text = (version: '2.0' | '2.1') =>
      printSlabinfo({ version, statistics: false, header: true, caches: [row] }).split('\n');
    expect(text('2.0')[0]).toBe('slabinfo - version: 2.0');
    expect(text('2.0')[1]).toContain('tunables <batchcount> <limit> <sharedfactor>');
    expect(text('2.1')[1]).toContain('tunables <limit> <batchcount> <sharedfactor>');
    expect(text('2.0')[2]).toBe(
      'order0-user           20     32   4096   32   32 : tunables   24   12    8 : slabdata      1      1      0',
    );
  });

  it('an index keeps the sign of its fraction as C does', () => {
    const zones = [{ node: 0, zone: 'Normal', index: [-1000, -500, -5, 0, 7, 966, 1000] }];
    expect(printExtfragIndex(zones)).toBe(
      'Node 0, zone   Normal -1.000  0.-500  0.-05  0.000  0.007  0.966  1.000 \n',
    );
    expect(printUnusableIndex([{ node: 1, zone: 'DMA', index: [0, 8, 1000] }])).toBe(
      'Node 1, zone      DMA 0.000 0.008 1.000 \n',
    );
  });

  it('tells the index files apart by what only one can say', () => {
    expect(isExtfragIndex('Node 0, zone DMA -1.000 0.966')).toBe(true);
    expect(isExtfragIndex('Node 0, zone DMA  0.000  0.000 \n')).toBe(true);
    expect(isExtfragIndex('Node 0, zone DMA 0.000 0.000 \n')).toBe(false);
    expect(isExtfragIndex('no row')).toBe(false);
  });

  it('vmstat of 2.6.9 has its 37 keys, nr_dirty first', () => {
    expect(VMSTAT_KEYS['2.6.9']).toHaveLength(37);
    expect(VMSTAT_KEYS['2.6.9'][0]).toBe('nr_dirty');
    expect(VMSTAT_KEYS['2.6.24'][0]).toBe('nr_free_pages');
    for (const era of ERAS) expect(new Set(VMSTAT_KEYS[era]).size).toBe(VMSTAT_KEYS[era].length);
  });

  it('knows what each kernel had', () => {
    expect(ERAS.map((era) => hasFile(era, 'zoneinfo'))).toEqual([false, true, true]);
    expect(ERAS.map((era) => hasFile(era, 'pagetypeinfo'))).toEqual([false, true, true]);
    expect(ERAS.every((era) => hasFile(era, 'buddyinfo') && hasFile(era, 'slabinfo'))).toBe(true);
  });
});

describe('what is cut is said', () => {
  it.each([
    [
      'pagetypeinfo',
      () =>
        parsePagetypeinfo('Node 0, zone DMA, type Movable 1 2 3\nNode 0, zone DMA, type CMA 1\n').warnings,
    ],
    [
      'slabinfo',
      () => parseSlabinfo(`${'a 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 1 0\n'}b 1 2 3 4\n`).warnings,
    ],
    [
      'an index',
      () => parseUnusableIndex('Node 0, zone DMA 0.000 0.100\nNode 0, zone Normal 0.000\n').warnings,
    ],
    ['vmstat', () => parseVmstat('nr_dirty 1\nnr_dirty 2\n').warnings],
  ])('%s', (_, warnings) => {
    expect(warnings()).not.toEqual([]);
  });
});
