/** How much room the grid and its ledger get in each layout: plain arithmetic on the window's size. */
import { COLUMN_PAGES, type Layout, type LayoutMode, layoutOf, PAD } from '../../render/layout.ts';
import { isOverview, letterSize } from '../../render/level.ts';
import { TILE_PAGES, type ZoneSpan } from '../../render/page-view.ts';
import type { LayoutName } from '../use-layout.ts';

export interface BoardPlan {
  /** Room for the grid itself, in CSS pixels. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly maxCell: number;
  /** Width of the addresses to its left. */
  readonly rail: number;
  readonly ledger: 'full' | 'short' | 'none';
  readonly ledgerWidth: number;
  /** Width of the lens beside tiles whose pages are small; 0 where the grid needs none or has no room for one. */
  readonly lens: number;
  /** Width of what tells of the rows on both sides of two tiles; 0 where the layout is another. */
  readonly sides: number;
}

/** Width of the columns beside the hero, gaps and margins included. */
const BESIDE: Readonly<Record<LayoutName, number>> = {
  large: 268 + 400 + 2 * 26,
  wide: 196 + 276 + 2 * 26,
  medium: 300 + 26,
  small: 0,
  phone: 0,
};

/** What the inspector gets besides while a page or view is looked at. */
const INSPECTING: Readonly<Record<LayoutName, number>> = {
  large: 344,
  wide: 260,
  medium: 40,
  small: 0,
  phone: 0,
};

/** Width of the hero, and the largest cell in it, beside a page in full. */
const IN_FULL = { large: { hero: 540, cell: 15 }, wide: { hero: 402, cell: 12 } } as const;

/** Room above and below the grid inside the board: margin and ledger head, legend. */
const HEAD = 29;
const FOOT = 30;

const LEDGER: Readonly<Record<LayoutName, number>> = {
  large: 336,
  wide: 252,
  medium: 252,
  small: 150,
  phone: 0,
};
const SHORT_LEDGER = 126;
/** The same with large type. */
const BIG = { ledger: 336, short: 190, rail: 80 } as const;
const RAIL: Readonly<Record<LayoutName, number>> = { large: 80, wide: 58, medium: 52, small: 52, phone: 0 };
/** The largest cells: letters stay readable and a small machine does not fill a wall. */
const LARGEST: Readonly<Record<LayoutName, number>> = {
  large: 24,
  wide: 20,
  medium: 15,
  small: 16,
  phone: 22,
};
/** Large type in the layout that scrolls: a ledger's lines need rows as high as they are. */
const LARGEST_BIG_MEDIUM = 18;
/** Width of the smallest grid that is worth a full ledger beside it. */
const GRID_BESIDE_LEDGER = 486 + 14;
/** The same with large type, where the window's height keeps the rows lower. */
const GRID_BESIDE_BIG_LEDGER = 448 + 14;

/** What the board is laid out in. */
export interface BoardSpace {
  readonly layout: LayoutName;
  /** Large type: the projector's sizes. */
  readonly big: boolean;
  /** Inner width of the main area, and the height left for the board. */
  readonly mainWidth: number;
  readonly height: number;
  /** A page or view is looked at: the ledger gives it room. */
  readonly inspecting?: boolean;
  /** Pixels wanted below the grid besides the legend of kinds. */
  readonly below?: number;
  /** The page that is looked at has most of the window. */
  readonly full?: boolean;
}

function ledgerOf(
  { layout, big, inspecting = false, full: isFull = false }: BoardSpace,
  hero: number,
): Pick<BoardPlan, 'ledger' | 'ledgerWidth'> {
  const isTaken = inspecting && (layout === 'large' || layout === 'wide');
  if (layout === 'phone' || isTaken || isFull) return { ledger: 'none', ledgerWidth: 0 };
  const full = big ? BIG.ledger : LEDGER[layout];
  const rail = big ? BIG.rail : RAIL[layout];
  const isShort =
    inspecting ||
    layout === 'small' ||
    (layout === 'medium' && hero < rail + (big ? GRID_BESIDE_BIG_LEDGER : GRID_BESIDE_LEDGER) + full);
  if (!isShort) return { ledger: 'full', ledgerWidth: full };
  return { ledger: 'short', ledgerWidth: big ? BIG.short : SHORT_LEDGER };
}

/** @param rows rows of 32 pages where the machine is drawn as one column, else null */
export function planBoard(space: BoardSpace, rows: number | null): BoardPlan {
  const { layout, big, mainWidth, height } = space;
  const isPresented = big && layout === 'medium';
  const wider = isPresented ? 100 : INSPECTING[layout];
  const beside = BESIDE[layout] + (space.inspecting ? wider : 0);
  const inFull = space.full && (layout === 'large' || layout === 'wide') ? IN_FULL[layout] : null;
  const hero = inFull?.hero ?? Math.max(200, mainWidth - beside);
  const ledger = rows === null ? { ledger: 'none' as const, ledgerWidth: 0 } : ledgerOf(space, hero);
  const rail = rows === null || inFull !== null ? 0 : big && layout !== 'phone' ? BIG.rail : RAIL[layout];
  const scrolls = layout === 'phone' || layout === 'small' || (layout === 'medium' && !big);
  // Who presents shows all of the machine at once: rows without lines rather than rows below the fold.
  const lines = rows !== null && rows <= MOST_LINES && !isPresented ? rows * SMALLEST_LINE + 2 * PAD + 8 : 96;
  const room = Math.max(lines, Math.floor(height - HEAD - FOOT - (space.below ?? 0)));
  return {
    maxWidth: Math.max(64, Math.floor(hero - rail - (ledger.ledgerWidth > 0 ? ledger.ledgerWidth + 8 : 0))),
    maxHeight: !scrolls ? room : rows === null ? hero : 100_000,
    maxCell: inFull?.cell ?? (isPresented ? LARGEST_BIG_MEDIUM : LARGEST[layout]),
    rail,
    lens: 0,
    sides: 0,
    ...ledger,
  };
}

/** Rows lower than this have no room for a ledger line; few rows scroll rather than get lower. */
export const SMALLEST_LINE = 13;
const MOST_LINES = 32;
/** Cells of 9 to 12 px, and the margin round them. */
const SMALLEST_LENS = 9 * 32 + 2 * PAD;
const LARGEST_LENS = 12 * 32 + 2 * PAD;
const LENS_GAP = 26;
/** Cells of 16 to 24 px of a quarter of a tile, and the margin round them. */
const SMALLEST_QUARTER = 16 * 16 + 2 * PAD;
const LARGEST_QUARTER = 24 * 16 + 2 * PAD;
/** Addresses and bars beside two tiles in rows, and the line below that reads one out. */
const SIDES: Readonly<Record<LayoutName, number>> = { large: 68, wide: 46, medium: 46, small: 0, phone: 0 };
const ROW_WORDS = 22;
/** Bars lower than this tell nothing. */
const SMALLEST_BAR = 9;
/** Below this cell a row is no sentence any more: tiles in Z order show more. */
const SMALLEST_ROW = 8;

interface Machine {
  readonly pages: number;
  readonly zones: readonly ZoneSpan[];
}

interface Placed {
  readonly plan: BoardPlan;
  readonly layout: Layout;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface BoardLayout extends Placed {
  /** Room for the pages once the camera is closer: an overview fills little of it where the next cell is too large. */
  readonly close: Size;
  /** Where the minimap goes then: into the ledger's or the lens's place, or over the corner. */
  readonly minimap: Size & { readonly beside: boolean };
}

/** A minimap smaller than this beside the grid is laid over its corner instead. */
const SMALLEST_MINIMAP = 120;
/** 1,024 tiles of 8 px with their gaps fit; a pixel less halves them. */
const LARGEST_MINIMAP = 296;
/** Width of a minimap over the grid, as a share of the grid's. */
const OVER = 0.28;

function closer({ plan, layout }: Placed): BoardLayout {
  const given = Math.max(plan.lens, plan.ledgerWidth);
  const spare = given > 0 ? 0 : Math.min(LARGEST_MINIMAP, plan.maxWidth - layout.width - LENS_GAP);
  const beside = Math.max(given, spare) >= SMALLEST_MINIMAP;
  const taken = plan.lens > 0 ? plan.lens + LENS_GAP : beside && given === 0 ? spare + LENS_GAP : 0;
  const close = {
    width: Math.max(layout.width, plan.maxWidth - taken),
    // Where the page scrolls there is no end to the room: as high as wide is enough.
    height: Math.max(layout.height, Math.min(plan.maxHeight, plan.maxWidth)),
  };
  const width = Math.round(beside ? Math.min(given || spare, LARGEST_MINIMAP) : close.width * OVER);
  return { plan, layout, close, minimap: { beside, width, height: Math.min(width, close.height) } };
}

/** Where everything stands. `wanted`: the person's order of pages, or null for what suits machine and window. */
export function layOutBoard(machine: Machine, wanted: LayoutMode | null, space: BoardSpace): BoardLayout {
  return closer(placeBoard(machine, wanted, space));
}

function placeBoard(machine: Machine, wanted: LayoutMode | null, space: BoardSpace): Placed {
  const { pages, zones } = machine;
  /** @param columns tiles side by side; without it the best, and one in rows */
  const inMode = (mode: LayoutMode, columns?: number): Placed => {
    const isColumn = mode === 'rows' && pages <= COLUMN_PAGES && columns === undefined;
    const plan = planBoard(space, isColumn ? Math.ceil(pages / 32) : null);
    const { maxWidth: width, maxHeight, maxCell } = plan;
    const request = {
      pages,
      zones,
      mode,
      width,
      height: maxHeight,
      maxCell,
      ...(columns === undefined ? {} : { columns }),
    };
    const layout = layoutOf(request);
    if (isColumn) return { plan, layout };
    if (!isOverview(layout.cell)) {
      const beside = width - layout.width - LENS_GAP;
      const isWorth = mode === 'z' && letterSize(layout.cell) === 0 && beside >= SMALLEST_QUARTER;
      return { plan: { ...plan, lens: isWorth ? Math.min(LARGEST_QUARTER, beside) : 0 }, layout };
    }
    if (width < 2 * SMALLEST_LENS) return { plan, layout };
    // An overview's colours tell kinds only roughly: give part of the width to a tile that tells each page.
    const narrower = layoutOf({ ...request, width: width - SMALLEST_LENS - LENS_GAP });
    // Below 1 px cells halve, and a quarter of the picture is too much for it.
    if (narrower.cell < 1 && narrower.cell < layout.cell) return { plan, layout };
    const lens = Math.min(LARGEST_LENS, width - narrower.width - LENS_GAP);
    return { plan: { ...plan, lens }, layout: narrower };
  };
  /** Room beside and below two tiles for what a column's rail and ledger tell, unless the rows get too low by it. */
  const withSides = (bare: Placed): Placed => {
    const sides = space.big && space.layout !== 'phone' ? SIDES.large : SIDES[space.layout];
    const { plan } = bare;
    const layout = layoutOf({
      pages,
      zones,
      mode: 'rows',
      columns: 2,
      width: plan.maxWidth - 2 * sides,
      height: plan.maxHeight - ROW_WORDS,
      maxCell: plan.maxCell,
    });
    return sides === 0 || layout.cell < SMALLEST_BAR ? bare : { plan: { ...plan, sides }, layout };
  };
  /** One column while its rows are high enough for a ledger, else the tiles' rows side by side where that is larger. */
  const inRows = () => {
    const column = inMode('rows');
    if (pages <= TILE_PAGES || pages > COLUMN_PAGES || column.layout.cell >= SMALLEST_LINE) return column;
    const besides = inMode('rows', 2);
    return besides.layout.cell > column.layout.cell ? withSides(besides) : column;
  };
  if (wanted !== null) return wanted === 'rows' ? inRows() : inMode(wanted);
  const rows = pages <= 2 * TILE_PAGES ? inRows() : pages <= COLUMN_PAGES ? inMode('rows') : null;
  return rows !== null && rows.layout.cell >= SMALLEST_ROW ? rows : inMode('z');
}
