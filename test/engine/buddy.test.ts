import { describe, expect, it } from 'vitest';
import { NONE } from '../../src/base/units.ts';
import {
  buddyAlloc,
  buddyFree,
  buddyTake,
  freeBlockOrder,
  freeListPfns,
  largestFreeOrder,
} from '../../src/engine/buddy.ts';
import { Z } from '../../src/engine/machine.ts';
import { zoneField } from '../../src/engine/zone.ts';
import { buddyinfo, drawnMachine, giveBlock } from './support.ts';

describe('free blocks as drawn', () => {
  it.each([
    ['UU.K....', '1 0 1 0'],
    ['........', '0 0 0 1'],
    ['.U.U.U.U', '4 0 0 0'],
    ['U......U', '2 2 0 0'],
    ['................', '0 0 0 2'],
    ['UUUUUUUU', '0 0 0 0'],
    ['....UUUU....UUUU', '0 0 2 0'],
  ])('%s is %s', (drawing, expected) => {
    expect(buddyinfo(drawnMachine(drawing))).toBe(expected);
  });
});

describe('allocation', () => {
  it('hands out the lowest part and leaves the upper halves on their lists', () => {
    const m = drawnMachine('........');
    expect(buddyAlloc(m, 0, 0)).toBe(0);
    expect(buddyinfo(m)).toBe('1 1 1 0');
    expect([0, 1, 2].map((order) => freeListPfns(m, 0, order, 9))).toEqual([[1], [2], [4]]);
  });

  it('takes the block freed last', () => {
    const m = drawnMachine('.U.U.U.U');
    expect(freeListPfns(m, 0, 0, 9)).toEqual([6, 4, 2, 0]);
    expect([buddyAlloc(m, 0, 0), buddyAlloc(m, 0, 0)]).toEqual([6, 4]);
  });

  it('prefers the smallest order that fits over a larger block', () => {
    const m = drawnMachine('UUU.....');
    expect(buddyAlloc(m, 0, 0)).toBe(3);
    expect(buddyinfo(m)).toBe('0 0 1 0');
  });

  it('finds nothing where only smaller blocks are free', () => {
    const m = drawnMachine('.U.U.U.U');
    expect(buddyAlloc(m, 0, 1)).toBe(NONE);
    expect(zoneField(m, 0, Z.freePages)).toBe(4);
  });

  it('finds nothing above the highest order', () => {
    expect(buddyAlloc(drawnMachine('................'), 0, 4)).toBe(NONE);
  });

  it('counts free pages down by the size asked for, not by the block found', () => {
    const m = drawnMachine('........');
    buddyAlloc(m, 0, 1);
    expect(zoneField(m, 0, Z.freePages)).toBe(6);
  });

  it('takes one particular block out of the middle of its list', () => {
    const m = drawnMachine('.U.U.U.U');
    buddyTake(m, 0, 2, 0);
    expect(freeListPfns(m, 0, 0, 9)).toEqual([6, 4, 0]);
    expect(freeBlockOrder(m, 2)).toBe(-1);
  });
});

describe('freeing', () => {
  it('merges upward until a buddy is not free', () => {
    const m = drawnMachine('.U......');
    expect(buddyinfo(m)).toBe('1 1 1 0');
    giveBlock(m, 1, 0);
    expect(buddyinfo(m)).toBe('0 0 0 1');
  });

  it('says which order the block became part of', () => {
    const m = drawnMachine('U.U.....');
    expect(buddyFree(m, 0, 2, 0)).toBe(1);
    expect(buddyFree(m, 0, 0, 0)).toBe(3);
  });

  it('does not merge with a buddy that is free at a lower order', () => {
    const m = drawnMachine('..U.UUUU');
    giveBlock(m, 4, 2);
    expect(buddyinfo(m)).toBe('1 1 1 0');
  });

  it('does not merge past the highest order', () => {
    expect(buddyinfo(drawnMachine('................', 2))).toBe('0 0 4');
  });

  it('puts a merged block at the head of its list', () => {
    const m = drawnMachine('..UU....UUUUUU.U');
    expect(freeListPfns(m, 0, 1, 9)).toEqual([0]);
    giveBlock(m, 15, 0);
    expect(freeListPfns(m, 0, 1, 9)).toEqual([14, 0]);
  });

  it('does not merge over a zone bound that cuts a buddy pair', () => {
    const m = drawnMachine('............', 3, [
      { name: 'DMA', start: 0, end: 6 },
      { name: 'Normal', start: 6, end: 12 },
    ]);
    expect([buddyinfo(m, 0), buddyinfo(m, 1)]).toEqual(['0 1 1 0', '0 1 1 0']);
    expect(freeListPfns(m, 1, 1, 9)).toEqual([6]);
  });

  it('merges one block of several pages as one', () => {
    const m = drawnMachine('UUUU....');
    giveBlock(m, 0, 2);
    expect(buddyinfo(m)).toBe('0 0 0 1');
  });
});

describe('reading the lists', () => {
  it('knows the head of a free block from its inside and from a block in use', () => {
    const m = drawnMachine('....UU..');
    expect([0, 1, 4, 6, 7].map((pfn) => freeBlockOrder(m, pfn))).toEqual([2, -1, -1, 1, -1]);
  });

  it('knows the largest order', () => {
    expect(largestFreeOrder(drawnMachine('.U..U...'), 0)).toBe(1);
    expect(largestFreeOrder(drawnMachine('UUUUUUUU'), 0)).toBe(-1);
  });

  it('lists at most as many as asked for', () => {
    expect(freeListPfns(drawnMachine('.U.U.U.U'), 0, 0, 2)).toEqual([6, 4]);
  });
});
