/** Draws from tables of integers, so that the same seed gives the same numbers on every host. */
import { nextBelow, nextUint32, PRNG_WORDS, seedPrng } from '../../base/prng.ts';

/** A stream of random numbers with a name of its own. */
export type Stream = Uint32Array;

/** The stream `name` of a seed. */
export function stream(seed: number, name: string): Stream {
  const state = new Uint32Array(PRNG_WORDS);
  seedPrng(state, seed, name);
  return state;
}

/**
 * Quantiles of the exponential distribution with mean 1,024, at the middles of 16 equal shares, corrected so that
 * their mean is exactly 1,024.
 */
const EXPONENTIAL = [33, 103, 178, 258, 346, 441, 546, 662, 793, 943, 1117, 1327, 1590, 1943, 2477, 3627];

/** A duration around a mean: exponential in 16 steps, at least 0, an integer. */
export function around(state: Stream, mean: number): number {
  return Math.floor((mean * EXPONENTIAL[nextUint32(state) & 15]!) / 1024);
}

/** Evenly from low to high, both included. */
export function between(state: Stream, low: number, high: number): number {
  return high <= low ? low : low + nextBelow(state, high - low + 1);
}

/** Below `bound`, low numbers more often: the smaller of two even draws. */
export function lowBelow(state: Stream, bound: number): number {
  return Math.min(nextBelow(state, bound), nextBelow(state, bound));
}

/** Place of a weight drawn from cumulative sums. */
export function pick(state: Stream, cumulative: readonly number[] | Float64Array): number {
  const total = cumulative[cumulative.length - 1]!;
  const drawn = nextUint32(state) * (total / 0x100000000);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (drawn < cumulative[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sums of weights so far. */
export function cumulate(weights: readonly number[]): number[] {
  let total = 0;
  return weights.map((weight) => {
    total += weight;
    return total;
  });
}
