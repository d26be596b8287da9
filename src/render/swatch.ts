/** Samples for the legend, drawn by the painters of the grid itself. */
import { type Brush, fill, frame } from './brush.ts';
import { KIND, MOD, type Phase } from './page-view.ts';
import type { Palette } from './palette.ts';
import { paintShape } from './shape.ts';

export interface Swatch {
  /** As `PageView.state`: kind and modifiers. */
  readonly state: number;
  /** Order shown in a free block; 3 by default. */
  readonly order?: number;
  readonly phase?: Phase;
  /** The overview's colour instead of the page's own look. */
  readonly far?: boolean;
}

/** The legend's samples in its order, lightest first, by the name of what they show. */
export const SWATCHES = {
  free: { state: KIND.free },
  idle: { state: KIND.idle | MOD.inSlab },
  cleanFile: { state: KIND.cleanFile },
  dirtyFile: { state: KIND.dirtyFile },
  anon: { state: KIND.anon },
  kreclaim: { state: KIND.kreclaim },
  knoreclaim: { state: KIND.knoreclaim },
  boot: { state: KIND.boot },
  pinned: { state: KIND.anon | MOD.pinned },
} as const satisfies Record<string, Swatch>;

/** Marks that are rare, for the legend where they occur. `stranded`: user memory that buddy gave, not a slab. */
export const RARE_SWATCHES = {
  stranded: { state: KIND.cleanFile | MOD.stranded },
} as const satisfies Record<string, Swatch>;

/** Paints `swatch` over a square canvas of `size` CSS pixels (14 or more for its letter) at `dpr`. */
export function paintSwatch(
  canvas: HTMLCanvasElement,
  palette: Palette,
  swatch: Swatch,
  size: number,
  dpr: number,
): void {
  canvas.width = Math.round(size * dpr);
  canvas.height = canvas.width;
  canvas.style.width = `${size}px`;
  canvas.style.height = `${size}px`;
  const g = canvas.getContext('2d');
  if (!g) return;
  g.setTransform(dpr, 0, 0, dpr, 0, 0);
  const brush: Brush = { g, palette, dpr, cell: size };
  const box = { x: 0, y: 0, w: size, h: size };
  if (swatch.far) {
    fill(brush, box, palette.kinds[swatch.state & 15]!.far);
    frame(brush, box, palette.line2);
    return;
  }
  if (swatch.state & MOD.inSlab) fill(brush, box, palette.band);
  paintShape(brush, {
    cells: swatchCells(size),
    state: swatch.state,
    order: swatch.order ?? 3,
    maps: 0,
    phase: swatch.phase ?? null,
  });
}

/** A shape stands inside its cells; the sample's shape is to fill the canvas. */
function swatchCells(size: number) {
  return size >= 14 ? { x: -1, y: -1, w: size + 2, h: size + 2 } : { x: 0, y: 0, w: size + 1, h: size + 1 };
}
