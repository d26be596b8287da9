import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, between, cumulate, pick, stream } from '../../../src/scenario/generators/draw.ts';
import { addDue, createDueHeap, earliest, takeDue } from '../../../src/scenario/generators/due-heap.ts';
import { drawZipf, zipf } from '../../../src/scenario/generators/zipf.ts';

/** How often each value is drawn. */
function counts(draws: number, values: number, draw: () => number): number[] {
  const found = new Array<number>(values).fill(0);
  for (let i = 0; i < draws; i++) found[draw()]!++;
  return found;
}

describe('drawing', () => {
  it('times has the mean asked for', () => {
    const state = stream(1, 'times');
    let sum = 0;
    for (let i = 0; i < 20_000; i++) sum += around(state, 1000);
    expect(sum / 20_000).toBeGreaterThan(960);
    expect(sum / 20_000).toBeLessThan(1040);
  });

  it('from a range meets both ends and nothing outside', () => {
    const state = stream(1, 'range');
    expect(counts(1000, 10, () => between(state, 3, 5)).map((n) => n > 0)).toEqual(
      [0, 0, 0, 1, 1, 1, 0, 0, 0, 0].map(Boolean),
    );
  });

  it('by weights follows them, and never draws a weight of 0', () => {
    const state = stream(1, 'weights');
    const sums = cumulate([1, 0, 3]);
    const found = counts(8000, 3, () => pick(state, sums));
    expect(found[1]).toBe(0);
    expect(found[2]! / found[0]!).toBeGreaterThan(2.7);
    expect(found[2]! / found[0]!).toBeLessThan(3.3);
  });

  it('streams of two names share no numbers', () => {
    expect(stream(1, 'a')).not.toEqual(stream(1, 'b'));
    expect(stream(1, 'a')).not.toEqual(stream(2, 'a'));
  });
});

describe("Zipf's law", () => {
  it.each([1, 2, 7, 100, 16_384, 40_000])('over %i items draws none outside', (population) => {
    const law = zipf(population, 1);
    const state = stream(3, 'zipf');
    for (let i = 0; i < 2000; i++) {
      const item = drawZipf(law, state);
      expect(item >= 0 && item < population && Number.isInteger(item)).toBe(true);
    }
  });

  it('gives the second rank half of the first, and a third to the next', () => {
    const state = stream(4, 'zipf');
    const law = zipf(50, 1);
    const [first, second, third] = counts(100_000, 50, () => drawZipf(law, state)).sort((a, b) => b - a);
    expect(first! / second!).toBeGreaterThan(1.85);
    expect(first! / second!).toBeLessThan(2.15);
    expect(first! / third!).toBeGreaterThan(2.75);
    expect(first! / third!).toBeLessThan(3.25);
  });

  it('reaches every item of a small population, and alike without skew', () => {
    const state = stream(5, 'zipf');
    const law = zipf(20, 0);
    const found = counts(20_000, 20, () => drawZipf(law, state));
    expect(Math.min(...found)).toBeGreaterThan(850);
    expect(Math.max(...found)).toBeLessThan(1150);
  });
});

describe('the heap of what is due', () => {
  it('gives everything back in order of step, then id', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (steps) => {
        const heap = createDueHeap();
        for (const [id, step] of steps.entries()) addDue(heap, step, id);
        const taken: [number, number][] = [];
        while (earliest(heap) < Number.POSITIVE_INFINITY) taken.push([earliest(heap), takeDue(heap)]);
        const sorted = steps.map((step, id): [number, number] => [step, id]);
        sorted.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(taken).toEqual(sorted);
      }),
    );
  });
});
