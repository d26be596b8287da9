/**
 * Where each page frame stands. A tile is 32 by 32 cells, 1,024 pages, one order-10 block; tiles run row by row.
 * In rows mode a machine of up to 4,096 pages is one column of rows of 32 pages instead, with a gap before each
 * zone that starts a row, unless more tiles a row are asked for. All lengths are CSS pixels, measured from the canvas's top left corner; a camera moves the
 * first cell away from that corner (camera.ts).
 */
import { blockCells, CELL_ORDER, type LayoutMode, TILE_SIDE } from './cell-order.ts';
import { type PageRange, TILE_ORDER, TILE_PAGES, type ZoneSpan } from './page-view.ts';

export type { LayoutMode } from './cell-order.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface LayoutRequest {
  readonly pages: number;
  readonly zones: readonly ZoneSpan[];
  readonly mode: LayoutMode;
  /** Space to fill; the layout is never larger unless even the smallest cell does not fit. */
  readonly width: number;
  readonly height: number;
  /** Largest cell wanted; 32 by default. */
  readonly maxCell?: number;
  /** Tiles per row, to lay a machine out as another layout does; the best by default. */
  readonly columns?: number;
}

export interface Layout {
  readonly mode: LayoutMode;
  readonly pages: number;
  readonly zones: readonly ZoneSpan[];
  /** Side of a cell: whole from 3 up, halves from 1 to 3, a power of two below 1. */
  readonly cell: number;
  readonly tiles: number;
  readonly tilesPerRow: number;
  readonly tileGap: number;
  /** Rows of 32 pages that have a zone gap above them; empty unless the layout is one column. */
  readonly gapRows: readonly number[];
  readonly zoneGap: number;
  /** Where the first cell's corner stands: `PAD` unless a camera moved it. */
  readonly left: number;
  readonly top: number;
  /** Size of the canvas. */
  readonly width: number;
  readonly height: number;
}

/** Margin round the pages: room for an outline 2 px wide that stands 2 px outside a shape. */
export const PAD = 3;
/** Largest machine that rows mode shows as one column. */
export const COLUMN_PAGES = 4096;
const SMALLEST_CELL = 1 / TILE_SIDE;
/** Largest cell that anything is drawn in. */
export const MAX_CELL = 32;

/** The largest drawable cell up to `raw`: whole from 3, halves from 1, a power of two below. */
export function legalCell(raw: number): number {
  if (raw >= 3) return Math.floor(raw);
  if (raw >= 1) return Math.floor(raw * 2) / 2;
  let cell = 0.5;
  while (cell > raw && cell > SMALLEST_CELL) cell /= 2;
  return cell;
}

function smallerCell(cell: number): number {
  if (cell > 3) return cell - 1;
  return cell > 1 ? cell - 0.5 : cell / 2;
}

/** Below 3 px the gap is two cells, or one pixel, so that the overview stays one image scaled once. */
export function tileGapOf(cell: number): number {
  if (cell >= 8) return 8;
  if (cell >= 3) return 4;
  if (cell >= 1) return 2 * cell;
  return cell * TILE_SIDE >= 8 ? 1 : 0;
}

export function zoneGapOf(cell: number): number {
  return cell >= 3 ? 8 : 2 * cell;
}

/** Length of `count` tiles in a row. */
export function span(count: number, cell: number, gap: number): number {
  return count * TILE_SIDE * cell + Math.max(0, count - 1) * gap;
}

function columnLayout(request: LayoutRequest, maxCell: number): Layout {
  const { pages, zones, mode } = request;
  const rows = Math.ceil(pages / TILE_SIDE);
  const gapRows = zones
    .filter((zone) => zone.start > 0 && zone.start < pages && zone.start % TILE_SIDE === 0)
    .map((zone) => zone.start / TILE_SIDE)
    .sort((a, b) => a - b);
  const heightOf = (cell: number) => rows * cell + gapRows.length * zoneGapOf(cell);
  const room = { w: request.width - 2 * PAD, h: request.height - 2 * PAD };
  let cell = Math.max(1, legalCell(Math.min(maxCell, room.w / TILE_SIDE, room.h / Math.max(1, rows))));
  while (cell > 1 && heightOf(cell) > room.h) cell = smallerCell(cell);
  return {
    mode,
    pages,
    zones,
    cell,
    tiles: Math.ceil(pages / TILE_PAGES),
    tilesPerRow: 1,
    tileGap: 0,
    gapRows,
    zoneGap: zoneGapOf(cell),
    left: PAD,
    top: PAD,
    width: TILE_SIDE * cell + 2 * PAD,
    height: heightOf(cell) + 2 * PAD,
  };
}

/** The largest cell with which `columns` by `rows` tiles fit into `w` by `h`. */
function fittingCell(columns: number, rows: number, w: number, h: number, maxCell: number): number {
  const raw = Math.min(maxCell, w / (columns * TILE_SIDE), h / (rows * TILE_SIDE));
  let cell = legalCell(raw);
  const fits = () => span(columns, cell, tileGapOf(cell)) <= w && span(rows, cell, tileGapOf(cell)) <= h;
  while (cell > SMALLEST_CELL && !fits()) cell = smallerCell(cell);
  return cell;
}

const isPowerOfTwo = (n: number) => (n & (n - 1)) === 0;

/** Whether rows of so many tiles are as good as rows of `best`, where both allow the same cell. */
function isBetter(columns: number, best: number, tiles: number): boolean {
  if (isPowerOfTwo(columns) !== isPowerOfTwo(best)) return isPowerOfTwo(columns);
  const longer = (n: number) => Math.max(n, Math.ceil(tiles / n));
  return longer(columns) <= longer(best);
}

/**
 * Among equal cells a power of two of tiles per row wins (round addresses at the left edge), then what is nearer to a
 * square, then the wider.
 */
function tileLayout(request: LayoutRequest, maxCell: number): Layout {
  const { pages, zones, mode } = request;
  const tiles = Math.ceil(pages / TILE_PAGES);
  const w = request.width - 2 * PAD;
  const h = request.height - 2 * PAD;
  let best = { columns: 1, cell: 0 };
  const fewest = request.columns ?? 1;
  const most = request.columns ?? Math.max(1, tiles);
  for (let columns = fewest; columns <= most; columns++) {
    const cell = fittingCell(columns, Math.ceil(tiles / columns), w, h, maxCell);
    if (cell > best.cell || (cell === best.cell && isBetter(columns, best.columns, tiles)))
      best = { columns, cell };
  }
  const tileGap = tileGapOf(best.cell);
  return {
    mode,
    pages,
    zones,
    cell: best.cell,
    tiles,
    tilesPerRow: best.columns,
    tileGap,
    gapRows: [],
    zoneGap: 0,
    left: PAD,
    top: PAD,
    width: span(Math.min(best.columns, tiles), best.cell, tileGap) + 2 * PAD,
    height: span(Math.ceil(tiles / best.columns), best.cell, tileGap) + 2 * PAD,
  };
}

/** Whether a machine is laid out as one column of rows of 32 pages. */
export const isColumn = ({ mode, pages, tilesPerRow }: Pick<Layout, 'mode' | 'pages' | 'tilesPerRow'>) =>
  mode === 'rows' && pages <= COLUMN_PAGES && tilesPerRow === 1;

/** Lays `pages` page frames out in the given space, with the largest cell that fits. */
export function layoutOf(request: LayoutRequest): Layout {
  const maxCell = request.maxCell ?? MAX_CELL;
  return isColumn({ ...request, tilesPerRow: request.columns ?? 1 })
    ? columnLayout(request, maxCell)
    : tileLayout(request, maxCell);
}

function gapsAbove(layout: Layout, row: number): number {
  let gaps = 0;
  for (const gapRow of layout.gapRows) if (gapRow <= row) gaps++;
  return gaps * layout.zoneGap;
}

/** Left edge of the cell of `pfn`. */
export function cellX(layout: Layout, pfn: number): number {
  const column = (pfn >> TILE_ORDER) % layout.tilesPerRow;
  const x = CELL_ORDER[layout.mode].x[pfn % TILE_PAGES]!;
  return layout.left + column * (TILE_SIDE * layout.cell + layout.tileGap) + x * layout.cell;
}

/** Top edge of the cell of `pfn`. */
export function cellY(layout: Layout, pfn: number): number {
  const row = Math.floor((pfn >> TILE_ORDER) / layout.tilesPerRow);
  const y = CELL_ORDER[layout.mode].y[pfn % TILE_PAGES]!;
  const top = layout.top + row * (TILE_SIDE * layout.cell + layout.tileGap) + y * layout.cell;
  return layout.gapRows.length === 0 ? top : top + gapsAbove(layout, pfn >> 5);
}

/**
 * The rectangle of the aligned block of `order` (0 to 10) at `pfn`, cell edges included. A block that spans a zone
 * gap includes the gap. Throws a RangeError for a block that is not aligned or larger than a tile.
 */
export function rectOf(layout: Layout, pfn: number, order: number): Rect {
  if (order < 0 || order > TILE_ORDER || pfn % (1 << order) !== 0) {
    throw new RangeError(
      `no rectangle for pfn ${pfn}, order ${order}: expected an aligned block of order 0 to 10`,
    );
  }
  const [columns, rows] = blockCells(layout.mode, order);
  const x = cellX(layout, pfn);
  const y = cellY(layout, pfn);
  const bottom = layout.gapRows.length === 0 ? y + rows * layout.cell : lastRowBottom(layout, pfn, order);
  return { x, y, w: columns * layout.cell, h: bottom - y };
}

function lastRowBottom(layout: Layout, pfn: number, order: number): number {
  return cellY(layout, pfn + (1 << order) - 1) + layout.cell;
}

/** Space of a whole tile, or of its rows in a one-column layout. */
export function tileRect(layout: Layout, tile: number): Rect {
  return rectOf(layout, tile * TILE_PAGES, TILE_ORDER);
}

function joined(a: Rect, b: Rect): Rect | null {
  if (a.x === b.x && a.w === b.w && a.y + a.h === b.y) return { ...a, h: a.h + b.h };
  if (a.y === b.y && a.h === b.h && a.x + a.w === b.x) return { ...a, w: a.w + b.w };
  return null;
}

/** The rectangles that cover a run of pages, no two overlapping, neighbours joined where they line up. */
export function rectsOf(layout: Layout, range: PageRange): Rect[] {
  const end = Math.min(range.pfn + range.pages, layout.pages);
  const rects: Rect[] = [];
  for (let pfn = Math.max(0, range.pfn); pfn < end; ) {
    let order = 0;
    while (order < TILE_ORDER && pfn % (2 << order) === 0 && pfn + (2 << order) <= end) order++;
    let rect = rectOf(layout, pfn, order);
    for (let before = rects.at(-1); before; before = rects.at(-1)) {
      const both = joined(before, rect);
      if (!both) break;
      rects.pop();
      rect = both;
    }
    rects.push(rect);
    pfn += 1 << order;
  }
  return rects;
}

/** The page frame under a point, or null in a gap, the margin or past the end of memory. */
export function pfnAt(layout: Layout, x: number, y: number): number | null {
  const { cell, tileGap, tilesPerRow } = layout;
  const pitch = TILE_SIDE * cell + tileGap;
  const left = x - layout.left;
  const top = withoutGaps(layout, y - layout.top);
  if (left < 0 || top === null || top < 0) return null;
  const column = Math.floor(left / pitch);
  const row = Math.floor(top / pitch);
  const cx = Math.floor((left - column * pitch) / cell);
  const cy = Math.floor((top - row * pitch) / cell);
  if (column >= tilesPerRow || cx >= TILE_SIDE || cy >= TILE_SIDE) return null;
  const index = CELL_ORDER[layout.mode].at[cy * TILE_SIDE + cx]!;
  const pfn = (row * tilesPerRow + column) * TILE_PAGES + index;
  return pfn < layout.pages ? pfn : null;
}

function withoutGaps(layout: Layout, y: number): number | null {
  let shift = 0;
  for (const row of layout.gapRows) {
    const gapTop = row * layout.cell + shift;
    if (y < gapTop) break;
    if (y < gapTop + layout.zoneGap) return null;
    shift += layout.zoneGap;
  }
  return y - shift;
}
