import { describe, expect, it } from 'vitest';
import { createEventLog, EV, type EventType, emit } from '../../src/engine/trace-event.ts';
import { ShadowChecker } from './shadow.ts';

type Row = readonly [type: EventType, order: number, pfn: number, a?: number];

/** What the checker says of one operation with these events, on 64 pages and slabs of four. */
function follow(...rows: readonly Row[]): string | null {
  const log = createEventLog();
  log.level = 1;
  for (const [type, order, pfn, a] of rows) emit({ log, cpu: 0 }, type, order, pfn, a);
  return new ShadowChecker(64, 2).follow(log);
}

describe('the shadow checker', () => {
  it('has nothing against a slab that grows, serves a page, loses it to reclaim and goes', () => {
    expect(
      follow(
        [EV.cacheGrow, 2, 8],
        [EV.pageAlloc, 0, 9],
        [EV.drop, 0, 9],
        [EV.merge, 3, 8, 12],
        [EV.slabDestroy, 2, 8],
      ),
    ).toBeNull();
  });

  it.each<[string, readonly Row[]]>([
    [
      'page 5 is given twice',
      [
        [EV.pageAlloc, 1, 4],
        [EV.pageAlloc, 0, 5],
      ],
    ],
    ['page 64 is outside the machine', [[EV.pageAlloc, 0, 64]]],
    ['page 7 is freed, but nobody holds it', [[EV.pageFree, 0, 7]]],
    [
      'page 7 is dropped, but somebody has pinned it',
      [
        [EV.pageAlloc, 0, 7],
        [EV.pin, 0, 7],
        [EV.drop, 0, 7],
      ],
    ],
    ['page 7 is dropped, but nobody holds it', [[EV.drop, 0, 7]]],
    ['page 7 is moved, but nobody holds it', [[EV.movePage, 0, 7, 8]]],
    [
      'page 7 is moved to page 8, which somebody holds',
      [
        [EV.pageAlloc, 0, 7],
        [EV.pageAlloc, 0, 8],
        [EV.movePage, 0, 7, 8],
      ],
    ],
    [
      'page 7 is moved, but somebody has pinned it',
      [
        [EV.pageAlloc, 0, 7],
        [EV.pin, 0, 7],
        [EV.movePage, 0, 7, 8],
      ],
    ],
    [
      'page 5 is merged into block 4, but somebody holds it',
      [
        [EV.pageAlloc, 0, 5],
        [EV.merge, 1, 4, 5],
      ],
    ],
    ['block 6 is no half of block 4 of order 1', [[EV.merge, 1, 4, 6]]],
    [
      'page 9 of a new slab is in use',
      [
        [EV.pageAlloc, 0, 9],
        [EV.cacheGrow, 2, 8],
      ],
    ],
    ['page 10 is no slab of order 2', [[EV.cacheGrow, 2, 10]]],
    [
      'slab 2 goes, but somebody holds page 9',
      [
        [EV.cacheGrow, 2, 8],
        [EV.pageAlloc, 0, 9],
        [EV.slabDestroy, 2, 8],
      ],
    ],
    [
      'page 8 of a slab is given in a block of order 1',
      [
        [EV.cacheGrow, 2, 8],
        [EV.pageAlloc, 1, 8],
      ],
    ],
    [
      'a page of slab 2 was merged, but the slab was not destroyed',
      [
        [EV.cacheGrow, 2, 8],
        [EV.merge, 1, 8, 9],
      ],
    ],
  ])('objects: %s', (complaint, rows) => {
    expect(follow(...rows)).toContain(complaint);
  });
});
