import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/engine/machine.ts';
import { createEventLog, EV, type EventType, emit } from '../../src/engine/trace-event.ts';
import { apply, only, toyMachine } from '../engine/support.ts';
import { ShadowChecker } from './shadow.ts';

/** A machine of 64 pages, all of them free, that has just booted. */
function freshMachine(): Machine {
  return toyMachine({ pages: 64, zones: [{ name: 'Normal', start: 0, end: 64 }], boot: [], slabOrder: 2 });
}

type Row = readonly [type: EventType, order: number, pfn: number, a?: number];

/** What the checker says of one operation with these events, on 64 pages and slabs of four. */
function follow(...rows: readonly Row[]): string | null {
  const log = createEventLog();
  log.level = 1;
  for (const [type, order, pfn, a] of rows) emit({ log, cpu: 0 }, type, order, pfn, a);
  return new ShadowChecker(64, 2).follow(log);
}

/** The same of a checker that knows what was free at the start: one block of 64 pages. */
function followFree(...rows: readonly Row[]): string | null {
  const m = freshMachine();
  const checker = ShadowChecker.of(m);
  m.log.heard = null;
  for (const [type, order, pfn, a] of rows) emit(m, type, order, pfn, a);
  return checker.follow(m.log);
}

describe('the shadow checker', () => {
  it('has nothing against a block split, handed out, freed and merged again', () => {
    expect(
      followFree(
        [EV.split, 5, 32, 0],
        [EV.split, 4, 16, 0],
        [EV.pageAlloc, 4, 0],
        [EV.merge, 5, 0, 16],
        [EV.merge, 6, 0, 32],
        [EV.listAdd, 6, 0],
        [EV.pageFree, 4, 0],
      ),
    ).toBeNull();
  });

  it.each<[string, readonly Row[]]>([
    [
      'block 16 is merged at order 4, but is free at order 3',
      [
        [EV.split, 5, 32, 0],
        [EV.split, 4, 16, 0],
        [EV.split, 3, 24, 16],
        [EV.listAdd, 3, 16],
        [EV.merge, 5, 0, 16],
      ],
    ],
    [
      'block 16 is merged at order 4, but is not free',
      [
        [EV.split, 5, 32, 0],
        [EV.merge, 5, 0, 16],
      ],
    ],
    [
      'page 0 joined a free list, but somebody holds it',
      [
        [EV.pageAlloc, 0, 0],
        [EV.listAdd, 0, 0],
      ],
    ],
    ['block 20 is no upper half of block 0 of order 4', [[EV.split, 4, 20, 0]]],
    [
      'block 0 is split, but somebody holds page 1',
      [
        [EV.pageAlloc, 0, 1],
        [EV.split, 4, 16, 0],
      ],
    ],
  ])('objects, where it knows what was free: %s', (complaint, rows) => {
    expect(followFree(...rows)).toContain(complaint);
  });

  it('objects to a page discarded while an entry of a page table still maps it', () => {
    const m = freshMachine();
    const checker = ShadowChecker.of(m);
    apply(m, { op: 'spawn', process: 0 }, { op: 'mapAnon', process: 0, region: 0, pages: 4 });
    const [fault] = only(apply(m, { op: 'touch', process: 0, region: 0, page: 1 }), 'fault');
    emit(m, EV.drop, 0, fault!.pfn);
    expect(checker.follow(m.log)).toMatch(
      new RegExp(`page ${fault!.pfn} is discarded, but entry \\d+ maps it`),
    );
  });

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
