/** Patterns that tell kinds apart without colour. Each starts afresh in its shape, so all shapes look alike. */
import type { Brush } from './brush.ts';
import type { Rect } from './layout.ts';
import type { KindPaint, Pattern } from './palette.ts';

const ALPHA: Readonly<Record<Pattern, number>> = {
  none: 0,
  hatch: 0.55,
  dots: 0.55,
  lines: 0.26,
  cross: 0.3,
};
const HATCH_STEP = 4;
const CROSS_STEP = 5;

/** Diagonals at 45 degrees, cut to the rectangle by arithmetic: a clip per page costs more than its lines. */
function diagonals(g: CanvasRenderingContext2D, r: Rect, step: number, rising: boolean): void {
  for (let start = -r.h; start < r.w; start += step) {
    const from = Math.max(start, 0);
    const to = Math.min(start + r.h, r.w);
    if (to <= from) continue;
    const fromY = rising ? r.y + r.h - (from - start) : r.y + (from - start);
    const toY = rising ? r.y + r.h - (to - start) : r.y + (to - start);
    g.moveTo(r.x + from, fromY);
    g.lineTo(r.x + to, toY);
  }
}

function dots(g: CanvasRenderingContext2D, r: Rect): void {
  for (let y = 2; y < r.h; y += 4) for (let x = 2; x < r.w; x += 4) g.rect(r.x + x, r.y + y, 1, 1);
}

function horizontals(g: CanvasRenderingContext2D, r: Rect): void {
  for (let y = 3; y < r.h; y += 4) g.rect(r.x, r.y + y, r.w, 1);
}

/** Draws the kind's pattern into `rect`, which should lie inside the shape's outline. */
export function paintPattern(brush: Brush, paint: KindPaint, rect: Rect): void {
  const { pattern, mark } = paint;
  if (pattern === 'none') return;
  const { g } = brush;
  g.globalAlpha = ALPHA[pattern];
  g.beginPath();
  if (pattern === 'dots' || pattern === 'lines') {
    g.fillStyle = mark;
    if (pattern === 'dots') dots(g, rect);
    else horizontals(g, rect);
    g.fill();
  } else {
    g.strokeStyle = mark;
    g.lineWidth = 1;
    diagonals(g, rect, pattern === 'hatch' ? HATCH_STEP : CROSS_STEP, true);
    if (pattern === 'cross') diagonals(g, rect, CROSS_STEP, false);
    g.stroke();
  }
  g.globalAlpha = 1;
}
