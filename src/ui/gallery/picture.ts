/** Small pictures of memory: one cell a page in its far colour, tiles as in the page's own grid. */
import { CELL_ORDER, TILE_SIDE } from '../../render/cell-order.ts';
import type { Palette } from '../../render/palette.ts';

const TILE_PAGES = TILE_SIDE * TILE_SIDE;

/** Pictures by preset id, one hex digit a page. */
export async function loadPictures(): Promise<ReadonlyMap<string, string>> {
  const { default: text } = await import('./pictures.txt?raw');
  return new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
}

/** Tiles along both sides for a machine of so many pages. */
export function tilesOf(pages: number): { readonly columns: number; readonly rows: number } {
  const tiles = Math.max(1, Math.ceil(pages / TILE_PAGES));
  const columns = Math.ceil(Math.sqrt(tiles));
  return { columns, rows: Math.ceil(tiles / columns) };
}

/** Draws a picture, one pixel a page; the canvas takes its size. */
export function drawPicture(canvas: HTMLCanvasElement, cells: string, palette: Palette): void {
  const { columns, rows } = tilesOf(cells.length);
  canvas.width = columns * TILE_SIDE;
  canvas.height = rows * TILE_SIDE;
  const context = canvas.getContext('2d');
  if (context === null) return;
  // Larger machines are drawn in Z order, as in the grid.
  const order = CELL_ORDER[cells.length <= TILE_PAGES ? 'rows' : 'z'];
  for (let pfn = 0; pfn < cells.length; pfn++) {
    const tile = Math.floor(pfn / TILE_PAGES);
    const place = pfn % TILE_PAGES;
    context.fillStyle = palette.kinds[Number.parseInt(cells[pfn]!, 16)]?.far ?? palette.paper;
    const x = (tile % columns) * TILE_SIDE + order.x[place]!;
    const y = Math.floor(tile / columns) * TILE_SIDE + order.y[place]!;
    context.fillRect(x, y, 1, 1);
  }
}
