import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMachine } from '../../src/engine/machine.ts';
import { createPools, giveRange, poolTop, takeRange } from '../../src/engine/range-pool.ts';
import { toyConfig } from './support.ts';

/** First fit over a set of used indices: the lowest gap that is long enough, else the end. */
class NaivePool {
  readonly used = new Set<number>();

  get top(): number {
    return this.used.size === 0 ? 0 : Math.max(...this.used) + 1;
  }

  take(length: number): number {
    let start = 0;
    const top = this.top;
    while (start < top) {
      let end = start;
      while (end < top && !this.used.has(end)) end++;
      // a gap at the end is no gap: the top falls back over it
      if (end < top && end - start >= length) break;
      start = end + 1;
      if (end >= top) start = top;
    }
    for (let i = start; i < start + length; i++) this.used.add(i);
    return start;
  }

  give(start: number, length: number): void {
    for (let i = start; i < start + length; i++) this.used.delete(i);
  }
}

describe('the range pool', () => {
  it('takes the first gap that fits and joins what comes back, as a set of indices would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 1000 })), { maxLength: 120 }), (steps) => {
        const m = createMachine(toyConfig());
        createPools(m);
        const naive = new NaivePool();
        const held: [start: number, length: number][] = [];
        for (const [takes, n] of steps) {
          if (takes || held.length === 0) {
            const length = 1 + (n % 9);
            const start = takeRange(m, 'pteRanges', length);
            expect(start).toBe(naive.take(length));
            held.push([start, length]);
          } else {
            const [range] = held.splice(n % held.length, 1) as [[number, number]];
            giveRange(m, 'pteRanges', ...range);
            naive.give(...range);
          }
          expect(poolTop(m, 'pteRanges')).toBe(naive.top);
        }
        for (const range of held) giveRange(m, 'pteRanges', ...range);
        expect(Array.from(m.pteRanges).every((word) => word === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps pools apart', () => {
    const m = createMachine(toyConfig());
    createPools(m);
    takeRange(m, 'pteRanges', 5);
    expect(takeRange(m, 'fileRanges', 2)).toBe(0);
  });
});
