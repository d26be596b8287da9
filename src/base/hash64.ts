/**
 * A 64-bit sum hash over (column, index, value) triples. A zero value contributes nothing, so spare capacity at
 * the end of a column never changes the hash, and chunks can be hashed apart and added.
 */
export interface Hash64 {
  hi: number;
  lo: number;
}

/** The hash of nothing. */
export function emptyHash(): Hash64 {
  return { hi: 0, lo: 0 };
}

/**
 * Adds `count` words of a column, beginning at `start`, to `hash`. `salt` tells columns apart, and words that equal
 * `filler` count as zero.
 */
export function addWords(
  hash: Hash64,
  salt: number,
  words: Uint8Array | Uint16Array | Uint32Array | Int32Array,
  start: number,
  count: number,
  filler = 0,
): void {
  let hi = hash.hi | 0;
  let lo = hash.lo | 0;
  const end = start + count;
  for (let i = start; i < end; i++) {
    const value = words[i]! ^ filler;
    if (value === 0) continue;
    let x = Math.imul(value ^ salt, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca77);
    x ^= x >>> 15;
    x = Math.imul(x, 0xc2b2ae3d);
    let y = Math.imul(x ^ (x >>> 13) ^ value, 0x27d4eb2f) ^ Math.imul(i + salt, 0x165667b1);
    y ^= y >>> 16;
    y = Math.imul(y, 0x9e3779b1);
    lo = (lo + (x ^ (x >>> 16))) | 0;
    hi = (hi + (y ^ (y >>> 15))) | 0;
  }
  hash.hi = hi;
  hash.lo = lo;
}

/** 16 lower-case hex digits. */
export function hashText(hash: Hash64): string {
  const part = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
  return part(hash.hi) + part(hash.lo);
}
