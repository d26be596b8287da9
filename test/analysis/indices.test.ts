import { describe, expect, it } from 'vitest';
import {
  extfragForOrder,
  fragmentationIndex,
  fragmentationIndexFor,
  unusableIndex,
} from '../../src/analysis/indices.ts';

/** `3x-1000` stands for three times −1000. */
function row(text: string): number[] {
  return text.split(' ').flatMap((word) => {
    const [n, value] = word.split('x');
    return value === undefined ? [Number(word)] : Array.from({ length: Number(n) }, () => Number(value));
  });
}

// rows of /proc/buddyinfo with the indices the kernel printed for them
const SEEN = [
  ['4 6 2 2 4 3 0 1 3 0 0', '0 3 14 21 36 94 182 182 299 1000 1000', '9x-1000 875 918'],
  ['195 117 72 24 10 4 3 0 0 0 0', '0 140 308 516 654 769 861 4x1000', '7x-1000 973 985 992 995'],
  ['664 314 119 28 10 4 2 1 0 0 0', '0 261 509 697 785 848 899 949 3x1000', '8x-1000 991 995 997'],
  ['42 78 134 73 55 36 29 11 4 0 0', '0 5 25 96 172 287 438 681 865 1000 1000', '9x-1000 966 982'],
  ['188 410 217 126 84 40 35 21 9 1 0', '0 14 76 141 217 319 415 584 787 961 1000', '10x-1000 988'],
  ['0 0 0 0 0 1 1 1 0 1 0', '6x0 43 130 304 304 1000', '10x-1000 571'],
  ['30 15 1 0 0 0 0 0 1 0 0', '0 93 187 6x200 1000 1000', '9x-1000 966 973'],
  ['40 10 4 0 1 1 1 1 0 0 0', '0 126 189 240 240 291 392 594 3x1000', '8x-1000 962 973 978'],
] as const;

describe('the indices of a zone', () => {
  it.each(SEEN)('%s: unusable %s', (free, unusable) => {
    expect(unusableIndex(row(free))).toEqual(row(unusable));
  });

  it.each(SEEN)('%s: fragmentation %s, %s', (free, _, fragmentation) => {
    expect(fragmentationIndex(row(free))).toEqual(row(fragmentation));
  });

  it.each([
    // updatedb and four compilations, before and after the trees were deleted (January 2005)
    ['298 8 892 460 268 81 28 8 1 0 14', '0 9 9 121 237 372 453 509 541 549 549'],
    ['18644 13067 7911 4224 1583 351 52 10 1 0 14', '0 112 269 460 664 816 884 904 912 913 913'],
    ['658 230 113 578 176 73 23 9 10 4 13', '0 20 35 49 194 282 355 401 438 518 582'],
    ['15407 11695 7280 3858 1563 523 87 13 11 4 13', '0 92 233 409 595 746 846 880 890 907 919'],
  ])('%s: unusable %s', (free, unusable) => {
    expect(unusableIndex(row(free))).toEqual(row(unusable));
  });

  /** Blocks by order that hold `pages` pages in `blocks` blocks, none of order 9: as many pairs as are needed. */
  const freeOf = (pages: number, blocks: number): number[] => {
    const free = new Array<number>(11).fill(0);
    let [left, n] = [pages, blocks];
    for (; n > 0; n--) {
      const order = Math.min(8, Math.floor(Math.log2(left - (n - 1))));
      free[order]!++;
      left -= 2 ** order;
    }
    expect(left).toBe(0);
    return free;
  };

  it.each([
    [600, 600, 997],
    [5000, 5000, 998],
    [511, 9, 778],
    [768, 3, 167],
    [100, 100, 989],
  ])('%i free pages in %i blocks: %i at order 9', (pages, blocks, index) => {
    expect(fragmentationIndexFor(freeOf(pages, blocks), 9)).toBe(index);
  });

  it('are those of a zone without free pages: all unusable, no block to be asked for', () => {
    const none = row('11x0');
    expect(unusableIndex(none)).toEqual(row('11x1000'));
    expect(fragmentationIndex(none)).toEqual(none);
  });
});

describe('the score of proactive compaction', () => {
  it.each([
    ['4 6 2 2 4 3 0 1 3 0 0', 100],
    ['188 410 217 126 84 40 35 21 9 1 0', 96],
    ['1 1 0 0 1 2 2 1 1 0 3', 16],
    ['0 0 0 0 0 0 0 0 0 0 0', 0],
  ])('of %s at order 9 is %i', (free, score) => {
    expect(extfragForOrder(row(free), 9)).toBe(score);
  });
});
