/**
 * The overview, below 3 px a cell: one image of far colours, a pixel per page, or per aligned square of pages when
 * a cell is less than a pixel. The image is drawn scaled, once.
 */
import { CELL_ORDER, TILE_SIDE } from './cell-order.ts';
import { pixelWord } from './colour.ts';
import { cellX, cellY, type Layout, PAD } from './layout.ts';
import { KIND, type PageView, type Phase, TILE_PAGES } from './page-view.ts';
import type { Palette } from './palette.ts';

/** Kinds from the lightest to the heaviest: how hard they are to move. Ties in a pixel go to the heavier. */
const WEIGHT: readonly number[] = [
  KIND.hole,
  KIND.unknown,
  KIND.free,
  KIND.pcp,
  KIND.idle,
  KIND.parked,
  KIND.cleanFile,
  KIND.anon,
  KIND.dirtyFile,
  KIND.kreclaim,
  KIND.knoreclaim,
  KIND.boot,
];

/** CSS pixels that one pixel of the image stands for. */
export const imageScale = (layout: Layout) => Math.max(1, layout.cell);

/** Size of the image in its own pixels. */
export function imageSize(layout: Layout): { readonly w: number; readonly h: number } {
  const scale = imageScale(layout);
  return { w: (layout.width - 2 * PAD) / scale, h: (layout.height - 2 * PAD) / scale };
}

/** The palette as pixel words: one per kind, and the two of phases. */
export interface FarWords {
  readonly kinds: Uint32Array;
  readonly paper: number;
  readonly accent: number;
}

export function farWords(palette: Palette): FarWords {
  return {
    kinds: Uint32Array.from(palette.kinds, (paint) => pixelWord(paint.far)),
    paper: pixelWord(palette.paper),
    accent: pixelWord(palette.accent),
  };
}

interface Target {
  readonly words: Uint32Array;
  readonly width: number;
}

/** Writes the pixels of tile `tile` into `target`, an image of `imageSize(layout)`. */
export function paintFarTile(
  target: Target,
  layout: Layout,
  view: PageView,
  tile: number,
  colours: FarWords,
  phases: ReadonlyMap<number, Phase>,
): void {
  if (layout.cell < 1) {
    foldTile(target, layout, view, tile, colours);
    return;
  }
  const end = Math.min((tile + 1) * TILE_PAGES, view.pages);
  for (let pfn = tile * TILE_PAGES; pfn < end; pfn++) {
    const x = (cellX(layout, pfn) - PAD) / layout.cell;
    const y = (cellY(layout, pfn) - PAD) / layout.cell;
    const phase = phases.size > 0 ? phases.get(pfn) : undefined;
    target.words[y * target.width + x] = phaseWord(colours, phase) ?? colours.kinds[view.state[pfn]! & 15]!;
  }
}

function phaseWord(colours: FarWords, phase: Phase | undefined): number | null {
  if (phase === 'refused') return colours.accent;
  return phase === 'unmapped' || phase === 'dropped' ? colours.paper : null;
}

/** Each pixel takes the kind that most of its pages have. */
function foldTile(target: Target, layout: Layout, view: PageView, tile: number, colours: FarWords): void {
  const side = TILE_SIDE * layout.cell;
  const shift = Math.round(Math.log2(1 / layout.cell));
  const kinds = WEIGHT.length;
  const counts = new Uint16Array(side * side * kinds);
  const { x, y } = CELL_ORDER[layout.mode];
  const first = tile * TILE_PAGES;
  const pages = Math.min(TILE_PAGES, view.pages - first);
  for (let i = 0; i < pages; i++) {
    const pixel = (y[i]! >> shift) * side + (x[i]! >> shift);
    counts[pixel * kinds + (view.state[first + i]! & 15)]! += 1;
  }
  const left = cellX(layout, first) - PAD;
  const top = cellY(layout, first) - PAD;
  for (let pixel = 0; pixel < side * side; pixel++) {
    const kind = mostCommon(counts, pixel * kinds);
    if (kind === null) continue;
    const at = (top + Math.floor(pixel / side)) * target.width + left + (pixel % side);
    target.words[at] = colours.kinds[kind]!;
  }
}

function mostCommon(counts: Uint16Array, base: number): number | null {
  let best: number | null = null;
  let most = 1;
  for (const kind of WEIGHT) {
    const count = counts[base + kind]!;
    if (count >= most) {
      most = count;
      best = kind;
    }
  }
  return best;
}
