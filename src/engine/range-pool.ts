/**
 * Room in the growing side tables (PTEs, page table slots, page-cache slots) and in row tables (families, object
 * slabs). A pool is one column: [top, n, start0, length0, start1, length1, ...] — the first never-used index, and
 * the free ranges below it in rising order, neighbours joined. Taking is first fit, so that the same requests
 * give the same places.
 */
import { grown, type Machine } from './machine.ts';

type PoolName = 'pteRanges' | 'tableRanges' | 'fileRanges' | 'familyPool' | 'objSlabPool';

/** Empties every pool; called once at boot. */
export function createPools(m: Machine): void {
  for (const name of ['pteRanges', 'tableRanges', 'fileRanges', 'familyPool', 'objSlabPool'] as const)
    m[name].fill(0);
}

/** Takes `length` consecutive indices; the caller grows its columns up to {@link poolTop}. */
export function takeRange(m: Machine, name: PoolName, length: number): number {
  const pool = m[name];
  const n = pool[1]!;
  for (let i = 0; i < n; i++) {
    const at = 2 + i * 2;
    const start = pool[at]!;
    const have = pool[at + 1]!;
    if (have < length) continue;
    if (have === length) {
      pool.copyWithin(at, at + 2, 2 + n * 2);
      pool[2 + (n - 1) * 2] = 0;
      pool[3 + (n - 1) * 2] = 0;
      pool[1] = n - 1;
    } else {
      pool[at] = start + length;
      pool[at + 1] = have - length;
    }
    return start;
  }
  const start = pool[0]!;
  pool[0] = start + length;
  return start;
}

/** First index that was never handed out. */
export function poolTop(m: Machine, name: PoolName): number {
  return m[name][0]!;
}

/** Gives a range back. */
export function giveRange(m: Machine, name: PoolName, start: number, length: number): void {
  if (length === 0) return;
  m[name] = grown(m[name], 2 + (m[name][1]! + 1) * 2);
  const pool = m[name];
  const n = pool[1]!;
  const i = rangesBefore(pool, start);
  pool.copyWithin(2 + (i + 1) * 2, 2 + i * 2, 2 + n * 2);
  pool[2 + i * 2] = start;
  pool[3 + i * 2] = length;
  pool[1] = n + 1;
  joinAt(pool, i);
  if (i > 0) joinAt(pool, i - 1);
  const last = pool[1]! - 1;
  if (last >= 0 && pool[2 + last * 2]! + pool[3 + last * 2]! === pool[0]) {
    pool[0] = pool[2 + last * 2]!;
    pool[2 + last * 2] = 0;
    pool[3 + last * 2] = 0;
    pool[1] = last;
  }
}

/** How many free ranges begin before `start`. */
function rangesBefore(pool: Uint32Array, start: number): number {
  let low = 0;
  let high = pool[1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pool[2 + middle * 2]! < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Joins free range `i` with the one behind it where they touch. */
function joinAt(pool: Uint32Array, i: number): void {
  const n = pool[1]!;
  if (i + 1 >= n) return;
  const at = 2 + i * 2;
  if (pool[at]! + pool[at + 1]! !== pool[at + 2]) return;
  pool[at + 1] = pool[at + 1]! + pool[at + 3]!;
  pool.copyWithin(at + 2, at + 4, 2 + n * 2);
  pool[2 + (n - 1) * 2] = 0;
  pool[3 + (n - 1) * 2] = 0;
  pool[1] = n - 1;
}
