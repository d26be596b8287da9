/**
 * The picture from afar: for every aligned block of order 2, 4, 6, 8 and 10 the kind that most of its pages show. A
 * tie goes to the kind that is harder to move: free and holes weigh least, then idle, clean file, anonymous,
 * dirty file, kernel reclaimable, kernel, boot (the order of the drawing's fills).
 */
import { SHOWN } from './shown.ts';

/** Orders of the levels, nearest first. */
export const MIP_ORDERS = [2, 4, 6, 8, 10] as const;
const TOP = 10;

/** Shown kinds from the lightest to the heaviest, as src/render/page-view.ts has them in WEIGHT. */
const BY_WEIGHT: readonly number[] = [
  SHOWN.hole,
  SHOWN.unknown,
  SHOWN.free,
  SHOWN.pcp,
  SHOWN.idle,
  SHOWN.parked,
  SHOWN.cleanFile,
  SHOWN.anon,
  SHOWN.dirtyFile,
  SHOWN.kreclaim,
  SHOWN.knoreclaim,
  SHOWN.boot,
];

/** One byte a block and level, of blank kinds; filled by {@link refreshMips}. */
export function createMips(pages: number): Uint8Array[] {
  return MIP_ORDERS.map((order) => new Uint8Array(Math.ceil(pages / (1 << order))));
}

/** Shown kind by place in the order of weight, and the place by kind. */
const KIND_AT = Uint8Array.from(BY_WEIGHT);
const PLACE_OF = new Uint8Array(16);
BY_WEIGHT.forEach((kind, place) => {
  PLACE_OF[kind] = place;
});

/** Pages of each kind, by weight, in the block being counted of each level. */
const counts = MIP_ORDERS.map(() => new Uint16Array(BY_WEIGHT.length));

/**
 * Works out the levels of the tiles marked.
 *
 * @param levels as {@link createMips} made them
 * @param state the picture's state bytes
 * @param dirty one byte a tile of 1,024 pages; 0 where nothing has changed
 */
export function refreshMips(levels: readonly Uint8Array[], state: Uint8Array, dirty: Uint8Array): void {
  for (let tile = 0; tile < dirty.length; tile++) {
    if (dirty[tile] !== 0) refreshTile(levels, state, tile << TOP);
  }
}

function refreshTile(levels: readonly Uint8Array[], state: Uint8Array, first: number): void {
  const end = Math.min(state.length, first + (1 << TOP));
  const lowest = counts[0]!;
  const above = counts[1]!;
  for (let pfn = first; pfn < end; pfn += 4) {
    const last = Math.min(end, pfn + 4);
    const kind = state[pfn]! & 15;
    // neighbours are mostly of one kind, and such a block needs no counting of its own
    const isPlain =
      last === pfn + 4 &&
      kind === (state[pfn + 1]! & 15) &&
      kind === (state[pfn + 2]! & 15) &&
      kind === (state[pfn + 3]! & 15);
    if (isPlain && last !== end && (last & 15) !== 0) {
      const place = PLACE_OF[kind]!;
      above[place] = above[place]! + 4;
      levels[0]![pfn >> 2] = KIND_AT[place]!;
      continue;
    }
    for (let p = pfn; p < last; p++) lowest[PLACE_OF[state[p]! & 15]!]!++;
    // a block is full where its last page is the last of larger ones too, and at the end of memory
    for (let level = 0; level < MIP_ORDERS.length; level++) {
      const order = MIP_ORDERS[level]!;
      if (last !== end && (last & ((1 << order) - 1)) !== 0) break;
      levels[level]![pfn >> order] = most(counts[level]!, counts[level + 1]);
    }
  }
}

/** The kind counted most, the heavier of equals; the counts are added to the next level's and cleared. */
function most(count: Uint16Array, above: Uint16Array | undefined): number {
  let best = 0;
  let top = 1;
  for (let place = 0; place < count.length; place++) {
    const n = count[place]!;
    if (n === 0) continue;
    if (n >= top) {
      best = place;
      top = n;
    }
    if (above) above[place] = above[place]! + n;
    count[place] = 0;
  }
  return KIND_AT[best]!;
}
