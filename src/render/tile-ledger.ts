/** Which tiles are on the screen as they are now, and which may have changed since. */
import { type Phase, TILE_ORDER } from './page-view.ts';

/** unknown: never painted. stale: painted, and perhaps changed since. fresh: as painted. */
export type TileStatus = 'unknown' | 'stale' | 'fresh';

const STATUS: readonly TileStatus[] = ['unknown', 'stale', 'fresh'];
const STALE = 1;
const FRESH = 2;

export class TileLedger {
  #status = new Uint8Array(0);

  /** Keeps books for `tiles` tiles; tells whether that is another number than before, and all is unknown. */
  resize(tiles: number): boolean {
    if (this.#status.length === tiles) return false;
    this.#status = new Uint8Array(tiles);
    return true;
  }

  forget(): void {
    this.#status.fill(0);
  }

  /** One byte a tile, not 0 where pages may have changed; null where that is not known of any tile. */
  touch(dirty: Uint8Array | null): void {
    const status = this.#status;
    for (let tile = 0; tile < status.length; tile++) {
      if (status[tile] === FRESH && (dirty === null || dirty[tile] !== 0)) status[tile] = STALE;
    }
  }

  of(tile: number): TileStatus {
    return STATUS[this.#status[tile] ?? 0]!;
  }

  done(tile: number): void {
    this.#status[tile] = FRESH;
  }
}

/** The tiles in which `now` and `before` have phases, different or not. */
export function tilesOf(now: ReadonlyMap<number, Phase>, before: ReadonlyMap<number, Phase>): Set<number> {
  const tiles = new Set<number>();
  for (const pfn of now.keys()) tiles.add(pfn >> TILE_ORDER);
  for (const pfn of before.keys()) tiles.add(pfn >> TILE_ORDER);
  return tiles;
}
