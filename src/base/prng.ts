/**
 * sfc32: small fast counting generator (Chris Doty-Humphrey, PractRand). Its state is four 32-bit words in a
 * typed array, so a machine's or a generator's randomness is copied, hashed and restored with the rest of it.
 */

/** Words of state a stream occupies. */
export const PRNG_WORDS = 4;

/** Fills `state[0..3]` from a seed and a stream name, so that named streams never share numbers. */
export function seedPrng(state: Uint32Array, seed: number, stream: string): void {
  let h = 0x9e3779b9 ^ (seed >>> 0);
  for (let i = 0; i < stream.length; i++) {
    h = Math.imul(h ^ stream.charCodeAt(i), 0x85ebca6b);
    h ^= h >>> 13;
  }
  state[0] = h >>> 0;
  state[1] = Math.imul(h ^ 0x5bd1e995, 0xc2b2ae35) >>> 0;
  state[2] = (seed / 0x100000000) >>> 0;
  state[3] = 1;
  for (let i = 0; i < 12; i++) nextUint32(state);
}

/** Next 32 random bits. */
export function nextUint32(state: Uint32Array): number {
  const a = state[0]!;
  const b = state[1]!;
  const c = state[2]!;
  const d = state[3]!;
  const sum = (a + b + d) >>> 0;
  state[3] = (d + 1) >>> 0;
  state[0] = (b ^ (b >>> 9)) >>> 0;
  state[1] = (c + (c << 3)) >>> 0;
  state[2] = (((c << 21) | (c >>> 11)) + sum) >>> 0;
  return sum;
}

/** Uniform integer in 0 .. bound-1, for 1 <= bound <= 2^32; multiplication instead of modulo keeps it unbiased enough (error below 2^-32 * bound). */
export function nextBelow(state: Uint32Array, bound: number): number {
  return Math.floor((nextUint32(state) / 0x100000000) * bound);
}

/** True with probability `share` (0 .. 1). */
export function nextChance(state: Uint32Array, share: number): boolean {
  return nextUint32(state) < share * 0x100000000;
}
