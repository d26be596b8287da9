import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBuddyinfo, parseBuddyinfo, printBuddyinfo } from '../../src/kernel-text/buddyinfo.ts';

const zone = fc.record({
  node: fc.nat({ max: 1023 }),
  zone: fc.constantFrom('DMA', 'DMA32', 'Normal', 'HighMem', 'Movable', 'Device'),
});

describe('buddyinfo', () => {
  it('prints as the kernel does, trailing space included', () => {
    expect(printBuddyinfo([{ node: 0, zone: 'DMA32', freeByOrder: [8178, 0, 1234567] }])).toBe(
      'Node 0, zone    DMA32   8178      0 1234567 \n',
    );
  });

  it('keeps every zone when printed and parsed again, whatever the number of orders', () => {
    const table = fc.integer({ min: 1, max: 14 }).chain((orders) =>
      fc.array(
        fc
          .tuple(zone, fc.array(fc.nat(), { minLength: orders, maxLength: orders }))
          .map(([z, freeByOrder]) => ({
            ...z,
            freeByOrder,
          })),
        { minLength: 1, maxLength: 8 },
      ),
    );
    fc.assert(
      fc.property(table, (zones) => {
        expect(parseBuddyinfo(printBuddyinfo(zones))).toEqual({ zones, warnings: [] });
      }),
      { seed: 11 },
    );
  });

  it('reads rows between other lines, by white space alone', () => {
    const { zones } = parseBuddyinfo('$ cat /proc/buddyinfo\nNode 1, zone Normal 3  2\t1\nroot@host:~#\n');
    expect(zones).toEqual([{ node: 1, zone: 'Normal', freeByOrder: [3, 2, 1] }]);
  });

  it('takes no row of pagetypeinfo or zoneinfo', () => {
    const text = 'Node    0, zone   Normal, type    Unmovable   1358    531\nNode 0, zone      DMA\n';
    expect(parseBuddyinfo(text).zones).toEqual([]);
  });

  it('warns of a row that was cut or has something behind it', () => {
    const { zones, warnings } = parseBuddyinfo('Node 0, zone DMA 1 2 3\nNode 0, zone Normal 4 5 x6\n');
    expect(zones.map((z) => z.freeByOrder)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(warnings).toHaveLength(2);
  });

  it('compares zone by zone; an empty zone may be missing', () => {
    const ours = [
      { node: 0, zone: 'DMA', freeByOrder: [1, 0, 2] },
      { node: 0, zone: 'Movable', freeByOrder: [0, 0, 0] },
    ];
    const theirs = [{ node: 0, zone: 'DMA', freeByOrder: [0, 1, 2, 0] }];
    expect(compareBuddyinfo(ours, theirs)).toEqual({ difference: 2, byZone: true });
  });

  it('compares sums where the zones do not match, and says so', () => {
    const ours = [{ node: 0, zone: 'Normal', freeByOrder: [5, 1] }];
    const theirs = [
      { node: 0, zone: 'DMA', freeByOrder: [2, 1] },
      { node: 0, zone: 'DMA32', freeByOrder: [2, 1] },
    ];
    expect(compareBuddyinfo(ours, theirs)).toEqual({ difference: 2, byZone: false });
  });
});
