/** Whether a run has mempools, and the curves of who makes progress. */
import type { Opened } from '../../worker/protocol.ts';

/** Whether anybody asks a mempool, or a slab in its place, in the run. */
export function hasPools(opened: Opened | null): boolean {
  const counted = opened?.series.counted;
  if (counted === undefined) return false;
  const { poolServed, poolFailed, slabPoolServed, slabPoolFailed } = counted;
  return [poolServed, poolFailed, slabPoolServed, slabPoolFailed].some((total) => (total.at(-1) ?? 0) > 0);
}

/** A total since boot as a line in a box: steps to the right, the total upwards. */
export function totalPath(
  steps: readonly number[],
  totals: readonly number[],
  length: number,
  most: number,
  width: number,
  height: number,
): string {
  return totals
    .map((total, i) => {
      const x = ((steps[i] ?? 0) / Math.max(1, length)) * width;
      const y = height - (total / Math.max(1, most)) * height;
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
