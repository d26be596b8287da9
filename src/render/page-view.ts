/**
 * What the page grid is given to draw: one state byte and one detail byte per page frame, and the marks that
 * stand over them. The grid knows nothing else of the machine.
 */

/**
 * Display kinds: low nibble of `PageView.state`. `idle` is a free object inside a slab, `parked` a page in a
 * slab's per-CPU object array, `pcp` a free page on a per-CPU list of the buddy allocator.
 */
export const KIND = {
  free: 0,
  idle: 1,
  cleanFile: 2,
  dirtyFile: 3,
  anon: 4,
  kreclaim: 5,
  knoreclaim: 6,
  boot: 7,
  hole: 8,
  parked: 9,
  pcp: 10,
  unknown: 11,
} as const;

export type KindName = keyof typeof KIND;

/** High nibble of `PageView.state`, one bit each. */
export const MOD = { pinned: 0x10, inSlab: 0x20, referenced: 0x40, stranded: 0x80 } as const;

/** Low nibble of `PageView.detail` in every page of a block but its head. */
export const TAIL = 15;

/** A zone as a range of PFNs, `end` exclusive. */
export interface ZoneSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Every page frame of a machine, by PFN.
 *
 * `state`: low nibble a `KIND`, high nibble `MOD` bits. `detail`: low nibble the order of the block whose head the
 * page is, `TAIL` in the block's other pages; high nibble the map count, 15 meaning 15 or more. `slabOrder`: the
 * order of a slab of user pages. `levels`: the kind that most pages of each aligned block have, one byte a block, for
 * the orders 2, 4, 6, 8 and 10; ties go to the kind that stands later in `WEIGHT`. Worked out here where not given.
 */
export interface PageView {
  readonly pages: number;
  readonly state: Uint8Array;
  readonly detail: Uint8Array;
  readonly zones: readonly ZoneSpan[];
  readonly slabOrder: number;
  readonly levels?: readonly Uint8Array[] | undefined;
}

/** Kinds from the lightest to the heaviest: how hard they are to move. A tie goes to the heavier. */
export const WEIGHT: readonly number[] = [
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

/** Where a page stands while its slab is being emptied. */
export type Phase = 'waiting' | 'unmapped' | 'writing' | 'swapping' | 'dropped' | 'refused';

/** A run of page frames. */
export interface PageRange {
  readonly pfn: number;
  readonly pages: number;
}

export type OutlineStyle = 'accent' | 'ink' | 'failed' | 'hover' | 'focus';

/** What stands over the pages: nothing here changes the machine. */
export interface Marks {
  readonly phases: ReadonlyMap<number, Phase>;
  readonly outlines: readonly { pfn: number; pages: number; style: OutlineStyle }[];
  readonly changed: readonly { pfn: number; pages: number }[];
  readonly dimExcept: readonly { pfn: number; pages: number }[] | null;
  readonly label: { pfn: number; pages: number; text: string } | null;
}

export const NO_MARKS: Marks = {
  phases: new Map(),
  outlines: [],
  changed: [],
  dimExcept: null,
  label: null,
};

/** The largest order the grid draws as one shape: a tile. */
export const TILE_ORDER = 10;
/** Pages in a tile. */
export const TILE_PAGES = 1 << TILE_ORDER;

/**
 * The order of the shape that starts at `pfn`. Pages of a slab, boot pages and holes are drawn one by one; a head
 * that is not aligned or runs past the end of memory is taken for a single page, so a mangled view still draws.
 */
export function shapeOrder(view: PageView, pfn: number): number {
  const state = view.state[pfn]!;
  const kind = state & 15;
  if (state & MOD.inSlab || kind === KIND.boot || kind === KIND.hole) return 0;
  const order = view.detail[pfn]! & 15;
  if (order > TILE_ORDER) return 0;
  const size = 1 << order;
  return pfn % size === 0 && pfn + size <= view.pages ? order : 0;
}

/** Calls `visit` once for every shape that starts in `[first, end)`, in PFN order. */
export function forEachShape(
  view: PageView,
  first: number,
  end: number,
  visit: (pfn: number, order: number, state: number) => void,
): void {
  for (let pfn = first; pfn < end; ) {
    const order = shapeOrder(view, pfn);
    visit(pfn, order, view.state[pfn]!);
    pfn += 1 << order;
  }
}

/**
 * The pages `[first, first + pages)` as a view of their own, sharing the buffers: for a lens. PFNs in the result
 * count from `first`, which should be a multiple of `TILE_PAGES` so that blocks stay whole.
 */
export function sliceView(view: PageView, first: number, pages: number): PageView {
  const end = Math.min(first + pages, view.pages);
  const zones = view.zones
    .filter((zone) => zone.start < end && zone.end > first)
    .map((zone) => ({
      name: zone.name,
      start: Math.max(zone.start, first) - first,
      end: Math.min(zone.end, end) - first,
    }));
  return {
    pages: end - first,
    state: view.state.subarray(first, end),
    detail: view.detail.subarray(first, end),
    zones,
    slabOrder: view.slabOrder,
  };
}
