/** The why table of a large machine as bars: one a window, sorted by the pages that cannot go. */
import type { WhyReport } from '../../analysis/why-report.ts';

export interface Strip {
  /** Height of each bar as a share of the window, ascending. */
  readonly bars: readonly number[];
  /** Windows that could be emptied, and those that few pages block. */
  readonly none: number;
  readonly few: number;
}

/** Blocking pages that count as few, as a share of a window: one in 64, eight in 512. */
const FEW = 64;

/** @param most bars there is room for; with more windows each bar is the median of its neighbours */
export function stripOf(why: WhyReport, most: number): Strip {
  const size = 1 << why.order;
  const blocking = Float64Array.from(why.windows, (window) => window.blocking).sort();
  const few = Math.max(1, size / FEW);
  const none = blocking.filter((pages) => pages === 0).length;
  const shown = Math.max(0, Math.min(Math.floor(most), blocking.length));
  const bars = Array.from({ length: shown }, (_, i) => {
    const at = Math.floor(((i + 0.5) * blocking.length) / shown);
    return (blocking[at] ?? 0) / size;
  });
  return { bars, none, few: blocking.filter((pages) => pages > 0 && pages <= few).length };
}
