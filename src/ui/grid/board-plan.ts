/** How much room the grid and its ledger get in each layout: plain arithmetic on the window's size. */
import type { LayoutName } from '../use-layout.ts';

export interface BoardPlan {
  /** Room for the grid itself, in CSS pixels. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly maxCell: number;
  /** Width of the addresses to its left. */
  readonly rail: number;
  readonly ledger: 'full' | 'short' | 'none';
  readonly ledgerWidth: number;
}

/** Width of the columns beside the hero, gaps and margins included. */
const BESIDE: Readonly<Record<LayoutName, number>> = {
  large: 268 + 400 + 2 * 26,
  wide: 196 + 276 + 2 * 26,
  medium: 300 + 26,
  small: 0,
  phone: 0,
};

/** Room above and below the grid inside the board: margin and ledger head, legend. */
const HEAD = 29;
const FOOT = 30;

const LEDGER: Readonly<Record<LayoutName, number>> = {
  large: 336,
  wide: 252,
  medium: 252,
  small: 150,
  phone: 0,
};
const SHORT_LEDGER = 126;
const RAIL: Readonly<Record<LayoutName, number>> = { large: 80, wide: 58, medium: 52, small: 52, phone: 0 };
/** The largest cells: letters stay readable and a small machine does not fill a wall. */
const LARGEST: Readonly<Record<LayoutName, number>> = {
  large: 24,
  wide: 20,
  medium: 15,
  small: 16,
  phone: 22,
};
const NEEDED_FOR_FULL = 52 + 486 + 14 + 252;

/** @param main the inner size of the main area @param height room for the board, 0 where the page scrolls */
export function planBoard(
  layout: LayoutName,
  mainWidth: number,
  height: number,
  isColumn: boolean,
): BoardPlan {
  const hero = Math.max(200, mainWidth - BESIDE[layout]);
  const isShort = layout === 'small' || (layout === 'medium' && hero < NEEDED_FOR_FULL);
  const ledger = !isColumn || layout === 'phone' ? 'none' : isShort ? 'short' : 'full';
  const ledgerWidth = ledger === 'none' ? 0 : ledger === 'short' ? SHORT_LEDGER : LEDGER[layout];
  const rail = isColumn ? RAIL[layout] : 0;
  const scrolls = layout === 'phone' || layout === 'small' || layout === 'medium';
  return {
    maxWidth: Math.max(64, Math.floor(hero - rail - (ledgerWidth > 0 ? ledgerWidth + 8 : 0))),
    maxHeight: scrolls ? (isColumn ? 100_000 : hero) : Math.max(96, Math.floor(height - HEAD - FOOT)),
    maxCell: LARGEST[layout],
    rail,
    ledger,
    ledgerWidth,
  };
}
