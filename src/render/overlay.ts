/** What stands over the pages: tile frames, zone lines, the veil, change marks, outlines and a label. */
import { type Brush, centred, fill, frame, grown, lineWidth, ring, snapRect } from './brush.ts';
import { type Layout, type Rect, rectsOf, tileRect } from './layout.ts';
import type { Marks, OutlineStyle, PageRange } from './page-view.ts';
import type { Segment } from './zone-lines.ts';

/** Smallest tile that gets a frame, in CSS pixels a side. */
const FRAMED_TILE = 8;

/** A hairline in the gap round every tile, below 3 px a cell, where pages have no outline of their own. */
export function paintTileFrames(brush: Brush, layout: Layout): void {
  if (layout.cell >= 3 || layout.cell * 32 < FRAMED_TILE || layout.tileGap === 0) return;
  const { palette } = brush;
  const folded = layout.cell < 1;
  const width = lineWidth(brush, folded ? 0.5 : 1);
  for (let tile = 0; tile < layout.tiles; tile++) {
    const outside = grown(snapRect(brush, tileRect(layout, tile)), width);
    frame(brush, outside, folded ? palette.line : palette.line2, width);
  }
}

export function paintZoneLines(brush: Brush, segments: readonly Segment[]): void {
  if (segments.length === 0) return;
  const { g, palette } = brush;
  g.strokeStyle = palette.ink;
  g.lineWidth = lineWidth(brush, 1.5);
  g.lineCap = 'square';
  g.beginPath();
  for (const [x1, y1, x2, y2] of segments) {
    g.moveTo(x1, y1);
    g.lineTo(x2, y2);
  }
  g.stroke();
  g.lineCap = 'butt';
}

/** Everything `marks` asks for but the phases, which are part of the pages. */
export function paintMarks(brush: Brush, layout: Layout, marks: Marks): void {
  if (marks.dimExcept) paintVeil(brush, layout, marks.dimExcept);
  for (const range of marks.changed) {
    for (const rect of rectsOf(layout, range)) paintChanged(brush, rect);
  }
  for (const { style, ...range } of marks.outlines) {
    for (const rect of rectsOf(layout, range)) OUTLINES[style](brush, rect);
  }
  if (marks.label) paintLabel(brush, layout, marks.label);
}

/** The ranges in PFN order, those that touch or overlap made one. */
export function mergedRanges(ranges: readonly PageRange[]): PageRange[] {
  const merged: PageRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.pfn - b.pfn)) {
    const last = merged.at(-1);
    if (last && range.pfn <= last.pfn + last.pages) {
      const end = Math.max(last.pfn + last.pages, range.pfn + range.pages);
      merged[merged.length - 1] = { pfn: last.pfn, pages: end - last.pfn };
    } else merged.push({ pfn: range.pfn, pages: range.pages });
  }
  return merged;
}

/** One path, filled by the even-odd rule: the canvas with the ranges cut out. Overlaps would turn it over. */
function paintVeil(brush: Brush, layout: Layout, except: readonly PageRange[]): void {
  const { g, palette } = brush;
  g.fillStyle = palette.shade;
  g.beginPath();
  g.rect(0, 0, layout.width, layout.height);
  for (const range of mergedRanges(except)) {
    for (const rect of rectsOf(layout, range)) {
      const hole = snapRect(brush, rect);
      g.rect(hole.x, hole.y, hole.w, hole.h);
    }
  }
  g.fill('evenodd');
}

function paintChanged(brush: Brush, rect: Rect): void {
  const smallest = 3;
  const w = Math.max(rect.w, smallest);
  const h = Math.max(rect.h, smallest);
  frame(
    brush,
    snapRect(brush, { x: rect.x, y: rect.y, w, h }),
    brush.palette.accent,
    brush.cell >= 8 ? 1.5 : 1,
  );
}

/** Drawn along the cells' edges, so that neighbouring candidates share a line. */
function tight(
  brush: Brush,
  rect: Rect,
  colour: string,
  width: number,
  dash: readonly number[] | null,
): void {
  const outside = Math.floor((lineWidth(brush, width) * brush.dpr) / 2) / brush.dpr;
  frame(brush, grown(snapRect(brush, rect), outside), colour, width, dash);
}

const OUTLINES: Readonly<Record<OutlineStyle, (brush: Brush, rect: Rect) => void>> = {
  accent: (brush, rect) => ring(brush, rect, brush.palette.accent, 2, 1),
  focus: (brush, rect) => ring(brush, rect, brush.palette.ink, 2, 1),
  ink: (brush, rect) => tight(brush, rect, brush.palette.ink, 1.5, null),
  hover: (brush, rect) => tight(brush, rect, brush.palette.ink, 1, null),
  failed: (brush, rect) => tight(brush, rect, brush.palette.accent, 1.5, [4, 3]),
};

const LABEL_SIZE = 11;
/** Lower rows have no room for a label: it would hide their neighbours. */
const LEAST_LABEL = 9;

/** Text on a clear patch over the middle of the range, kept inside the canvas. */
function paintLabel(brush: Brush, layout: Layout, label: NonNullable<Marks['label']>): void {
  const rects = rectsOf(layout, label);
  const first = rects[0];
  if (!first) return;
  // A block that is out of view is not told of: its words would stand on another.
  const [right, foot] = [first.x + first.w, first.y + first.h];
  if (right <= 0 || foot <= 0 || first.x >= layout.width || first.y >= layout.height) return;
  const { g, palette } = brush;
  const size = brush.cell >= 24 ? 14 : Math.min(LABEL_SIZE, Math.floor(first.h) - 2);
  if (size < LEAST_LABEL) return;
  g.font = `600 ${size}px ${palette.mono}`;
  const w = Math.ceil(g.measureText(label.text).width) + 10;
  const h = Math.min(size + 4, Math.max(size + 2, first.h));
  const within = (at: number, length: number, room: number) => Math.max(0, Math.min(at, room - length));
  const patch = snapRect(brush, {
    x: within(first.x + (first.w - w) / 2, w, layout.width),
    y: within(first.y + (first.h - h) / 2, h, layout.height),
    w,
    h,
  });
  fill(brush, patch, palette.paper);
  centred(brush, label.text, patch, size, 600, palette.ink);
}
