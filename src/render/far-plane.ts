/**
 * The overview as numbers: one code a page, and for cells below a pixel one code a pixel, worked out tile by tile
 * where something changed. Both back ends paint from here, so they agree. No object per page: 4 Mi pages are 4 MiB.
 */
import { type LayoutMode, pixelMembers, pixelOfPage } from './cell-order.ts';
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

/** So many single pixels are told apart; more, and whole tiles are painted. */
const POINTS = 1 << 16;

/** Places in a tile of the pages that `codeTile` found changed. */
const touched = new Uint16Array(TILE_PAGES);

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
  /** Tiles whose pixels were taken from elsewhere: 1 where their pages' codes are older. */
  #skipped = new Uint8Array(0);
  readonly #pointAt = new Uint32Array(POINTS);
  #points = 0;
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
    this.#points = 0;
    const phased = tilesOf(phases, this.#phases);
    const given = mode === 'z' && this.#overlay.kind === 'none' ? view.levels?.[fold - 1] : undefined;
    const changed: number[] = [];
    for (const tile of tiles) {
      const isPhased = phased.has(tile);
      const status = this.#ledger.of(tile);
      if (status === 'fresh' && !isPhased) continue;
      const isGiven = given !== undefined && !isPhased;
      const count = isGiven
        ? this.#takeLevel(given, fold, tile)
        : this.#code(view, tile, isPhased ? phases : NO_PHASES);
      this.#ledger.done(tile);
      const isWhole = status === 'unknown' || isPhased || (!isGiven && this.#skipped[tile] === 1);
      this.#skipped[tile] = isGiven ? 1 : 0;
      if (count === 0 && !isWhole) continue;
      if (isWhole) this.#points = Number.POSITIVE_INFINITY;
      if (isGiven) this.#point(tile * (TILE_PAGES >> (2 * fold)), count);
      else if (fold > 0) this.#refold(view, mode, fold, tile, isWhole ? TILE_PAGES : count);
      else this.#point(tile * TILE_PAGES, count);
      changed.push(tile);
    }
    this.#phases = phases.size === 0 ? NO_PHASES : new Map(phases);
    return changed;
  }

  /**
   * The pixels of the level that the last `update` changed, some of them perhaps twice; null where whole tiles are
   * to be painted, or so many pixels that it is as well.
   */
  get touched(): Uint32Array | null {
    return this.#points <= POINTS ? this.#pointAt.subarray(0, this.#points) : null;
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
    if (isNew) this.#skipped = new Uint8Array(tiles);
    const key = `${mode === 'z' ? 'z' : 'r'}${fold}`;
    if (key === this.#key && !isNew) return;
    this.#key = key;
    this.#folded = fold > 0 ? new Uint8Array(padded(length >> (2 * fold))) : new Uint8Array(0);
    this.forget();
  }

  /** Returns how many pages changed; `touched` holds them. */
  #code(view: PageView, tile: number, phases: ReadonlyMap<number, Phase>): number {
    const first = tile * TILE_PAGES;
    const end = Math.min(first + TILE_PAGES, view.pages);
    const count = codeTile(view, this.#overlay, this.#since, this.#pages, first, end, touched);
    for (const [pfn, phase] of phases) {
      const code = PHASE_CODE[phase];
      if (pfn >= first && pfn < end && code !== undefined) this.#pages[pfn] = code;
    }
    return count;
  }

  /** Takes the pixels of a tile as they were worked out elsewhere. As `#code`; the pages' codes are left as they are. */
  #takeLevel(given: Uint8Array, fold: number, tile: number): number {
    const pixels = TILE_PAGES >> (2 * fold);
    const base = tile * pixels;
    const end = Math.min(given.length, base + pixels);
    let count = 0;
    for (let pixel = base; pixel < end; pixel++) {
      const code = given[pixel]! & 15;
      if (this.#folded[pixel] === code) continue;
      this.#folded[pixel] = code;
      touched[count++] = pixel - base;
    }
    return count;
  }

  /** Notes the first `count` of `touched` as pixels that changed. */
  #point(base: number, count: number): void {
    if (this.#points + count > POINTS) this.#points = Number.POSITIVE_INFINITY;
    else for (let i = 0; i < count; i++) this.#pointAt[this.#points++] = base + touched[i]!;
  }

  /** Each pixel takes the code that speaks for its pages; of a few changed pages only theirs are worked out. */
  #refold(view: PageView, mode: LayoutMode, fold: number, tile: number, count: number): void {
    const pixels = TILE_PAGES >> (2 * fold);
    const base = tile * pixels;
    const first = tile * TILE_PAGES;
    const source = { codes: this.#pages, first, pages: Math.min(TILE_PAGES, view.pages - first) };
    const members = pixelMembers(mode, fold);
    if (count >= TILE_PAGES / 4) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        this.#folded[base + pixel] = pixelCode(source, members, pixel << (2 * fold), 1 << (2 * fold));
      }
      this.#points = Number.POSITIVE_INFINITY;
      return;
    }
    const pixelOf = pixelOfPage(mode, fold);
    for (let i = 0; i < count; i++) {
      const pixel = pixelOf[touched[i]!]!;
      touched[i] = pixel;
      this.#folded[base + pixel] = pixelCode(source, members, pixel << (2 * fold), 1 << (2 * fold));
    }
    this.#point(base, count);
  }
}

const NO_PHASES: ReadonlyMap<number, Phase> = new Map();

/** By code: what wins when a pixel's pages are counted even. Marks of an overlay always win, see `LOUD`. */
const RANK = new Uint8Array(256);
WEIGHT.forEach((kind, rank) => {
  RANK[kind] = rank;
});
RANK.fill(20, CODE.first);

/** Codes that speak for their pixel however few they are. */
const LOUD = new Uint8Array(256);
for (const code of [CODE.refused, CODE.pinned, CODE.changed]) LOUD[code] = 1;

const counts = new Uint16Array(256);

interface Source {
  readonly codes: Uint8Array;
  /** First page of the tile, and how many it has. */
  readonly first: number;
  readonly pages: number;
}

/**
 * The code of a pixel whose pages are `members[from .. from + size)`. A mark (a pinned page, a change) speaks for its
 * pixel however few it is; else the most common code does, the heavier kind of two that are even.
 */
export function pixelCode(source: Source, members: Uint16Array, from: number, size: number): number {
  const { codes, first, pages } = source;
  const head = codes[first + members[from]!]!;
  let same = 1;
  while (same < size && codes[first + members[from + same]!] === head) same++;
  if (same === size && pages === TILE_PAGES) return head;
  let best: number = CODE.gone;
  let most = 0;
  let loud = 0;
  for (let i = from; i < from + size; i++) {
    const page = members[i]!;
    if (page >= pages) continue;
    const code = codes[first + page]!;
    const count = counts[code]! + 1;
    counts[code] = count;
    if (count > most || (count === most && RANK[code]! > RANK[best]!)) {
      most = count;
      best = code;
    }
    if (LOUD[code] === 1) loud = code;
  }
  for (let i = from; i < from + size; i++) counts[codes[first + members[i]!]!] = 0;
  return loud > 0 ? loud : best;
}
