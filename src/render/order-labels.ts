/** Orders of free blocks that the view cuts: a block larger than the view would be an empty sheet. */
import { type Brush, fill } from './brush.ts';
import { type Layout, rectOf, tileRect } from './layout.ts';
import { orderSize } from './level.ts';
import { forEachShape, KIND, type PageView, TILE_PAGES } from './page-view.ts';
import { paintOrder } from './shape.ts';

/** A length that a view of `room` px shows of `[start, start + length)`: where it starts, and how long it is. */
function shownOf(start: number, length: number, room: number): readonly [number, number] {
  const from = Math.max(0, start);
  return [from, Math.min(room, start + length) - from];
}

/**
 * Paints over the pages the order of every free block whose middle, where its number stands, is not all in view: in
 * the middle of what is seen of it. Call it at every draw: the number moves as the view does.
 * @param tiles those in view
 */
export function paintCutOrders(brush: Brush, seen: Layout, view: PageView, tiles: readonly number[]): void {
  const { width, height } = seen;
  for (const tile of tiles) {
    const { x, y, w, h } = tileRect(seen, tile);
    if (x >= 0 && y >= 0 && x + w <= width && y + h <= height) continue;
    const first = tile * TILE_PAGES;
    forEachShape(view, first, Math.min(first + TILE_PAGES, view.pages), (pfn, order, state) => {
      if ((state & 15) !== KIND.free) return;
      const cells = rectOf(seen, pfn, order);
      const [left, wide] = shownOf(cells.x, cells.w, width);
      const [top, high] = shownOf(cells.y, cells.h, height);
      const size = orderSize(cells.w, cells.h);
      const [x, y] = [cells.x + (cells.w - size) / 2, cells.y + (cells.h - size) / 2];
      const isWhole = x >= 0 && y >= 0 && x + size <= width && y + size <= height;
      if (isWhole || orderSize(wide, high) === 0) return;
      // The number in the middle may be cut in two: nothing is left of it.
      fill(brush, { x: x - 0.2 * size, y, w: 1.4 * size, h: size }, brush.palette.paper);
      paintOrder(brush, { x: left, y: top, w: wide, h: high }, order);
    });
  }
}
