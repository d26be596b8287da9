/**
 * The camera: which part of the machine is on the canvas, and how large a cell is. It keeps the tiles' arrangement
 * and changes only the cell and where the first cell stands, so painters and hit-test read one `Layout`.
 */

import { TILE_SIDE } from './cell-order.ts';
import {
  cellX,
  cellY,
  isColumn,
  type Layout,
  legalCell,
  MAX_CELL,
  PAD,
  pfnAt,
  rectOf,
  span,
  tileGapOf,
  zoneGapOf,
} from './layout.ts';
import type { PageRange } from './page-view.ts';

/**
 * `scale`: CSS pixels a cell, from the layout's own (the whole machine) to `MAX_CELL`; what is drawn is the largest
 * legal cell up to it. `x`, `y`: the point of the picture in the middle of the view, as a share of the picture's
 * width and height.
 */
export interface Camera {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The part of the picture that is in view, as shares of its width and height; may reach past 0 and 1. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
}

/** Where the first cell's corner stands, unrounded, and the wanted scale. */
export interface Stand {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** How much of the picture panning leaves in view, in CSS pixels. */
const KEPT = 64;

/** Width and height of the pages alone, without margins. */
export function pictureSize(layout: Layout): { readonly w: number; readonly h: number } {
  const { cell, tileGap, tilesPerRow, tiles, gapRows, zoneGap } = layout;
  const w = span(Math.min(tilesPerRow, Math.max(1, tiles)), cell, tileGap);
  if (isColumn(layout)) {
    return { w, h: Math.ceil(layout.pages / TILE_SIDE) * cell + gapRows.length * zoneGap };
  }
  return { w, h: span(Math.ceil(tiles / tilesPerRow), cell, tileGap) };
}

function onDevice(length: number, dpr: number): number {
  return Math.round(length * dpr) / dpr;
}

/** The layout as seen through a camera that stands at `stand`; the first cell is put on a device pixel. */
export function seenFrom(fit: Layout, stand: Stand, room: Room): Layout {
  const cell = legalCell(stand.scale);
  return {
    ...fit,
    cell,
    tileGap: isColumn(fit) ? 0 : tileGapOf(cell),
    zoneGap: fit.gapRows.length > 0 ? zoneGapOf(cell) : 0,
    left: onDevice(stand.left, room.dpr),
    top: onDevice(stand.top, room.dpr),
    width: room.width,
    height: room.height,
  };
}

export function legalScale(fit: Layout, scale: number): number {
  return Math.min(Math.max(scale, fit.cell), Math.max(MAX_CELL, fit.cell));
}

/** Where to stand so that `camera` is met, or as nearly as the picture's edges let. */
export function standOf(fit: Layout, camera: Camera, room: Room): Stand {
  const scale = legalScale(fit, camera.scale);
  const { w, h } = pictureSize(seenFrom(fit, { scale, left: 0, top: 0 }, room));
  return {
    scale,
    left: filling(room.width / 2 - camera.x * w, w, room.width),
    top: filling(room.height / 2 - camera.y * h, h, room.height),
  };
}

export function cameraAt(fit: Layout, stand: Stand, room: Room): Camera {
  const { x, y, w, h } = viewportAt(fit, stand, room);
  return { scale: stand.scale, x: x + w / 2, y: y + h / 2 };
}

export function viewportAt(fit: Layout, stand: Stand, room: Room): Viewport {
  const size = pictureSize(seenFrom(fit, stand, room));
  return {
    x: -stand.left / size.w,
    y: -stand.top / size.h,
    w: room.width / size.w,
    h: room.height / size.h,
  };
}

/** Never worse than it was, and never so far that less than `KEPT` pixels of the picture stay in view. */
function kept(wanted: number, before: number, picture: number, view: number): number {
  const least = Math.min(KEPT, picture, view / 2);
  return Math.min(Math.max(wanted, Math.min(before, least - picture)), Math.max(before, view - least));
}

export function panned(fit: Layout, stand: Stand, room: Room, dx: number, dy: number): Stand {
  const { w, h } = pictureSize(seenFrom(fit, stand, room));
  return {
    scale: stand.scale,
    left: kept(stand.left + dx, stand.left, w, room.width),
    top: kept(stand.top + dy, stand.top, h, room.height),
  };
}

/** What zooming holds still: a page and the place inside its cell (0 to 1), or a share of the picture. */
export type Anchor =
  | { readonly pfn: number; readonly inX: number; readonly inY: number }
  | { readonly pfn: null; readonly x: number; readonly y: number };

/** What lies under a point of the canvas. */
export function anchorAt(seen: Layout, x: number, y: number): Anchor {
  const pfn = pfnAt(seen, x, y);
  if (pfn !== null) {
    return { pfn, inX: (x - cellX(seen, pfn)) / seen.cell, inY: (y - cellY(seen, pfn)) / seen.cell };
  }
  const { w, h } = pictureSize(seen);
  return { pfn: null, x: (x - seen.left) / w, y: (y - seen.top) / h };
}

/** How far from the middle, in cells, a page is looked for where the middle lies in a gap. */
const NEARBY = 8;

/** The page in the middle of the view, or one near it; null where there is none. */
export function middlePage(seen: Layout): number | null {
  const [x, y] = [seen.width / 2, seen.height / 2];
  for (let away = 0; away <= NEARBY; away++) {
    const off = away * Math.max(1, seen.cell);
    for (const [dx, dy] of [
      [0, 0],
      [-off, 0],
      [0, -off],
      [off, 0],
      [0, off],
      [-off, -off],
    ] as const) {
      const pfn = pfnAt(seen, x + dx, y + dy);
      if (pfn !== null) return pfn;
    }
  }
  return null;
}

/** Rounding the stand to device pixels must not carry the point over the edge of its cell. */
function inside(share: number, cell: number, dpr: number): number {
  const margin = Math.min(0.5, 0.51 / (cell * dpr));
  return Math.min(Math.max(share, margin), 1 - margin);
}

/** Where to stand so that `anchor` comes to lie under a point of the canvas. */
export function zoomed(fit: Layout, scale: number, room: Room, anchor: Anchor, x: number, y: number): Stand {
  const base = seenFrom(fit, { scale, left: 0, top: 0 }, room);
  if (anchor.pfn === null) {
    const { w, h } = pictureSize(base);
    return { scale, left: x - anchor.x * w, top: y - anchor.y * h };
  }
  const { cell } = base;
  return {
    scale,
    left: x - cellX(base, anchor.pfn) - inside(anchor.inX, cell, room.dpr) * cell,
    top: y - cellY(base, anchor.pfn) - inside(anchor.inY, cell, room.dpr) * cell,
  };
}

/** Cell at which letters are legible. */
const READABLE = 24;

/** No empty space beside a picture larger than the view; a smaller one in the middle. */
function filling(wanted: number, picture: number, view: number): number {
  const least = view - picture - PAD;
  return least > PAD ? (view - picture) / 2 : Math.min(PAD, Math.max(least, wanted));
}

/**
 * Where to stand to have `range` in the middle of the view, or as near to it as the picture's edge lets; as large as
 * shows all of it, at most `largest` px a cell.
 */
export function cameraOn(fit: Layout, range: PageRange, room: Room, largest = READABLE): Stand {
  const last = Math.min(fit.pages, range.pfn + Math.max(1, range.pages)) - 1;
  let scale = legalScale(fit, largest);
  for (;;) {
    const base = seenFrom(fit, { scale, left: 0, top: 0 }, room);
    const box = boundsOf(base, range.pfn, last);
    const fits = box.w <= room.width && box.h <= room.height;
    if (fits || scale <= Math.max(fit.cell, 3)) {
      const { w, h } = pictureSize(base);
      return {
        scale,
        left: filling(room.width / 2 - box.x - box.w / 2, w, room.width),
        top: filling(room.height / 2 - box.y - box.h / 2, h, room.height),
      };
    }
    scale = legalScale(fit, scale > 4 ? scale - 1 : scale / 2);
  }
}

/** The box round a run of pages; a run of several tiles is taken tile by tile. */
function boundsOf(layout: Layout, first: number, last: number) {
  let [x, y, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (let pfn = first; pfn <= last; ) {
    let order = 0;
    while (order < 10 && pfn % (2 << order) === 0 && pfn + (2 << order) <= last + 1) order++;
    const rect = rectOf(layout, pfn, order);
    x = Math.min(x, rect.x);
    y = Math.min(y, rect.y);
    right = Math.max(right, rect.x + rect.w);
    bottom = Math.max(bottom, rect.y + rect.h);
    pfn += 1 << order;
  }
  return { x, y, w: right - x, h: bottom - y };
}
