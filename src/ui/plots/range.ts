/** The part of the run that the plots show. */
import type { StepRange } from '../../store/state.ts';

/** Steps the axis shows at least. */
const SHORTEST = 10;

/** A range as it may be shown: inside the run, not too short; null where that is the whole run. */
export function heldRange(range: StepRange | null, length: number): StepRange | null {
  if (range === null) return null;
  const least = Math.min(SHORTEST, length);
  const wide = Math.max(least, Math.abs(Math.round(range.to) - Math.round(range.from)));
  const from = Math.max(0, Math.min(Math.round(Math.min(range.from, range.to)), length - wide));
  const to = Math.min(length, from + wide);
  return from === 0 && to === length ? null : { from, to };
}

/** The range, or the whole run. */
export const shownRange = (range: StepRange | null, length: number): StepRange =>
  heldRange(range, length) ?? { from: 0, to: length };

/** The range made `factor` times as wide, with `about` kept in its place where it is inside. */
export function zoomed(range: StepRange | null, length: number, about: number, factor: number) {
  const { from, to } = shownRange(range, length);
  const pivot = about >= from && about <= to ? about : (from + to) / 2;
  return heldRange({ from: pivot - (pivot - from) * factor, to: pivot + (to - pivot) * factor }, length);
}

/** The range moved so that `step` is inside: in its middle where it was not. */
export function following(range: StepRange | null, length: number, step: number): StepRange | null {
  if (range === null || (step >= range.from && step <= range.to)) return range;
  const half = (range.to - range.from) / 2;
  return heldRange({ from: step - half, to: step + half }, length);
}
