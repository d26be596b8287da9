import { describe, expect, it } from 'vitest';
import { buddyinfoOf } from '../../../src/analysis/kernel-view/free-lists.ts';
import { kernelText } from '../../../src/analysis/kernel-view/kernel-text.ts';
import { isMixed, pagetypeinfoOf } from '../../../src/analysis/kernel-view/pagetypeinfo.ts';
import { zoneRecordsOf } from '../../../src/analysis/kernel-view/zones.ts';
import { applyOperation } from '../../../src/engine/apply.ts';
import { bootMachine } from '../../../src/engine/boot.ts';
import { PAGE } from '../../../src/engine/frames.ts';
import type { Machine } from '../../../src/engine/machine.ts';
import { blockType } from '../../../src/engine/mobility/types.ts';
import { pcpPages } from '../../../src/engine/per-cpu.ts';
import { parsePagetypeinfo } from '../../../src/kernel-text/pagetypeinfo.ts';
import { randomOperations, toyConfig } from '../../engine/support.ts';

/** A machine in use under a policy. */
function used(name: 'mobility-lumpy' | 'mobility-compaction'): Machine {
  const m = bootMachine(toyConfig({ pages: 2048, policyChange: { name } }));
  const log = randomOperations(3, 1500, 2048);
  for (let i = 0; i < log.length; i++) applyOperation(m, log, i);
  return m;
}

const CASES = [
  ['mobility-lumpy', '2.6.24', 'Unmovable Reclaimable Movable Reserve <NULL>'],
  ['mobility-compaction', '6.12', 'Unmovable Movable Reclaimable HighAtomic Isolate'],
] as const;

describe.each(CASES)('pagetypeinfo under %s', (name, era, types) => {
  const m = used(name);
  const node = pagetypeinfoOf(m, era);

  it('names the types of its kernel and tells the machine no other story', () => {
    expect(node.types.join(' ')).toBe(types);
    expect(kernelText(m, 'pagetypeinfo', null).notes).toEqual([]);
  });

  it('reads back as it was printed', () => {
    const { nodes, warnings } = parsePagetypeinfo(kernelText(m, 'pagetypeinfo', null).text);
    expect(warnings).toEqual([]);
    expect(nodes).toEqual([node]);
  });

  it('adds up to buddyinfo over the types, and to all pageblocks over types and zones', () => {
    for (const { zone, freeByOrder } of buddyinfoOf(m)) {
      const sums = freeByOrder.map((_, order) =>
        node.free.filter((row) => row.zone === zone).reduce((sum, row) => sum + row.freeByOrder[order]!, 0),
      );
      expect(sums).toEqual(freeByOrder);
    }
    const blocks = node.blocks.flatMap(({ counts }) => counts).reduce((sum, n) => sum + n, 0);
    expect(blocks).toBe(2048 / 32);
  });

  it('has more than one type of pageblock in use', () => {
    const counts = node.types.map((_, t) => node.blocks.reduce((sum, row) => sum + row.counts[t]!, 0));
    expect(counts.filter((n) => n > 0).length).toBeGreaterThanOrEqual(3);
  });
});

describe('mixed pageblocks', () => {
  it('are those that hold a page of another type', () => {
    const m = used('mobility-compaction');
    const { mixed } = pagetypeinfoOf(m, '6.12');
    let count = 0;
    for (let first = 0; first < 2048; first += 32) if (isMixed(m, first)) count++;
    expect(mixed!.flatMap(({ counts }) => counts).reduce((sum, n) => sum + n, 0)).toBe(count);
    const movable = Array.from({ length: 64 }, (_, b) => b * 32).find(
      (first) => blockType(m, first) === 1 && !isMixed(m, first),
    )!;
    m.kind[movable + 5] = PAGE.kmalloc;
    expect(isMixed(m, movable)).toBe(true);
  });
});

describe('zoneinfo under mobility-compaction', () => {
  it('prints the marks with the boost, and the pages each CPU holds back', () => {
    const m = used('mobility-compaction');
    const [low] = [zoneRecordsOf(m, '6.12')[0]!.sizes.find(([key]) => key === 'low')![1]];
    m.mobility[0] = m.mobility[0]! + 32;
    const sizes = new Map(zoneRecordsOf(m, '6.12')[0]!.sizes);
    expect(sizes.get('boost')).toBe(m.mobility[0]);
    expect(sizes.get('low')).toBe(low + 32);
    const held = zoneRecordsOf(m, '6.12').map(({ pagesets }) =>
      pagesets!.reduce((sum, { fields }) => sum + fields.find(([key]) => key === 'count')![1], 0),
    );
    expect(held).toEqual([pcpPages(m, 0), pcpPages(m, 1)]);
  });
});
