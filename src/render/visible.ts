/** The tiles that a canvas shows. */
import { TILE_SIDE } from './cell-order.ts';
import { isColumn, type Layout } from './layout.ts';

/** Tile columns and rows in view, both ends included; empty where `last` is before `first`. */
export interface TileWindow {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** A one-column layout has gaps inside its few tiles: all of them count as in view. */
export function tileWindow(layout: Layout): TileWindow {
  const { left, top, width, height, cell, tileGap, tilesPerRow, tiles } = layout;
  const rows = Math.ceil(tiles / tilesPerRow);
  if (isColumn(layout)) {
    return { firstColumn: 0, lastColumn: 0, firstRow: 0, lastRow: rows - 1 };
  }
  const pitch = TILE_SIDE * cell + tileGap;
  return {
    firstColumn: Math.max(0, Math.floor(-left / pitch)),
    lastColumn: Math.min(Math.min(tilesPerRow, tiles) - 1, Math.ceil((width - left) / pitch) - 1),
    firstRow: Math.max(0, Math.floor(-top / pitch)),
    lastRow: Math.min(rows - 1, Math.ceil((height - top) / pitch) - 1),
  };
}

/** The tiles of a window, in PFN order. */
export function tilesIn(layout: Layout, window: TileWindow): number[] {
  const tiles: number[] = [];
  for (let row = window.firstRow; row <= window.lastRow; row++) {
    for (let column = window.firstColumn; column <= window.lastColumn; column++) {
      const tile = row * layout.tilesPerRow + column;
      if (tile < layout.tiles) tiles.push(tile);
    }
  }
  return tiles;
}
