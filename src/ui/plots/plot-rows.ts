/** A plot as rows of a table: every sample of the range, or as many as can be read. */
import type { StepRange } from '../../store/state.ts';
import type { Plot } from './plot.ts';

/** Rows a table has at most. */
export const ROWS_LIMIT = 200;

export interface PlotRows {
  readonly rows: readonly { readonly step: number; readonly values: readonly number[] }[];
  /** Samples of the range; more than rows where several stand in one row. */
  readonly samples: number;
}

/** Rows of the range; one row takes several samples together where there are more than `limit`. */
export function rowsOf({ steps, lines }: Plot, range: StepRange, limit = ROWS_LIMIT): PlotRows {
  const inside = steps.flatMap((step, i) => (step >= range.from && step <= range.to ? [i] : []));
  const each = Math.max(1, Math.ceil(inside.length / limit));
  const ends = inside.filter((_, n) => (inside.length - 1 - n) % each === 0);
  let before = (inside[0] ?? 0) - 1;
  const rows = ends.map((k) => {
    // Nothing lies before the first sample of a run: it stands for itself.
    const values = lines.map((line) =>
      before < 0 && k === 0 ? (line.values[0] ?? 0) : line.between(Math.max(0, before), k),
    );
    before = k;
    return { step: steps[k] ?? 0, values };
  });
  return { rows, samples: inside.length };
}
