/** The why table of a large machine as bars: one a window, sorted by the pages that cannot go. */
import type { WhyReport } from '../../analysis/why-report.ts';

export interface Strip {
  readonly windows: number;
  /** Height of each bar as a share of the window, ascending. */
  readonly bars: readonly number[];
  /** Windows that could be emptied, and those that few pages block. */
  readonly none: number;
  readonly few: number;
}

/** Blocking pages that count as few, as a share of a window: one in 64, eight in 512. */
const FEW = 64;

/** Windows by their blocking pages, 0 to 2^order. */
function spreadOf({ order, windows, spread }: WhyReport): readonly number[] {
  if (spread !== undefined) return spread;
  const counted = new Array<number>((1 << order) + 1).fill(0);
  for (const { blocking } of windows) counted[blocking]!++;
  return counted;
}

/** @param most bars there is room for; with more windows each bar is the median of its neighbours */
export function stripOf(why: WhyReport, most: number): Strip {
  const size = 1 << why.order;
  const spread = spreadOf(why);
  const windows = spread.reduce((sum, n) => sum + n, 0);
  const shown = Math.max(0, Math.min(Math.floor(most), windows));
  let blocking = 0;
  let upTo = spread[0] ?? 0;
  const bars = Array.from({ length: shown }, (_, i) => {
    const at = Math.floor(((i + 0.5) * windows) / shown);
    while (upTo <= at) upTo += spread[++blocking]!;
    return blocking / size;
  });
  const few = spread.slice(1, Math.max(1, size / FEW) + 1).reduce((sum, n) => sum + n, 0);
  return { windows, bars, none: spread[0] ?? 0, few };
}
