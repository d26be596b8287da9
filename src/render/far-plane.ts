/**
 * The overview as numbers: one code a page, and for cells below a pixel one code a pixel, worked out tile by tile
 * where something changed. Both back ends paint from here, so they agree. No object per page: 4 Mi pages are 4 MiB.
 */
import { type LayoutMode, pixelMembers } from './cell-order.ts';
import { type PageView, type Phase, TILE_ORDER, TILE_PAGES, WEIGHT } from './page-view.ts';
import { TileLedger, tilesOf } from './tile-ledger.ts';
import { CODE, codeTile, NO_OVERLAY, type Overlay } from './tint.ts';

/** The look of one level: `codes[(tile << shift) + i]` is pixel `i` of a tile. */
export interface Level {
  readonly codes: Uint8Array;
  /** log2 of the pixels in a tile: 10, 8, 6, 4, 2 or 0. */
  readonly shift: number;
}

/** Rows of a texture are this wide; planes are padded to whole rows. */
export const PLANE_WIDTH = 2048;

const padded = (length: number) => Math.ceil(length / PLANE_WIDTH) * PLANE_WIDTH;

const PHASE_CODE: Readonly<Partial<Record<Phase, number>>> = {
  refused: CODE.refused,
  unmapped: CODE.gone,
  dropped: CODE.gone,
};

export class FarPlane {
  #pages: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #folded: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #key = '';
  readonly #ledger = new TileLedger();
  #phases: ReadonlyMap<number, Phase> = new Map();
  #overlay: Overlay = NO_OVERLAY;
  #since: Uint8Array | null = null;

  get overlay(): Overlay {
    return this.#overlay;
  }

  /** Lays an overlay over the kinds. `since`: states to compare with, for an overlay of changes without bytes. */
  setOverlay(overlay: Overlay, since: Uint8Array | null): void {
    this.#overlay = overlay;
    this.#since = since;
    this.forget();
  }

  /** Nothing worked out so far counts any more. */
  forget(): void {
    this.#ledger.forget();
  }

  /** Tiles that may differ from what was worked out; see `TileLedger.touch`. */
  touch(dirty: Uint8Array | null): void {
    this.#ledger.touch(dirty);
  }

  /** Brings `tiles` up to date and returns those of them that changed. */
  update(
    view: PageView,
    mode: LayoutMode,
    fold: number,
    tiles: Iterable<number>,
    phases: ReadonlyMap<number, Phase>,
  ): number[] {
    this.#fit(view.pages, mode, fold);
    const phased = tilesOf(phases, this.#phases);
    const changed: number[] = [];
    for (const tile of tiles) {
      const isPhased = phased.has(tile);
      const status = this.#ledger.of(tile);
      if (status === 'fresh' && !isPhased) continue;
      const differs = this.#code(view, tile, isPhased ? phases : NO_PHASES);
      this.#ledger.done(tile);
      if (!differs && status !== 'unknown' && !isPhased) continue;
      if (fold > 0) this.#fold(view, mode, fold, tile, isPhased);
      changed.push(tile);
    }
    this.#phases = phases.size === 0 ? NO_PHASES : new Map(phases);
    return changed;
  }

  /** The codes at the fold of the last `update`. */
  get level(): Level {
    const fold = Number(this.#key.slice(1));
    return { codes: fold > 0 ? this.#folded : this.#pages, shift: TILE_ORDER - 2 * fold };
  }

  #fit(pages: number, mode: LayoutMode, fold: number): void {
    const tiles = Math.ceil(pages / TILE_PAGES);
    const length = padded(tiles * TILE_PAGES);
    if (this.#pages.length !== length) this.#pages = new Uint8Array(length);
    const isNew = this.#ledger.resize(tiles);
    const key = `${mode === 'z' ? 'z' : 'r'}${fold}`;
    if (key === this.#key && !isNew) return;
    this.#key = key;
    this.#folded = fold > 0 ? new Uint8Array(padded(length >> (2 * fold))) : new Uint8Array(0);
    this.forget();
  }

  #code(view: PageView, tile: number, phases: ReadonlyMap<number, Phase>): boolean {
    const first = tile * TILE_PAGES;
    const end = Math.min(first + TILE_PAGES, view.pages);
    const differs = codeTile(view, this.#overlay, this.#since, this.#pages, first, end);
    for (const [pfn, phase] of phases) {
      const code = PHASE_CODE[phase];
      if (pfn >= first && pfn < end && code !== undefined) this.#pages[pfn] = code;
    }
    return differs;
  }

  /** Each pixel takes the code that speaks for its pages. */
  #fold(view: PageView, mode: LayoutMode, fold: number, tile: number, isPhased: boolean): void {
    const pixels = TILE_PAGES >> (2 * fold);
    const base = tile * pixels;
    const given = mode === 'z' && this.#overlay.kind === 'none' && !isPhased && view.levels?.[fold - 1];
    if (given) {
      for (let i = 0; i < pixels; i++) this.#folded[base + i] = given[base + i]! & 15;
      return;
    }
    const pages = Math.min(TILE_PAGES, view.pages - tile * TILE_PAGES);
    foldTile(this.#pages, tile * TILE_PAGES, pages, pixelMembers(mode, fold), fold, this.#folded, base);
  }
}

const NO_PHASES: ReadonlyMap<number, Phase> = new Map();

/** By code: what wins when a pixel's pages are counted even. Marks of an overlay always win: see `loudest`. */
const RANK = new Uint8Array(256);
WEIGHT.forEach((kind, rank) => {
  RANK[kind] = rank;
});
RANK.fill(20, CODE.first);

const isLoud = (code: number) => code === CODE.refused || code === CODE.pinned || code === CODE.changed;

const counts = new Uint16Array(256);

/**
 * Folds the pages `[first, first + pages)` of one tile. A mark (a pinned page, a change) speaks for its pixel however
 * few it is; else the most common code does, the heavier kind of two that are even.
 */
export function foldTile(
  codes: Uint8Array,
  first: number,
  pages: number,
  members: Uint16Array,
  fold: number,
  out: Uint8Array,
  base: number,
): void {
  const size = 1 << (2 * fold);
  for (let from = 0, pixel = base; from < TILE_PAGES; from += size, pixel++) {
    out[pixel] = pixelCode(codes, first, pages, members, from, from + size);
  }
}

function pixelCode(
  codes: Uint8Array,
  first: number,
  pages: number,
  members: Uint16Array,
  from: number,
  end: number,
): number {
  let best: number = CODE.gone;
  let most = 0;
  for (let i = from; i < end; i++) {
    const page = members[i]!;
    if (page >= pages) continue;
    const code = codes[first + page]!;
    const count = counts[code]! + 1;
    counts[code] = count;
    if (count > most || (count === most && RANK[code]! > RANK[best]!)) {
      most = count;
      best = code;
    }
  }
  for (let i = from; i < end; i++) {
    const page = members[i]!;
    if (page >= pages) continue;
    const code = codes[first + page]!;
    counts[code] = 0;
    if (isLoud(code)) best = code;
  }
  return best;
}
