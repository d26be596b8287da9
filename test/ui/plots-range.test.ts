import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { following, heldRange, shownRange, zoomed } from '../../src/ui/plots/range.ts';

const LENGTH = 1530;

describe('the range of the plots', () => {
  it('lies inside the run, whatever is asked for', () => {
    const anyStep = fc.double({ min: -5000, max: 5000, noNaN: true });
    fc.assert(
      fc.property(anyStep, anyStep, fc.nat(3000), (from, to, length) => {
        const range = shownRange({ from, to }, length);
        expect(range.from).toBeGreaterThanOrEqual(0);
        expect(range.to).toBeLessThanOrEqual(length);
        expect(range.to - range.from).toBeGreaterThanOrEqual(Math.min(10, length));
      }),
    );
  });

  it('is none where it is the whole run', () => {
    expect(heldRange({ from: -3, to: 5000 }, LENGTH)).toBeNull();
    expect(heldRange({ from: 200, to: 100 }, LENGTH)).toEqual({ from: 100, to: 200 });
  });

  it('is halved about a step, and widens to the whole', () => {
    const near = zoomed(null, LENGTH, 300, 0.5);
    expect(near).toEqual({ from: 150, to: 915 });
    expect(zoomed(near, LENGTH, 300, 2)).toBeNull();
  });

  it('follows a step that leaves it, and stays for one that does not', () => {
    const range = { from: 100, to: 200 };
    expect(following(range, LENGTH, 150)).toBe(range);
    expect(following(range, LENGTH, 400)).toEqual({ from: 350, to: 450 });
    expect(following(range, LENGTH, LENGTH)).toEqual({ from: 1430, to: LENGTH });
    expect(following(null, LENGTH, 400)).toBeNull();
  });
});
