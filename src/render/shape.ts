/** One page or block as a shape, in cells of 8 px and more. The grid and the legend draw through here. */
import { type Brush, centred, dot, fill, frame, grown, lines, lineWidth, shapeIn, snap } from './brush.ts';
import type { Rect } from './layout.ts';
import { letterSize, orderSize } from './level.ts';
import { KIND, MOD, type Phase } from './page-view.ts';
import type { KindPaint } from './palette.ts';
import { paintPattern } from './pattern.ts';
import { paintPhase } from './phase.ts';

export interface Shape {
  /** The cells it covers, edges included. */
  readonly cells: Rect;
  readonly state: number;
  readonly order: number;
  /** Map count as in `PageView.detail`: 15 is 15 or more. */
  readonly maps: number;
  readonly phase: Phase | null;
}

/** Draws a shape with everything its cell size has room for. Slab ground is painted before, not here. */
export function paintShape(brush: Brush, shape: Shape): void {
  const kind = shape.state & 15;
  const { phase } = shape;
  if (phase !== null && phase !== 'waiting' && phase !== 'refused') paintPhase(brush, shape, phase);
  else if (kind === KIND.hole) fill(brush, shape.cells, brush.palette.kinds[KIND.hole]!.fill);
  else if (kind === KIND.idle) dot(brush, shape.cells, idleDot(brush), brush.palette.line2);
  else if (kind === KIND.parked) paintParked(brush, shape.cells);
  else if (kind === KIND.free || kind === KIND.pcp) paintFree(brush, shape);
  else if (kind === KIND.unknown) paintUnknown(brush, shape.cells);
  else paintUsed(brush, shape);
  if (phase === 'refused') paintPhase(brush, shape, phase);
}

const idleDot = (brush: Brush) => (brush.cell >= 14 ? 2 : 1);

function paintParked(brush: Brush, cells: Rect): void {
  const { g, palette } = brush;
  g.strokeStyle = palette.line2;
  g.lineWidth = 1;
  g.beginPath();
  g.arc(cells.x + cells.w / 2, cells.y + cells.h / 2, brush.cell >= 14 ? 3 : 2, 0, 2 * Math.PI);
  g.stroke();
}

function paintFree(brush: Brush, shape: Shape): void {
  const { palette } = brush;
  const box = shapeIn(brush, shape.cells);
  frame(brush, box, palette.freeEdge);
  if ((shape.state & 15) === KIND.pcp) {
    dot(brush, shape.cells, idleDot(brush), palette.line2);
    return;
  }
  paintOrder(brush, shape.cells, shape.order);
}

/** The order of a free block in its middle, where it has room for one. */
export function paintOrder(brush: Brush, cells: Rect, order: number): void {
  const size = orderSize(cells.w, cells.h);
  if (size > 0) centred(brush, String(order), cells, size, 500, brush.palette.ink3);
}

function paintUnknown(brush: Brush, cells: Rect): void {
  const { palette } = brush;
  frame(brush, shapeIn(brush, cells), palette.freeEdge, 1, [1, 2]);
  const size = letterSize(brush.cell);
  if (size > 0) centred(brush, palette.kinds[KIND.unknown]!.letter, cells, size, 500, palette.ink3);
}

function paintUsed(brush: Brush, shape: Shape): void {
  const paint = brush.palette.kinds[shape.state & 15]!;
  const box = shapeIn(brush, shape.cells);
  fill(brush, box, paint.fill);
  paintPattern(brush, paint, grown(box, -1));
  frame(brush, box, paint.edge);
  const size = letterSize(brush.cell);
  if (size > 0 && paint.letter !== '') {
    const room = letterRoom(brush, shape);
    if (paint.pattern !== 'none') fill(brush, patch(brush, room, size), paint.fill);
    centred(brush, paint.letter, room, size, 600, paint.ink);
  }
  if (brush.cell >= 24) paintCounts(brush, shape, box, paint);
  if (shape.state & MOD.stranded && brush.cell >= 14) paintNotch(brush, box);
  if (shape.state & MOD.pinned) paintPin(brush, box);
}

/** The cells, less the corner that a map count takes. */
function letterRoom(brush: Brush, shape: Shape): Rect {
  const { x, y, w, h } = shape.cells;
  if (brush.cell < 24 || shape.maps === 0) return shape.cells;
  const aside = shape.maps > 9 ? 9 : 6;
  return { x, y, w: w - aside, h: h - 2 };
}

/** Clear ground for a letter on a patterned fill. */
function patch(brush: Brush, cells: Rect, size: number): Rect {
  const w = Math.ceil(size * 0.72);
  const x = snap(brush, cells.x + (cells.w - w) / 2);
  const y = snap(brush, cells.y + (cells.h - size) / 2);
  return { x, y, w, h: size };
}

const COUNT_SIZE = 8;

function paintCounts(brush: Brush, shape: Shape, box: Rect, paint: KindPaint): void {
  const { g, palette } = brush;
  if (shape.state & MOD.referenced) {
    fill(brush, { x: box.x + 3, y: box.y + box.h - 3, w: box.w - 6, h: 2 }, palette.ink);
  }
  if (shape.maps === 0) return;
  const text = shape.maps > 9 ? '9+' : String(shape.maps);
  g.font = `600 ${COUNT_SIZE}px ${palette.mono}`;
  g.textAlign = 'right';
  g.textBaseline = 'alphabetic';
  const width = Math.ceil(text.length * COUNT_SIZE * 0.62);
  const right = box.x + box.w - 2;
  const foot = box.y + box.h - 4;
  if (paint.pattern !== 'none') fill(brush, { x: right - width, y: foot - 6, w: width, h: 6 }, paint.fill);
  g.fillStyle = paint.ink;
  g.fillText(text, right, foot);
}

function paintPin(brush: Brush, box: Rect): void {
  const { g, palette } = brush;
  const side = Math.max(4, brush.cell * 0.42);
  const right = box.x + box.w;
  g.fillStyle = palette.ink;
  g.beginPath();
  g.moveTo(right, box.y);
  g.lineTo(right, box.y + side);
  g.lineTo(right - side, box.y);
  g.closePath();
  g.fill();
}

/** Lower left: a page that was to come from a slab and came singly from buddy. A hairline parts it from dark fills. */
function paintNotch(brush: Brush, box: Rect): void {
  const { g, palette } = brush;
  const side = Math.max(4, Math.round(brush.cell * 0.3));
  const foot = box.y + box.h;
  g.fillStyle = palette.ink3;
  g.beginPath();
  g.moveTo(box.x, foot);
  g.lineTo(box.x, foot - side);
  g.lineTo(box.x + side, foot);
  g.closePath();
  g.fill();
  lines(brush, [[box.x, foot - side, box.x + side, foot]], palette.paper, lineWidth(brush, 1));
}
