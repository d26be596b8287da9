/** Geometry of the lanes: what happened in each run, and where the runs part, as pixels of one step axis. */
import type { StepScale } from '../bottom/plots.ts';

/** Pixel columns in which a step of `steps` lies, rising: a long run stays a few hundred marks. */
export function columnsOf(steps: readonly number[], x: StepScale): readonly number[] {
  const columns: number[] = [];
  for (const step of steps) {
    const column = Math.round(x(step));
    if (columns.at(-1) !== column) columns.push(column);
  }
  return columns;
}

/** Ticks of a height, as one path. */
export const ticksPath = (columns: readonly number[], y: number, height: number) =>
  columns.map((column) => `M${column + 0.5} ${y}v${height}`).join('');

/** Whether rising `steps` have a step. */
export function hasStep(steps: readonly number[], step: number): boolean {
  let low = 0;
  let high = steps.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = steps[middle]!;
    if (found === step) return true;
    if (found < step) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
