/** Drawing primitives on the device's pixel grid. Lengths are CSS pixels; the context is scaled by `dpr`. */
import type { Rect } from './layout.ts';
import type { Palette } from './palette.ts';

export interface Brush {
  readonly g: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly dpr: number;
  /** Side of a cell, which decides what is drawn. */
  readonly cell: number;
}

/** Nearest device pixel edge. */
export function snap(brush: Brush, length: number): number {
  return Math.round(length * brush.dpr) / brush.dpr;
}

/** Nearest line width of whole device pixels, at least one. */
export function lineWidth(brush: Brush, width: number): number {
  return Math.max(1, Math.round(width * brush.dpr)) / brush.dpr;
}

/** The rectangle with all four edges on device pixels. */
export function snapRect(brush: Brush, rect: Rect): Rect {
  const x = snap(brush, rect.x);
  const y = snap(brush, rect.y);
  return { x, y, w: snap(brush, rect.x + rect.w) - x, h: snap(brush, rect.y + rect.h) - y };
}

/** Grows (or, negative, shrinks) a rectangle on all sides. */
export function grown(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, w: rect.w + 2 * by, h: rect.h + 2 * by };
}

/** What is drawn of a page inside its cells: neighbours stand 2 px apart, 1 px in cells too small for letters. */
export function shapeIn(brush: Brush, cells: Rect): Rect {
  if (brush.cell >= 14) return snapRect(brush, grown(cells, -1));
  return snapRect(brush, { x: cells.x, y: cells.y, w: cells.w - 1, h: cells.h - 1 });
}

export function fill(brush: Brush, rect: Rect, colour: string): void {
  brush.g.fillStyle = colour;
  brush.g.fillRect(rect.x, rect.y, rect.w, rect.h);
}

/** Strokes just inside `rect`. `dash` in CSS pixels, none by default. */
export function frame(
  brush: Brush,
  rect: Rect,
  colour: string,
  width = 1,
  dash: readonly number[] | null = null,
): void {
  const { g } = brush;
  const line = lineWidth(brush, width);
  const inner = grown(rect, -line / 2);
  g.strokeStyle = colour;
  g.lineWidth = line;
  if (dash) g.setLineDash([...dash]);
  g.strokeRect(inner.x, inner.y, inner.w, inner.h);
  if (dash) g.setLineDash([]);
}

/** A rounded ring whose inner edge stands `gap` outside `rect`. */
export function ring(brush: Brush, rect: Rect, colour: string, width: number, gap: number): void {
  const { g } = brush;
  const line = lineWidth(brush, width);
  const path = grown(snapRect(brush, rect), gap + line / 2);
  g.strokeStyle = colour;
  g.lineWidth = line;
  g.beginPath();
  g.roundRect(path.x, path.y, path.w, path.h, 2);
  g.stroke();
}

/** Strokes a path of points: each array is one run of x, y, x, y, ... */
export function lines(
  brush: Brush,
  runs: readonly (readonly number[])[],
  colour: string,
  width: number,
): void {
  const { g } = brush;
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.beginPath();
  for (const run of runs) {
    for (let i = 0; i + 1 < run.length; i += 2) {
      if (i === 0) g.moveTo(run[0]!, run[1]!);
      else g.lineTo(run[i]!, run[i + 1]!);
    }
  }
  g.stroke();
}

/** Text centred in `rect`. */
export function centred(
  brush: Brush,
  text: string,
  rect: Rect,
  size: number,
  weight: number,
  colour: string,
): void {
  const { g, palette } = brush;
  g.font = `${weight} ${size}px ${palette.mono}`;
  g.textAlign = 'center';
  g.textBaseline = 'middle';
  g.fillStyle = colour;
  g.fillText(text, rect.x + rect.w / 2, rect.y + rect.h / 2 + 0.5);
}

/** A dot of `size` px, a square on the pixel grid, in the middle of `cells`. */
export function dot(brush: Brush, cells: Rect, size: number, colour: string): void {
  const x = snap(brush, cells.x + (cells.w - size) / 2);
  const y = snap(brush, cells.y + (cells.h - size) / 2);
  fill(brush, { x, y, w: size, h: size }, colour);
}
