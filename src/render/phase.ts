/** A page on its way out of a slab: the steps of reclaim, and its refusal. */
import { type Brush, centred, fill, frame, grown, lines, lineWidth, shapeIn } from './brush.ts';
import type { Rect } from './layout.ts';
import { letterSize } from './level.ts';
import type { Phase } from './page-view.ts';
import type { KindPaint } from './palette.ts';

interface PhasedShape {
  readonly cells: Rect;
  readonly state: number;
}

/** Share of the shape that is filled while its content is being written. */
const RISEN = 0.55;
const OUTLINE = 1.5;

/** Draws `phase` in place of the page, or for `refused` over it. */
export function paintPhase(brush: Brush, shape: PhasedShape, phase: Phase): void {
  const box = shapeIn(brush, shape.cells);
  const paint = brush.palette.kinds[shape.state & 15]!;
  if (phase === 'refused') paintRefusal(brush, box);
  else if (phase === 'dropped') paintDropped(brush, box);
  else if (phase === 'unmapped') paintUnmapped(brush, shape.cells, box, paint);
  else if (phase === 'writing' || phase === 'swapping')
    paintOutgoing(brush, box, paint, phase === 'swapping');
}

function paintUnmapped(brush: Brush, cells: Rect, box: Rect, paint: KindPaint): void {
  fill(brush, box, brush.palette.paper);
  frame(brush, box, paint.edge, OUTLINE, [2, 2]);
  const size = letterSize(brush.cell);
  if (size > 0) centred(brush, paint.letter, cells, size, 600, brush.palette.ink);
}

function paintOutgoing(brush: Brush, box: Rect, paint: KindPaint, toSwap: boolean): void {
  fill(brush, box, brush.palette.paper);
  const rise = Math.round(box.h * RISEN);
  fill(brush, { x: box.x, y: box.y + box.h - rise, w: box.w, h: rise }, paint.fill);
  frame(brush, box, paint.edge, OUTLINE);
  if (brush.cell >= 10) paintArrow(brush, box, toSwap);
}

/** An arrow down; towards swap its stem is broken. Drawn, so that it needs no glyph of the font. */
function paintArrow(brush: Brush, box: Rect, broken: boolean): void {
  const width = lineWidth(brush, 1.5);
  const x = Math.round(box.x + box.w / 2 - width / 2) + width / 2;
  const reach = Math.max(3, Math.round(box.h * 0.3));
  const middle = box.y + box.h / 2;
  const top = Math.round(middle - reach);
  const tip = Math.round(middle + reach);
  const wing = Math.max(2, Math.round(reach * 0.6));
  const stem = broken
    ? [
        [x, top, x, top + 1.5],
        [x, middle - 1, x, middle + 0.5],
      ]
    : [[x, top, x, tip - 0.5]];
  lines(brush, [...stem, [x - wing, tip - wing, x, tip, x + wing, tip - wing]], brush.palette.ink, width);
}

function paintDropped(brush: Brush, box: Rect): void {
  const { palette } = brush;
  frame(brush, box, palette.line2, 1, [1, 2]);
  const dash = Math.max(3, Math.round(box.w * 0.36));
  const x = Math.round(box.x + (box.w - dash) / 2);
  fill(brush, { x, y: Math.floor(box.y + box.h / 2), w: dash, h: 1 }, palette.ink3);
}

function paintRefusal(brush: Brush, box: Rect): void {
  const { accent } = brush.palette;
  const width = brush.cell >= 14 ? 2 : 1.5;
  frame(brush, box, accent, width);
  const { x, y, w, h } = grown(box, -0.5);
  const cross = [
    [x, y, x + w, y + h],
    [x + w, y, x, y + h],
  ];
  lines(brush, cross, accent, lineWidth(brush, width));
}
