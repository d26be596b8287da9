/**
 * The two orders of pages inside a tile of 32 by 32 cells. Painter and hit-test read the same tables, so switching
 * the order permutes pages inside a tile and moves no tile.
 */

export type LayoutMode = 'rows' | 'z';

/** Cells along a side of a tile. */
export const TILE_SIDE = 32;

/** `x[i]`, `y[i]`: the cell of page `i` of a tile. `at[y * 32 + x]`: the page of a cell. */
export interface CellOrder {
  readonly x: Uint8Array;
  readonly y: Uint8Array;
  readonly at: Uint16Array;
}

function cellOrder(place: (index: number) => readonly [number, number]): CellOrder {
  const cells = TILE_SIDE * TILE_SIDE;
  const order = { x: new Uint8Array(cells), y: new Uint8Array(cells), at: new Uint16Array(cells) };
  for (let index = 0; index < cells; index++) {
    const [x, y] = place(index);
    order.x[index] = x;
    order.y[index] = y;
    order.at[y * TILE_SIDE + x] = index;
  }
  return order;
}

/** Gathers every other bit of `index`, starting with bit 0. */
function evenBits(index: number): number {
  let bits = 0;
  for (let bit = 0; bit < 5; bit++) bits |= ((index >> (2 * bit)) & 1) << bit;
  return bits;
}

/** `rows`: left to right, then down. `z`: Morton order, even bits x, odd bits y. */
export const CELL_ORDER: Readonly<Record<LayoutMode, CellOrder>> = {
  rows: cellOrder((index) => [index % TILE_SIDE, Math.floor(index / TILE_SIDE)]),
  z: cellOrder((index) => [evenBits(index), evenBits(index >> 1)]),
};

/** Columns and rows of cells that an aligned block of `order` 0 to 10 covers. */
export function blockCells(mode: LayoutMode, order: number): readonly [number, number] {
  if (mode === 'z') return [1 << ((order + 1) >> 1), 1 << (order >> 1)];
  return order <= 5 ? [1 << order, 1] : [TILE_SIDE, 1 << (order - 5)];
}
