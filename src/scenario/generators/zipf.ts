/** Zipf's law by an integer table: weight of rank r is 2^24 / (r+1)^skew, rounded down, at least 1. */
import { nextBelow } from '../../base/prng.ts';
import { pick, type Stream } from './draw.ts';

/** Ranks with a weight of their own; larger populations are cut into as many equal buckets. */
const RANKS = 16_384;

/** A population to draw from. Popular items are spread over it, not side by side. */
export interface Zipf {
  readonly population: number;
  readonly cumulative: Float64Array;
  /** Multiplier that spreads ranks over items; no common divisor with the number of ranks. */
  readonly spread: number;
}

/** @param skew 0 all alike, 1 the classic law, 2 its square */
export function zipf(population: number, skew: number): Zipf {
  const ranks = Math.max(1, Math.min(population, RANKS));
  const cumulative = new Float64Array(ranks);
  let total = 0;
  for (let rank = 0; rank < ranks; rank++) {
    const divisor = skew === 0 ? 1 : skew === 1 ? rank + 1 : (rank + 1) * (rank + 1);
    total += Math.max(1, Math.floor(0x1000000 / divisor));
    cumulative[rank] = total;
  }
  return { population: Math.max(1, population), cumulative, spread: coprime(ranks) };
}

/** An item, 0 .. population-1. */
export function drawZipf(law: Zipf, state: Stream): number {
  const ranks = law.cumulative.length;
  const place = (pick(state, law.cumulative) * law.spread) % ranks;
  if (law.population === ranks) return place;
  const start = Math.floor((place * law.population) / ranks);
  const end = Math.floor(((place + 1) * law.population) / ranks);
  return start + nextBelow(state, end - start);
}

/** A number near 0.618 n without a common divisor with n. */
function coprime(n: number): number {
  let candidate = Math.max(1, Math.floor((n * 618) / 1000));
  while (divisor(candidate, n) !== 1) candidate++;
  return candidate;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
