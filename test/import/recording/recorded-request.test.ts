import { describe, expect, it } from 'vitest';
import { GFP, GFP_MASKS } from '../../../src/engine/gfp.ts';
import { createClassifier, USE } from '../../../src/import/recording/recorded-request.ts';
import { EventType } from '../../../src/kernel-text/event-table.ts';
import { tableOf } from '../../kernel-text/random-table.ts';

const classify = (...rows: [text: string, migratetype: number][]) => {
  const table = tableOf(
    rows.map(([text, migratetype]) => ({ type: EventType.alloc, pfn: 8, text, migratetype })),
  );
  const classifier = createClassifier(table);
  return rows.map((_, row) => classifier(row));
};

describe('the engine’s mask', () => {
  it.each([
    ['GFP_KERNEL', GFP_MASKS.kernel],
    ['GFP_NOFS', GFP_MASKS.nofs],
    ['GFP_NOIO', GFP_MASKS.noio],
    ['GFP_ATOMIC', GFP_MASKS.atomic],
    ['GFP_NOWAIT', 0],
    ['none', 0],
    ['', GFP_MASKS.kernel],
    ['0xcc0', GFP_MASKS.kernel],
    ['GFP_KERNEL|0x40000000', GFP_MASKS.kernel],
    ['__GFP_NOWARN|__GFP_NORETRY', GFP.noWarn | GFP.noRetry],
    ['GFP_KERNEL|__GFP_NOFAIL|__GFP_ZERO', GFP_MASKS.kernel | GFP.noFail | GFP.zero],
    ['GFP_USER', GFP_MASKS.user],
    ['GFP_DMA|GFP_KERNEL', GFP_MASKS.dma],
    ['GFP_KERNEL|__GFP_HIGHMEM', GFP_MASKS.kernel | GFP.highmem],
  ])('%s', (text, gfp) => {
    expect(classify([text, 0])[0]!.gfp).toBe(gfp);
  });
});

describe('what a request is for', () => {
  it('goes by the flags where they have names', () => {
    const uses = classify(
      ['GFP_HIGHUSER', 0],
      ['GFP_USER', 0],
      ['GFP_KERNEL|__GFP_RECLAIMABLE', 0],
      ['GFP_KERNEL', 1],
    ).map(({ use }) => use);
    expect(uses).toEqual([USE.cleanFile, USE.kernel, USE.object, USE.kernel]);
  });

  it('goes by the migratetype where they have none, in the numbering that the other rows show', () => {
    const uses = (first: [string, number]) => classify(first, ['0x1', 1], ['0x1', 2]).map(({ use }) => use);
    const { cleanFile, object } = USE;
    expect(uses(['GFP_HIGHUSER_MOVABLE', 1])).toEqual([cleanFile, cleanFile, object]);
    expect(uses(['GFP_HIGHUSER_MOVABLE', 2])).toEqual([cleanFile, object, cleanFile]);
    expect(uses(['GFP_KERNEL|__GFP_RECLAIMABLE', 1])).toEqual([object, object, cleanFile]);
    expect(uses(['GFP_KERNEL', 0])).toEqual([USE.kernel, cleanFile, object]);
  });
});
