/** Cells of 3 to 7 px: fills, batched by kind, with a hairline from 6 px. No room for pattern or letter, but in free blocks. */
import { type Brush, fill, frame, shapeIn } from './brush.ts';
import { type Layout, type Rect, rectOf } from './layout.ts';
import { forEachShape, KIND, MOD, type PageView, type Phase } from './page-view.ts';
import { paintOrder } from './shape.ts';

/** Below this no outline is possible, and near fills are too pale for paper: far colours take over. */
const OUTLINE_CELL = 6;
const FAR_CELL = 4;
/** Smallest free block that gets an outline of its own. */
const OUTLINED_ORDER = 2;

/** Draws the shapes that start in `[first, end)` onto ground already painted. */
export function paintSmallTile(
  brush: Brush,
  layout: Layout,
  view: PageView,
  first: number,
  end: number,
  phases: ReadonlyMap<number, Phase>,
  inView: (cells: Rect) => boolean,
): void {
  const boxes: Rect[][] = brush.palette.kinds.map(() => []);
  const phased: { box: Rect; kind: number; phase: Phase }[] = [];
  forEachShape(view, first, end, (pfn, order, state) => {
    const kind = state & 15;
    const cells = rectOf(layout, pfn, order);
    if (!inView(cells)) return;
    const box = shapeIn(brush, cells);
    const phase = phases.get(pfn);
    if (phase !== undefined && phase !== 'waiting') phased.push({ box, kind, phase });
    else if (kind === KIND.free) {
      if (order < OUTLINED_ORDER) return;
      frame(brush, box, brush.palette.freeEdge);
      paintOrder(brush, cells, order);
    } else if (!(state & MOD.inSlab && (kind === KIND.idle || kind === KIND.parked)) && kind !== KIND.pcp) {
      boxes[kind]!.push(box);
    }
  });
  boxes.forEach((list, kind) => {
    paintBoxes(brush, list, kind);
  });
  for (const { box, kind, phase } of phased) paintSmallPhase(brush, box, kind, phase);
}

function paintBoxes(brush: Brush, boxes: readonly Rect[], kind: number): void {
  if (boxes.length === 0) return;
  const { g } = brush;
  const paint = brush.palette.kinds[kind]!;
  g.fillStyle = brush.cell <= FAR_CELL ? paint.far : paint.fill;
  g.beginPath();
  for (const box of boxes) g.rect(box.x, box.y, box.w, box.h);
  g.fill();
  if (brush.cell >= OUTLINE_CELL) hairlines(brush, boxes, paint.edge);
}

/** Half a CSS pixel; on a screen that has no half pixels, a whole one at half strength. */
function hairlines(brush: Brush, boxes: readonly Rect[], colour: string): void {
  const { g, dpr } = brush;
  const width = dpr >= 2 ? Math.round(dpr / 2) / dpr : 1 / dpr;
  g.globalAlpha = dpr >= 2 ? 1 : 0.6;
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.beginPath();
  for (const box of boxes) g.rect(box.x + width / 2, box.y + width / 2, box.w - width, box.h - width);
  g.stroke();
  g.globalAlpha = 1;
}

function paintSmallPhase(brush: Brush, box: Rect, kind: number, phase: Phase): void {
  const { palette } = brush;
  const paint = palette.kinds[kind]!;
  if (phase === 'refused') fill(brush, box, palette.accent);
  if (phase === 'refused' || phase === 'dropped') return;
  fill(brush, box, palette.paper);
  frame(brush, box, paint.edge);
  if (phase === 'unmapped') return;
  const rise = Math.round(box.h / 2);
  fill(brush, { x: box.x, y: box.y + box.h - rise, w: box.w, h: rise }, paint.edge);
}
