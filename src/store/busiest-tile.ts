/** Where a lens over a large machine has most to show. */

/** Pages of a tile: one block of order 10. */
const TILE_PAGES = 1024;
/** Low nibble of a page's byte. */
const KIND = 15;

/**
 * First page of the tile in which neighbours differ most often; 0 where all are alike.
 * @param state one byte a page, as a frame's view has it
 */
export function busiestTile(state: Uint8Array): number {
  let best = 0;
  let most = 0;
  for (let first = 0; first < state.length; first += TILE_PAGES) {
    const end = Math.min(first + TILE_PAGES, state.length);
    let changes = 0;
    for (let pfn = first + 1; pfn < end; pfn++) {
      if ((state[pfn]! & KIND) !== (state[pfn - 1]! & KIND)) changes++;
    }
    if (changes > most) {
      most = changes;
      best = first;
    }
  }
  return best;
}
