/** A copy of what was painted last, to find the tiles that differ from what is to be painted now. */
import { type PageView, type Phase, TILE_ORDER, TILE_PAGES } from './page-view.ts';

export class PaintedCopy {
  #state = new Uint8Array(0);
  #detail = new Uint8Array(0);
  #phases: ReadonlyMap<number, Phase> = new Map();
  #forgotten = true;

  /** Whether every tile has to be painted. */
  get isForgotten(): boolean {
    return this.#forgotten;
  }

  /** Nothing painted counts any more: the size, the theme or the layout changed. */
  forget(): void {
    this.#forgotten = true;
  }

  /** The tiles that differ from the copy, in order; afterwards the copy equals `view` and `phases`. */
  take(view: PageView, phases: ReadonlyMap<number, Phase>): number[] {
    const all = this.#forgotten || view.pages !== this.#state.length;
    if (all && view.pages !== this.#state.length) {
      this.#state = new Uint8Array(view.pages);
      this.#detail = new Uint8Array(view.pages);
    }
    const phased = all ? new Set<number>() : this.#phaseTiles(phases);
    const tiles: number[] = [];
    for (let first = 0; first < view.pages; first += TILE_PAGES) {
      const tile = first >> TILE_ORDER;
      const end = Math.min(first + TILE_PAGES, view.pages);
      if (all || phased.has(tile) || this.#differs(view, first, end)) {
        tiles.push(tile);
        this.#state.set(view.state.subarray(first, end), first);
        this.#detail.set(view.detail.subarray(first, end), first);
      }
    }
    this.#phases = new Map(phases);
    this.#forgotten = false;
    return tiles;
  }

  #differs(view: PageView, first: number, end: number): boolean {
    for (let pfn = first; pfn < end; pfn++) {
      if (view.state[pfn] !== this.#state[pfn] || view.detail[pfn] !== this.#detail[pfn]) return true;
    }
    return false;
  }

  #phaseTiles(phases: ReadonlyMap<number, Phase>): Set<number> {
    const tiles = new Set<number>();
    for (const [pfn, phase] of phases) if (this.#phases.get(pfn) !== phase) tiles.add(pfn >> TILE_ORDER);
    for (const pfn of this.#phases.keys()) if (!phases.has(pfn)) tiles.add(pfn >> TILE_ORDER);
    return tiles;
  }
}
