/** How panes share the room: plain arithmetic on the window's size. */
import { COLUMN_PAGES, type Layout, type LayoutMode, layoutOf, PAD } from '../../render/layout.ts';
import { TILE_PAGES, type ZoneSpan } from '../../render/page-view.ts';

export interface PanePlan {
  readonly columns: number;
  readonly paneWidth: number;
  /** Of each pane's grid. */
  readonly layout: Layout;
  /** Figures stand beside the grid, not below it. */
  readonly beside: boolean;
}

interface Machine {
  readonly pages: number;
  readonly zones: readonly ZoneSpan[];
}

/** Between panes, in CSS pixels; many stand closer. */
export const gapOf = (count: number) => (count > 3 ? 16 : 26);
/** A pane is no narrower, but where the window is. */
const SMALLEST = 236;
/** Room for figures beside a grid. */
const FACTS = 190;
/** Two panes have room for letters. */
const largestCell = (count: number) => (count <= 2 ? 18 : 16);
/** Share of the height that the pictures get: the table below is part of the answer. */
const shareOf = (count: number) => (count <= 2 ? 0.7 : 0.58);
const LOWEST = 250;
/** Cells with letters. */
const SMALLEST_LETTER = 14;
/** Below this cell tiles in Z order show more than rows. */
const SMALLEST_ROW = 7;

/** @param wanted the person's order of pages, or null for what suits machine and room */
export function planPanes(
  count: number,
  width: number,
  height: number,
  machine: Machine,
  wanted: LayoutMode | null,
): PanePlan {
  const gap = gapOf(count);
  const most = Math.max(1, Math.floor((width + gap) / (SMALLEST + gap)));
  const rows = Math.ceil(count / most);
  const columns = Math.ceil(count / rows);
  const paneWidth = Math.floor((width - gap * (columns - 1)) / columns);
  const room = Math.max(LOWEST, Math.floor(height * shareOf(count)));
  // Rather smaller pages than figures below them, where there is room for letters still.
  const besideCell = Math.floor((paneWidth - FACTS - 2 * PAD) / 32);
  const maxCell =
    besideCell >= SMALLEST_LETTER ? Math.min(largestCell(count), besideCell) : largestCell(count);
  const fitOnce = (mode: LayoutMode, inner: number, columns: { columns?: number } = {}) =>
    layoutOf({ ...machine, mode, width: inner, height: room, maxCell, ...columns });
  /** As in the one grid, the rows of two tiles stand side by side where that is larger. */
  const fit = (mode: LayoutMode, inner: number) => {
    const one = fitOnce(mode, inner);
    if (mode === 'z' || machine.pages <= TILE_PAGES || machine.pages > 2 * TILE_PAGES) return one;
    const two = fitOnce(mode, inner, { columns: 2 });
    return two.cell > one.cell ? two : one;
  };
  const pick = (inner: number) => {
    if (wanted !== null) return fit(wanted, inner);
    const rowsFirst = machine.pages <= COLUMN_PAGES ? fit('rows', inner) : null;
    return rowsFirst !== null && rowsFirst.cell >= SMALLEST_ROW ? rowsFirst : fit('z', inner);
  };
  const layout = pick(paneWidth);
  return { columns, paneWidth, layout, beside: paneWidth - layout.width >= FACTS };
}
