/** Paints the shapes of one tile, from 3 px a cell up. */
import { type Brush, fill, grown, lineWidth, snapRect } from './brush.ts';
import { type Layout, type Rect, rectOf, tileRect } from './layout.ts';
import { forEachShape, KIND, MOD, type PageView, type Phase, TILE_ORDER, TILE_PAGES } from './page-view.ts';
import { paintShape } from './shape.ts';
import { paintSmallTile } from './small-painter.ts';

/** Draws tile `tile` afresh: paper, slab ground, then every shape that `inView` lets through. */
export function paintTile(
  brush: Brush,
  layout: Layout,
  view: PageView,
  tile: number,
  phases: ReadonlyMap<number, Phase>,
  inView: (cells: Rect) => boolean,
): void {
  const first = tile * TILE_PAGES;
  const end = Math.min(first + TILE_PAGES, view.pages);
  fill(brush, snapRect(brush, tileRect(layout, tile)), brush.palette.paper);
  paintBands(brush, layout, view, first, end);
  if (layout.cell < 8) {
    paintSmallTile(brush, layout, view, first, end, phases, inView);
    return;
  }
  forEachShape(view, first, end, (pfn, order, state) => {
    const cells = rectOf(layout, pfn, order);
    if (!inView(cells)) return;
    paintShape(brush, {
      cells,
      state,
      order,
      maps: view.detail[pfn]! >> 4,
      phase: phases.get(pfn) ?? null,
    });
  });
}

/** Slab ground: whole slabs as one rectangle, so that an empty slab differs from free memory. */
function paintBands(brush: Brush, layout: Layout, view: PageView, first: number, end: number): void {
  const slabOrder = Math.min(view.slabOrder, TILE_ORDER);
  const size = 1 << slabOrder;
  for (let pfn = first; pfn < end; pfn += size) {
    const stop = Math.min(pfn + size, end);
    const inSlab = countInSlab(view, pfn, stop);
    if (inSlab === size) band(brush, rectOf(layout, pfn, slabOrder));
    else if (inSlab > 0) {
      for (let page = pfn; page < stop; page++) {
        if (view.state[page]! & MOD.inSlab) band(brush, rectOf(layout, page, 0));
      }
    }
  }
}

function countInSlab(view: PageView, first: number, end: number): number {
  let count = 0;
  for (let pfn = first; pfn < end; pfn++) if (view.state[pfn]! & MOD.inSlab) count++;
  return count;
}

function band(brush: Brush, cells: Rect): void {
  const inset = brush.cell >= 14 ? 1 : brush.cell >= 8 ? lineWidth(brush, 0.5) / 2 : 0;
  fill(brush, snapRect(brush, grown(cells, -inset)), brush.palette.kinds[KIND.idle]!.fill);
}
