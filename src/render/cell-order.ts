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

const folded = new Map<string, Uint16Array>();

/**
 * The place, `y * side + x`, of each pixel of a tile that is folded `fold` times, `side` being 32 >> fold: by block in
 * Z, so that a level of the machine is a column of blocks; left to right, then down in rows.
 */
export function pixelPlaces(mode: LayoutMode, fold: number): Uint16Array {
  const key = `${mode}${fold}`;
  const known = folded.get(key);
  if (known) return known;
  const side = TILE_SIDE >> fold;
  const places = new Uint16Array(side * side);
  const { x, y } = CELL_ORDER[mode];
  for (let i = 0; i < places.length; i++) {
    const page = i << (2 * fold);
    places[i] = mode === 'z' ? (y[page]! >> fold) * side + (x[page]! >> fold) : i;
  }
  folded.set(key, places);
  return places;
}

/** For each pixel of a tile folded `fold` times, its 4^fold pages, one pixel after the other. */
export function pixelMembers(mode: LayoutMode, fold: number): Uint16Array {
  const key = `${mode}${fold}m`;
  const known = folded.get(key);
  if (known) return known;
  const side = TILE_SIDE >> fold;
  const places = pixelPlaces(mode, fold);
  const pixelAt = new Uint16Array(side * side);
  places.forEach((place, pixel) => {
    pixelAt[place] = pixel;
  });
  const members = new Uint16Array(TILE_SIDE * TILE_SIDE);
  const filled = new Uint16Array(side * side);
  const { x, y } = CELL_ORDER[mode];
  for (let page = 0; page < members.length; page++) {
    const pixel = pixelAt[(y[page]! >> fold) * side + (x[page]! >> fold)]!;
    members[(pixel << (2 * fold)) + filled[pixel]!] = page;
    filled[pixel]! += 1;
  }
  folded.set(key, members);
  return members;
}

/** For each page of a tile, the pixel it is part of in a tile folded `fold` times. */
export function pixelOfPage(mode: LayoutMode, fold: number): Uint16Array {
  const key = `${mode}${fold}p`;
  const known = folded.get(key);
  if (known) return known;
  const pixels = new Uint16Array(TILE_SIDE * TILE_SIDE);
  pixelMembers(mode, fold).forEach((page, i) => {
    pixels[page] = i >> (2 * fold);
  });
  folded.set(key, pixels);
  return pixels;
}
