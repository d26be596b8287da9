/** The window ledger's lines: what emptying each row's window would take. */
import type { WhyReport, WhyWindow } from '../../analysis/why-report.ts';
import { milliseconds, plural } from '../words.ts';

export interface LedgerLine {
  readonly pfn: number;
  readonly pages: number;
  readonly drop: number;
  readonly write: number;
  readonly swap: number;
  readonly stuck: number;
  /** A cost where the window can be emptied, else the reason why not. */
  readonly text: string;
  readonly blocked: boolean;
  readonly cheapest: boolean;
}

const ROW_PAGES = 32;

function ownLine(window: WhyWindow, cheapest: number | null): LedgerLine {
  const isFree = window.free === 1 << window.order;
  const isCheapest = window.pfn === cheapest;
  return {
    pfn: window.pfn,
    pages: 1 << window.order,
    drop: window.drop,
    write: window.write,
    swap: window.swap,
    stuck: window.blocking,
    text: window.costNs === null ? window.reason : isFree ? 'free' : milliseconds(window.costNs),
    blocked: window.costNs === null,
    cheapest: isCheapest,
  };
}

/** Windows smaller than a row share its line. */
function joinedLine(windows: readonly WhyWindow[], cheapest: number | null): LedgerLine {
  const sum = (pick: (window: WhyWindow) => number) => windows.reduce((total, one) => total + pick(one), 0);
  const clearable = windows.filter((window) => window.costNs !== null).length;
  return {
    pfn: windows[0]!.pfn,
    pages: ROW_PAGES,
    drop: sum((one) => one.drop),
    write: sum((one) => one.write),
    swap: sum((one) => one.swap),
    stuck: sum((one) => one.blocking),
    text:
      clearable === 0 ? `none of ${windows.length}` : `${plural(clearable, 'window')} of ${windows.length}`,
    blocked: clearable === 0,
    cheapest: windows.some((one) => one.pfn === cheapest),
  };
}

/** A line a row, or a line a window where a window is more than a row. The cheapest is pointed at while `point`. */
export function ledgerLines(why: WhyReport, point: boolean): readonly LedgerLine[] {
  const cheapest = point ? (why.cheapest?.pfn ?? null) : null;
  const windows = [...why.windows].sort((a, b) => a.pfn - b.pfn);
  if (1 << why.order >= ROW_PAGES) return windows.map((window) => ownLine(window, cheapest));
  const inRow = ROW_PAGES >> why.order;
  return windows
    .filter((_, i) => i % inRow === 0)
    .map((_, row) => joinedLine(windows.slice(row * inRow, (row + 1) * inRow), cheapest));
}
