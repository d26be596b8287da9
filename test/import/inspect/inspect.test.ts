import fc from 'fast-check';
import { gzipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fragmentationIndex, unusableIndex } from '../../../src/analysis/indices.ts';
import { inspectText } from '../../../src/import/inspect/inspect.ts';
import { inspectBytes } from '../../../src/import/inspect/inspect-bytes.ts';
import { printBuddyinfo } from '../../../src/kernel-text/buddyinfo.ts';
import { printExtfragIndex } from '../../../src/kernel-text/extfrag-index.ts';
import { printPagetypeinfo } from '../../../src/kernel-text/pagetypeinfo.ts';
import { printSlabinfo } from '../../../src/kernel-text/slabinfo.ts';
import { printUnusableIndex } from '../../../src/kernel-text/unusable-index.ts';
import { printVmstat, VMSTAT_KEYS } from '../../../src/kernel-text/vmstat.ts';
import { MANGLERS, memInfo, randomZones, seeded } from './mangle.ts';

const ZONES = randomZones(1);
const SLAB = {
  name: 'dentry',
  activeObjs: 5,
  numObjs: 21,
  objSize: 192,
  objPerSlab: 21,
  pagesPerSlab: 1,
  limit: 0,
  batchcount: 0,
  sharedFactor: 0,
  activeSlabs: 1,
  numSlabs: 1,
  sharedAvail: 0,
  statistics: '',
};
const zoneFacts = (text: string) =>
  inspectText(text, 'x').zones.map(({ node, zone, freeByOrder }) => ({ node, zone, freeByOrder }));

describe('a clean file', () => {
  const types = ['Unmovable', 'Movable'];
  const byType = ZONES.flatMap(({ node, zone, freeByOrder }) =>
    types.map((type, t) => ({
      node,
      zone,
      type,
      freeByOrder: freeByOrder.map((n) => (t === 0 ? n - (n >> 1) : n >> 1)),
      capped: [],
    })),
  );
  const files = {
    buddyinfo: printBuddyinfo(ZONES.map((z) => ({ ...z, freeByOrder: [...z.freeByOrder] }))),
    pagetypeinfo: printPagetypeinfo([
      {
        pageblockOrder: 9,
        pagesPerBlock: 512,
        types,
        free: byType,
        blocks: ZONES.map(({ node, zone }) => ({ node, zone, counts: [3, 4] })),
        mixed: null,
      },
    ]),
    slabinfo: printSlabinfo({ version: '2.1', statistics: false, header: true, caches: [SLAB] }),
    vmstat: printVmstat(VMSTAT_KEYS['2.6.9'].map((key, i) => [key, i])),
    extfrag_index: printExtfragIndex(ZONES.map((z) => ({ ...z, index: fragmentationIndex(z.freeByOrder) }))),
    unusable_index: printUnusableIndex(ZONES.map((z) => ({ ...z, index: unusableIndex(z.freeByOrder) }))),
  };

  it.each(Object.entries(files))('%s is told by its content, without a warning', (kind, text) => {
    expect(inspectText(text, 'upload.txt')).toMatchObject({
      file: 'upload.txt',
      kinds: [kind],
      warnings: [],
    });
  });

  it('gives the blocks and both indices of buddyinfo and of pagetypeinfo alike', () => {
    for (const text of [files.buddyinfo, files.pagetypeinfo]) {
      expect(inspectText(text, 'x').zones).toEqual(
        ZONES.map((z) => ({
          ...z,
          unusableIndex: unusableIndex(z.freeByOrder),
          fragIndex: fragmentationIndex(z.freeByOrder),
          free: null,
          min: null,
          low: null,
          high: null,
          present: null,
          managed: null,
        })),
      );
    }
  });

  it('takes both index files of one paste apart', () => {
    const { kinds, zones } = inspectText(files.extfrag_index + files.unusable_index, 'x');
    expect(kinds).toEqual(['extfrag_index', 'unusable_index']);
    expect(zones[0]!.unusableIndex).toEqual(unusableIndex(ZONES[0]!.freeByOrder));
    expect(zones[0]!.fragIndex).toEqual(fragmentationIndex(ZONES[0]!.freeByOrder));
  });

  it('gives slabs and counters', () => {
    expect(inspectText(files.slabinfo, 'x').slabs).toMatchObject([
      { name: 'dentry', numObjs: 21, numSlabs: 1 },
    ]);
    expect(inspectText(files.vmstat, 'x').counters).toMatchObject({ nr_dirty: 0, pgrotated: 36 });
  });

  it('reads several files of one paste, prompts between them', () => {
    const text = `$ cat /proc/buddyinfo\n${files.buddyinfo}$ cat /proc/slabinfo\n${files.slabinfo}$\n`;
    expect(inspectText(text, 'x').kinds).toEqual(['buddyinfo', 'slabinfo']);
  });
});

describe('a log', () => {
  const cases = Object.keys(MANGLERS).flatMap((mangler) =>
    (['2.6.9', '2.6.24', '6.12'] as const).map((era, i) => [mangler, era, i + 1] as const),
  );

  it.each(cases)('through %s, of %s (seed %i), keeps every block', (mangler, era, seed) => {
    const zones = randomZones(seed);
    const text = MANGLERS[mangler]!(memInfo(zones, era), seeded(seed)).join('\n');
    const { kinds, warnings } = inspectText(text, 'x');
    expect(kinds).toEqual(['mem-info']);
    expect(warnings).toEqual([]);
    expect(zoneFacts(text)).toEqual(zones);
  });

  it('of two CPUs at once is taken apart by the sizes', () => {
    const [a, b] = [randomZones(7), randomZones(8).map((z) => ({ ...z, node: 1 }))].map((zones) =>
      memInfo(zones, '6.12')
        .filter((line) => line.includes('*4kB'))
        .slice(0, 1),
    ) as [string[], string[]];
    const one = a[0]!.split(/(?<=kB(?: \(UME\))?) /);
    const other = b[0]!.split(/(?<=kB(?: \(UME\))?) /);
    // The second starts two orders later, so that no two counts of one size wait at the same time.
    const mixed = one.flatMap((piece, i) => (i < 2 ? [piece] : [piece, other[i - 2]!]));
    const zones = zoneFacts([...mixed, ...other.slice(one.length - 2)].join('\n'));
    expect(zones).toEqual([randomZones(7)[0], { ...randomZones(8)[0], node: 1 }]);
  });

  it('with pages of 64 kB counts orders from there', () => {
    const text = memInfo(ZONES, '6.12', 64).join('\n');
    expect(zoneFacts(text)).toEqual(ZONES);
    expect(inspectText(text, 'x').warnings).toEqual(['pages are 64 kB: orders start there']);
    expect(inspectText(text, 'x').zones[0]).toMatchObject({ min: 16, low: 32, high: 48 });
  });

  it('that was cut says where, and computes no index from half a row', () => {
    const text = memInfo(ZONES, '6.12').join('\n');
    const cut = text.slice(0, text.indexOf('64kB', text.indexOf('Normal: ')));
    const { zones, warnings } = inspectText(cut, 'x');
    const last = zones.find(({ zone }) => zone === 'Normal')!;
    expect(last.freeByOrder).toEqual(ZONES[2]!.freeByOrder.slice(0, last.freeByOrder.length));
    expect(last.unusableIndex).toEqual([]);
    expect(warnings.join()).toMatch(/zone Normal: the row of blocks ends after \d orders/);
  });

  it.each([
    ['oom', 'nautilus invoked oom-killer: gfp_mask=0x201da, order=0, oomkilladj=0'],
    ['allocation-failure', 'swapper: page allocation failure. order:0, mode:0x4020'],
    ['sysrq-m', 'SysRq : Show Memory'],
  ])('says that it is of the kind %s', (kind, line) => {
    const { kinds } = inspectText([line, ...memInfo(ZONES, '2.6.9')].join('\n'), 'x');
    expect(kinds).toEqual(['mem-info', kind]);
  });

  it('with several reports shows the last', () => {
    const text = [...memInfo(randomZones(3), '6.12'), ...memInfo(ZONES, '6.12')].join('\n');
    expect(zoneFacts(text)).toEqual(ZONES);
    expect(inspectText(text, 'x').warnings).toEqual([
      '2 reports of the same zones: the last whole one is shown',
    ]);
  });

  it('of a memory cgroup names no zone, and that is said', () => {
    const text =
      'php invoked oom-killer: order=0\nmemory: usage 312kB, limit 312kB, failcnt 5\npgfault 1\npgfree 2\nnr_x 3\n';
    expect(inspectText(text, 'x')).toMatchObject({ kinds: ['oom'], zones: [], counters: {} });
    expect(inspectText(text, 'x').warnings.join()).toContain('cgroup');
  });
});

describe('any text', () => {
  it('never throws, and says when it is nothing', () => {
    expect(inspectText('hello world\n', 'x')).toMatchObject({ kinds: [], zones: [] });
    expect(inspectText('', 'x').warnings).toHaveLength(1);
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('Node 0, zone', ' DMA: ', '1*4kB ', '= 4kB', 'free:1kB', '[ 1.2] ', '\n'),
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        expect(inspectText(parts.join(''), 'x').file).toBe('x');
      }),
      { seed: 5 },
    );
  });
});

describe('a text that is no log', { timeout: 60_000 }, () => {
  const LENGTH = 1_000_000;
  const shapes: Record<string, string> = {
    'one word': 'x'.repeat(LENGTH),
    'one number': '1'.repeat(LENGTH),
    'names with dots': 'a.'.repeat(LENGTH / 2),
    'block counts without end': '1*4kB '.repeat(LENGTH / 6),
    'a row without end': `Node 0, zone Normal, type Movable ${'1 '.repeat(LENGTH / 2)}`,
    'a row wrapped without end': `Node 0, zone Normal 1\n${'1\n'.repeat(LENGTH / 2)}`,
    'a million lines': '\n'.repeat(LENGTH),
  };

  it.each(Object.keys(shapes))('is read in time that grows with it: %s', (name) => {
    expect(inspectText(shapes[name]!, 'x').warnings.join()).toMatch(/were read|read up to/);
  });

  it('has no more orders than a kernel has', () => {
    const row = `Node 0, zone Normal ${'1 '.repeat(50)}`;
    const { zones, warnings } = inspectText(row, 'x');
    expect(zones[0]!.freeByOrder).toHaveLength(32);
    expect(zones[0]!.unusableIndex).toEqual([]);
    expect(warnings.join()).toContain('50 counts in a row, expected at most 32');
  });
});

describe('the bytes of a file', { timeout: 60_000 }, () => {
  const EVENT = '  a-7 [000] ..... 1.5: mm_page_free: page=1 pfn=0x8 order=0\n';

  it('are a trace of any length, or a text up to a length, gzip or plain', () => {
    const trace = strToU8(EVENT.repeat(2000));
    for (const bytes of [trace, gzipSync(trace)]) {
      expect(inspectBytes(bytes, 'x')).toMatchObject({ kinds: ['ftrace'], events: { read: 2000 } });
    }
    const bomb = inspectBytes(gzipSync(new Uint8Array(2 ** 26)), 'x');
    expect(bomb.kinds).toEqual([]);
    expect(bomb.warnings[0]).toContain('only the first 33554432 characters');
  });
});
