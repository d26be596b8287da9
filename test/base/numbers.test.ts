import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assert, unreachable } from '../../src/base/assert.ts';
import { ceilLog2, clamp, fls, idiv, isqrt } from '../../src/base/bits.ts';
import { nextBelow, nextChance, nextUint32, seedPrng } from '../../src/base/prng.ts';
import { count, duration, hex, plural, thousandths } from '../../src/base/text.ts';

describe('integer helpers', () => {
  it('isqrt is the floor of the root, exactly, up to 2^53', () => {
    fc.assert(
      fc.property(fc.nat({ max: 94906265 }), (root) => {
        expect(isqrt(root * root)).toBe(root);
        if (root > 0) expect(isqrt(root * root - 1)).toBe(root - 1);
      }),
    );
  });

  it('fls is the 1-based index of the highest set bit', () => {
    expect([0, 1, 2, 3, 128, 0x80000000].map(fls)).toEqual([0, 1, 2, 2, 8, 32]);
  });

  it('ceilLog2 is the smallest order that holds a size', () => {
    expect([1, 2, 3, 4, 5, 1024, 1025].map(ceilLog2)).toEqual([0, 1, 2, 2, 3, 10, 11]);
  });

  it('idiv truncates toward zero, as C does', () => {
    expect([idiv(7, 2), idiv(-7, 2), idiv(-1, 1000)]).toEqual([3, -3, -0]);
  });

  it('clamp holds a value between two others', () => {
    expect([clamp(1, 2, 4), clamp(3, 2, 4), clamp(5, 2, 4)]).toEqual([2, 3, 4]);
  });
});

describe('the generator', () => {
  const stream = (seed: number, name: string): number[] => {
    const state = new Uint32Array(4);
    seedPrng(state, seed, name);
    return Array.from({ length: 4 }, () => nextUint32(state));
  };

  it('gives the same numbers for the same seed and name, others for another', () => {
    expect(stream(1, 'a')).toEqual(stream(1, 'a'));
    expect(stream(1, 'a')).not.toEqual(stream(1, 'b'));
    expect(stream(1, 'a')).not.toEqual(stream(2, 'a'));
    expect(stream(1, 'a')).not.toEqual(stream(1 + 2 ** 32, 'a'));
  });

  it('continues from a copied state', () => {
    const state = new Uint32Array(4);
    seedPrng(state, 9, 'x');
    nextUint32(state);
    const copy = state.slice();
    expect(nextUint32(copy)).toBe(nextUint32(state));
  });

  it('stays below its bound and reaches every value about as often', () => {
    const state = new Uint32Array(4);
    seedPrng(state, 3, 'bound');
    const seen = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) seen[nextBelow(state, 6)]!++;
    for (const n of seen) expect(Math.abs(n - 10_000)).toBeLessThan(500);
  });

  it('takes a chance as often as it says', () => {
    const state = new Uint32Array(4);
    seedPrng(state, 4, 'chance');
    let taken = 0;
    for (let i = 0; i < 40_000; i++) if (nextChance(state, 0.25)) taken++;
    expect(Math.abs(taken - 10_000)).toBeLessThan(500);
    expect([nextChance(state, 0), nextChance(state, 1)]).toEqual([false, true]);
  });
});

describe('text', () => {
  it('prints frames, counts and plurals', () => {
    expect([hex(10), hex(0xfe00, 8), count(95460), count(-1234567), count(999)]).toEqual([
      '0x00a',
      '0x0000fe00',
      '95,460',
      '-1,234,567',
      '999',
    ]);
    expect([plural(1, 'page'), plural(2, 'page'), plural(0, 'entry', 'entries')]).toEqual([
      '1 page',
      '2 pages',
      '0 entries',
    ]);
  });

  it('prints thousandths as the index files do', () => {
    expect([885, -1000, 0, 7, 1000, -5].map(thousandths)).toEqual([
      '0.885',
      '-1.000',
      '0.000',
      '0.007',
      '1.000',
      '-0.005',
    ]);
  });

  it('prints times in the unit that suits them', () => {
    expect([999, 1500, 25_000, 8_000_000, 2_500_000_000].map(duration)).toEqual([
      '999 ns',
      '1.5 µs',
      '25 µs',
      '8.00 ms',
      '2.50 s',
    ]);
  });
});

describe('assertions', () => {
  it('say what was broken, and build the text only then', () => {
    let built = 0;
    const detail = () => `built ${++built}`;
    assert(true, detail);
    expect(built).toBe(0);
    expect(() => assert(false, detail)).toThrow('assertion failed: built 1');
    expect(() => assert(false, 'plain')).toThrow('assertion failed: plain');
    expect(() => unreachable('x' as never)).toThrow('assertion failed: unexpected value "x"');
  });
});
