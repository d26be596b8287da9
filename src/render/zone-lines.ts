/** Where zones meet without a gap of their own: a line along the cells, or round the tiles. */
import { CELL_ORDER, TILE_SIDE } from './cell-order.ts';
import { type Layout, tileRect } from './layout.ts';
import { TILE_PAGES } from './page-view.ts';

/** x1, y1, x2, y2 in CSS pixels. */
export type Segment = readonly [number, number, number, number];

/** All segments of all zone boundaries; a boundary that has a zone gap needs none. */
export function zoneSegments(layout: Layout): Segment[] {
  const segments: Segment[] = [];
  for (const { start } of layout.zones) {
    if (start <= 0 || start >= layout.pages || layout.gapRows.includes(start / TILE_SIDE)) continue;
    const reach = layout.tilesPerRow;
    const last = Math.min(layout.tiles - 1, Math.floor(start / TILE_PAGES));
    for (let tile = Math.max(0, last - reach); tile <= last; tile++)
      boundaryOf(layout, tile, start, segments);
  }
  return segments;
}

function boundaryOf(layout: Layout, tile: number, start: number, segments: Segment[]): void {
  if (start % TILE_PAGES !== 0 && tile === Math.floor(start / TILE_PAGES))
    inside(layout, tile, start, segments);
  const right = tile + 1;
  if (right % layout.tilesPerRow !== 0 && right < layout.tiles)
    seam(layout, tile, right, start, true, segments);
  const below = tile + layout.tilesPerRow;
  if (below < layout.tiles) seam(layout, tile, below, start, false, segments);
}

/** Edges between cells of one tile that lie in different zones. */
function inside(layout: Layout, tile: number, start: number, segments: Segment[]): void {
  const { cell } = layout;
  const { at } = CELL_ORDER[layout.mode];
  const box = tileRect(layout, tile);
  const before = (cx: number, cy: number) => tile * TILE_PAGES + at[cy * TILE_SIDE + cx]! < start;
  for (let cy = 0; cy < TILE_SIDE; cy++) {
    for (let cx = 0; cx < TILE_SIDE; cx++) {
      const x = box.x + cx * cell;
      const y = box.y + cy * cell;
      const here = before(cx, cy);
      if (cx > 0 && before(cx - 1, cy) !== here) segments.push([x, y, x, y + cell]);
      if (cy > 0 && before(cx, cy - 1) !== here) segments.push([x, y, x + cell, y]);
    }
  }
}

/** Edges across the gap between two neighbouring tiles; they reach half a gap further, so that corners meet. */
function seam(
  layout: Layout,
  tile: number,
  other: number,
  start: number,
  vertical: boolean,
  segments: Segment[],
): void {
  const { cell, tileGap } = layout;
  const { at } = CELL_ORDER[layout.mode];
  const box = tileRect(layout, tile);
  const half = tileGap / 2;
  const edge = TILE_SIDE - 1;
  for (let i = 0; i < TILE_SIDE; i++) {
    const mine = tile * TILE_PAGES + at[vertical ? i * TILE_SIDE + edge : edge * TILE_SIDE + i]!;
    const theirs = other * TILE_PAGES + at[vertical ? i * TILE_SIDE : i]!;
    if (mine < start === theirs < start) continue;
    const from = i * cell - (i === 0 ? half : 0);
    const to = (i + 1) * cell + (i === edge ? half : 0);
    const x = box.x + box.w + half;
    const y = box.y + box.h + half;
    const ends = (at: number, room: number) => Math.max(1, Math.min(at, room - 1));
    segments.push(
      vertical
        ? [x, ends(box.y + from, layout.height), x, ends(box.y + to, layout.height)]
        : [ends(box.x + from, layout.width), y, ends(box.x + to, layout.width), y],
    );
  }
}
