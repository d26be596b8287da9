/** Overlays from 3 px a cell up: laid over the painted pages of one tile, inside the outlines of their kinds. */
import { type Brush, centred, fill, frame, grown, shapeIn } from './brush.ts';
import { type Layout, type Rect, rectOf } from './layout.ts';
import { letterSize } from './level.ts';
import { forEachShape, KIND, type PageView } from './page-view.ts';
import { paintPattern } from './pattern.ts';
import { ownerPattern } from './ramp.ts';
import { CODE, DIFFERS, inkOn, isUsed, type Overlay } from './tint.ts';

/** Codes and their colours, and the pages `[first, end)` to lay them over. */
export interface Tint {
  readonly overlay: Overlay;
  readonly codes: Uint8Array;
  readonly colours: readonly string[];
}

/** Share of paper over pages that an overlay does not speak of. */
const VEIL = 0.72;

/** Lays the overlay over the shapes that start in `[first, end)` and that `inView` lets through. */
export function paintTint(
  brush: Brush,
  layout: Layout,
  view: PageView,
  tint: Tint,
  first: number,
  end: number,
  inView: (cells: Rect) => boolean,
): void {
  if (tint.overlay.kind === 'differs') return paintDifferences(brush, layout, view, tint, first, end, inView);
  const veils = tint.overlay.kind !== 'age';
  forEachShape(view, first, end, (pfn, order, state) => {
    const cells = rectOf(layout, pfn, order);
    const kind = state & 15;
    if (!inView(cells)) return;
    const code = loudest(tint.codes, pfn, 1 << order);
    const box = shapeIn(brush, cells);
    if (code === CODE.changed) paintChange(brush, box, tint);
    else if (code >= CODE.pinned) paintCode(brush, cells, box, kind, code, tint);
    else if (veils && kind !== KIND.free && kind !== KIND.idle && kind !== KIND.hole) veil(brush, box);
  });
}

/** Two pictures cut memory into other blocks: what differs is painted page by page, over the veiled shapes. */
function paintDifferences(
  brush: Brush,
  layout: Layout,
  view: PageView,
  { codes, colours }: Tint,
  first: number,
  end: number,
  inView: (cells: Rect) => boolean,
): void {
  forEachShape(view, first, end, (pfn, order, state) => {
    const cells = rectOf(layout, pfn, order);
    if (isUsed(state & 15) && inView(cells)) veil(brush, shapeIn(brush, cells));
  });
  for (let pfn = first; pfn < end; pfn++) {
    const code = codes[pfn]!;
    if (code < CODE.first) continue;
    const cells = rectOf(layout, pfn, 0);
    if (!inView(cells)) continue;
    const box = shapeIn(brush, cells);
    const colour = colours[code]!;
    if (code === CODE.first + DIFFERS.there - 1 && brush.cell >= 8) paintGhost(brush, box, colour);
    else if (code === CODE.first + DIFFERS.other - 1 && brush.cell >= 8) paintHalf(brush, box, colour);
    else fill(brush, box, colour);
  }
}

/** An empty frame: nothing is here. */
function paintGhost(brush: Brush, box: Rect, colour: string): void {
  fill(brush, box, brush.palette.paper);
  frame(brush, grown(box, -1), colour, 1, [2, 2]);
}

/** A frame with a bar at its foot: something else is here. */
function paintHalf(brush: Brush, box: Rect, colour: string): void {
  fill(brush, box, brush.palette.paper);
  frame(brush, box, colour, 1);
  const h = Math.round(box.h / 2);
  fill(brush, { x: box.x, y: box.y + box.h - h, w: box.w, h }, colour);
}

/** Blocks of several pages are changed where one of them is; else they have their head's code. */
function loudest(codes: Uint8Array, pfn: number, pages: number): number {
  for (let i = 0; i < pages; i++) if (codes[pfn + i] === CODE.changed) return CODE.changed;
  return codes[pfn]!;
}

function veil(brush: Brush, box: Rect): void {
  brush.g.globalAlpha = VEIL;
  fill(brush, box, brush.palette.paper);
  brush.g.globalAlpha = 1;
}

function paintChange(brush: Brush, box: Rect, { colours }: Tint): void {
  if (brush.cell < 8) fill(brush, box, colours[CODE.changed]!);
  else frame(brush, box, colours[CODE.changed]!, brush.cell >= 14 ? 2 : 1.5);
}

function paintCode(brush: Brush, cells: Rect, box: Rect, kind: number, code: number, tint: Tint): void {
  const { palette } = brush;
  const colour = tint.colours[code]!;
  const inner = brush.cell >= 8 ? grown(box, -1) : box;
  fill(brush, inner, colour);
  if (brush.cell < 8) return;
  const ink = inkOn(palette, colour);
  const pattern = tint.overlay.kind === 'owner' ? ownerPattern(code - CODE.first + 1) : 'none';
  if (pattern !== 'none') paintPattern(brush, { ...palette.kinds[kind]!, pattern, mark: ink }, inner);
  const size = letterSize(brush.cell);
  const letter = palette.kinds[kind]!.letter;
  if (size === 0 || letter === '') return;
  if (pattern !== 'none') {
    const w = Math.ceil(size * 0.72);
    const x = Math.round(cells.x + (cells.w - w) / 2);
    fill(brush, { x, y: Math.round(cells.y + (cells.h - size) / 2), w, h: size }, colour);
  }
  centred(brush, letter, cells, size, 600, ink);
}
