/** A copy of the pages as painted last, to find the tiles that differ from what is to be painted now. */
import { type PageView, type Phase, TILE_PAGES } from './page-view.ts';
import { TileLedger, tilesOf } from './tile-ledger.ts';

export class PaintedCopy {
  readonly #ledger = new TileLedger();
  #state = new Uint8Array(0);
  #detail = new Uint8Array(0);
  #phases: ReadonlyMap<number, Phase> = new Map();
  #view: PageView | null = null;

  /** Nothing painted counts any more: the size, the theme or the layout changed. */
  forget(): void {
    this.#ledger.forget();
  }

  touch(dirty: Uint8Array | null): void {
    this.#ledger.touch(dirty);
  }

  /** The pages as they were painted; pages of tiles never painted are whatever they are. */
  get before(): PageView | null {
    return this.#view && { ...this.#view, state: this.#state, detail: this.#detail };
  }

  /** Whether the tile's pixels show the copy, so that a change in it can be told. */
  isPainted(tile: number): boolean {
    return this.#ledger.of(tile) !== 'unknown';
  }

  /** Those of `tiles` that differ from the copy or were never painted, in order. */
  find(view: PageView, tiles: readonly number[], phases: ReadonlyMap<number, Phase>): number[] {
    if (view.pages !== this.#state.length) {
      this.#state = new Uint8Array(view.pages);
      this.#detail = new Uint8Array(view.pages);
      this.#ledger.forget();
    }
    this.#ledger.resize(Math.ceil(view.pages / TILE_PAGES));
    const phased = tilesOf(phases, this.#phases);
    return tiles.filter((tile) => {
      const status = this.#ledger.of(tile);
      if (status === 'unknown' || (phased.has(tile) && this.#phasesDiffer(tile, phases))) return true;
      if (status === 'fresh') return false;
      const differs = this.#firstChange(view, tile) !== null;
      if (!differs) this.#ledger.done(tile);
      return differs;
    });
  }

  /** The pages of a tile that differ from the copy, at most `limit` of them. */
  changes(view: PageView, tile: number, limit: number): number[] {
    const found: number[] = [];
    let at = this.#firstChange(view, tile);
    while (at !== null && found.length < limit) {
      found.push(at);
      at = this.#firstChange(view, tile, at + 1);
    }
    return found;
  }

  /** Takes `tiles` over into the copy: they are painted now. */
  commit(view: PageView, tiles: readonly number[], phases: ReadonlyMap<number, Phase>): void {
    for (const tile of tiles) {
      const first = tile * TILE_PAGES;
      const end = Math.min(first + TILE_PAGES, view.pages);
      this.#state.set(view.state.subarray(first, end), first);
      this.#detail.set(view.detail.subarray(first, end), first);
      this.#ledger.done(tile);
    }
    this.#view = view;
    this.#phases = new Map(phases);
  }

  #firstChange(view: PageView, tile: number, from = tile * TILE_PAGES): number | null {
    const end = Math.min((tile + 1) * TILE_PAGES, view.pages);
    for (let pfn = from; pfn < end; pfn++) {
      if (view.state[pfn] !== this.#state[pfn] || view.detail[pfn] !== this.#detail[pfn]) return pfn;
    }
    return null;
  }

  #phasesDiffer(tile: number, phases: ReadonlyMap<number, Phase>): boolean {
    const isIn = (pfn: number) => Math.floor(pfn / TILE_PAGES) === tile;
    for (const [pfn, phase] of phases) if (isIn(pfn) && this.#phases.get(pfn) !== phase) return true;
    for (const pfn of this.#phases.keys()) if (isIn(pfn) && !phases.has(pfn)) return true;
    return false;
  }
}
