/** Means, intervals and paired differences against values worked out elsewhere. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, pairedDifference, studentT } from '../../src/experiment/statistics.ts';

/** Student's distribution function in closed form (Abramowitz and Stegun, 26.7.3 and 26.7.4), for t > 0. */
function studentCdf(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const cos2 = Math.cos(angle) ** 2;
  const isOdd = df % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = df === 1 ? 0 : term;
  for (let k = isOdd ? 2 : 1; k <= df - 3; k += 2) {
    term *= (k / (k + 1)) * cos2;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return (1 + within) / 2;
}

describe('Student’s t', () => {
  it('leaves 2.5 % above it, for any number of values', () => {
    for (let df = 1; df <= 400; df++) expect(studentCdf(studentT(df), df), `df ${df}`).toBeCloseTo(0.975, 8);
    expect(studentT(1_000_000)).toBeCloseTo(1.959966, 6);
  });

  it('is the tables’', () => {
    const known = { 1: 12.706, 4: 2.776, 9: 2.262, 19: 2.093, 29: 2.045, 40: 2.021, 99: 1.984, 120: 1.98 };
    for (const [df, t] of Object.entries(known)) expect(studentT(Number(df))).toBeCloseTo(t, 3);
  });
});

describe('an estimate', () => {
  it('is Gosset’s own: the second column of the sleep data, extra hours of sleep of ten patients', () => {
    const slept = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { n, mean, ci95 } = estimate(slept);
    expect(n).toBe(10);
    expect(mean).toBeCloseTo(2.33, 10);
    expect(ci95).toBeCloseTo(1.4323225, 6);
  });

  it('has no interval with one value, and no mean with none', () => {
    expect(estimate([7])).toEqual({ n: 1, mean: 7, ci95: null });
    expect(estimate([])).toEqual({ n: 0, mean: null, ci95: null });
    expect(estimate([3, 3, 3])).toEqual({ n: 3, mean: 3, ci95: 0 });
  });

  it('covers the true mean in about 95 of 100 samples', () => {
    let state = 12345;
    const uniform = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    let covered = 0;
    for (let sample = 0; sample < 2000; sample++) {
      const { mean, ci95 } = estimate(Array.from({ length: 12 }, uniform));
      if (Math.abs(mean! - 0.5) <= ci95!) covered++;
    }
    expect(covered).toBeGreaterThan(1860);
    expect(covered).toBeLessThan(1940);
  });
});

describe('a paired difference', () => {
  it('is Gosset’s: both columns of the sleep data', () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { mean, ci95 } = pairedDifference(second, first);
    expect(mean).toBeCloseTo(1.58, 10);
    expect(ci95).toBeCloseTo(0.8798858, 6);
  });

  it('leaves out pairs without both values', () => {
    expect(pairedDifference([1, null, 5, 9], [0, 2, null, 4])).toMatchObject({ n: 2, mean: 3 });
  });

  it('does not see what both have in common', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(1_000_000)), { minLength: 2 }),
        (pairs) => {
          const gaps = pairs.map(([gap]) => gap);
          const paired = pairedDifference(
            pairs.map(([gap, common]) => gap + common),
            pairs.map(([, common]) => common),
          );
          expect(paired).toEqual(estimate(gaps));
        },
      ),
    );
  });
});
