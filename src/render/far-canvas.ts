/** The overview on Canvas 2D: an ImageData of the tiles in view, written where tiles changed, drawn scaled once. */

import { pictureSize } from './camera.ts';
import { pixelPlaces, TILE_SIDE } from './cell-order.ts';
import { type FarPainter, type FarPicture, imageScale } from './far-painter.ts';
import { cellX, cellY, type Layout } from './layout.ts';
import { TILE_PAGES } from './page-view.ts';
import { tileWindow } from './visible.ts';

/** Where the image stands: its size in its own pixels, and the tile in its corner. */
interface Frame {
  readonly w: number;
  readonly h: number;
  readonly column: number;
  readonly row: number;
  readonly pitch: number;
}

function frameOf(seen: Layout): Frame {
  const scale = imageScale(seen);
  const pitch = (TILE_SIDE * seen.cell + seen.tileGap) / scale;
  if (seen.gapRows.length > 0) {
    const { w, h } = pictureSize(seen);
    return { w: w / scale, h: h / scale, column: 0, row: 0, pitch };
  }
  const { firstColumn, lastColumn, firstRow, lastRow } = tileWindow(seen);
  const gap = seen.tileGap / scale;
  const span = (first: number, last: number) => Math.max(1, (last - first + 1) * pitch - gap);
  return {
    w: span(firstColumn, lastColumn),
    h: span(firstRow, lastRow),
    column: firstColumn,
    row: firstRow,
    pitch,
  };
}

/** So many changed tiles are put one by one; more, and the whole image is. */
const FEW = 48;

export class CanvasFarPainter implements FarPainter {
  readonly #layer: CanvasRenderingContext2D;
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);
  #words: Uint32Array | null = null;
  #key = '';

  constructor(layer: CanvasRenderingContext2D) {
    this.#layer = layer;
  }

  paint(front: CanvasRenderingContext2D, picture: FarPicture): void {
    const { seen } = picture;
    const frame = frameOf(seen);
    const isNew = this.#fit(frame, picture);
    const tiles = isNew ? picture.tiles : picture.changed;
    if (!isNew && picture.touched && seen.gapRows.length === 0) {
      this.#writePoints(picture, frame, picture.touched);
    } else for (const tile of tiles) this.#write(picture, frame, tile);
    if (tiles.length > 0) this.#put(picture, frame, tiles, isNew);
    const scale = imageScale(seen);
    front.imageSmoothingEnabled = false;
    const x = seen.left + frame.column * frame.pitch * scale;
    const y = seen.top + frame.row * frame.pitch * scale;
    front.drawImage(this.#layer.canvas, x, y, frame.w * scale, frame.h * scale);
  }

  dispose(): void {
    this.#layer.canvas.width = 0;
    this.#image = null;
    this.#pixels = new Uint32Array(0);
  }

  /** Makes the image anew where it stands for other tiles, in another order or other colours. */
  #fit(frame: Frame, { seen, fold, words }: FarPicture): boolean {
    const { w, h, column, row } = frame;
    const key = [seen.mode, fold, seen.pages, seen.tilesPerRow, seen.gapRows, column, row, w, h].join();
    if (this.#image && key === this.#key && words === this.#words) return false;
    const { canvas } = this.#layer;
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    this.#image = this.#layer.createImageData(w, h);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#key = key;
    this.#words = words;
    return true;
  }

  #corner(seen: Layout, frame: Frame, tile: number): readonly [number, number] {
    return [
      ((tile % seen.tilesPerRow) - frame.column) * frame.pitch,
      (Math.floor(tile / seen.tilesPerRow) - frame.row) * frame.pitch,
    ];
  }

  #write({ seen, fold, level, words }: FarPicture, frame: Frame, tile: number): void {
    const base = tile << level.shift;
    const count = fold > 0 ? TILE_PAGES >> (2 * fold) : Math.min(TILE_PAGES, seen.pages - tile * TILE_PAGES);
    if (seen.gapRows.length > 0) {
      for (let i = 0; i < count; i++) {
        const pfn = base + i;
        const x = Math.round((cellX(seen, pfn) - seen.left) / seen.cell);
        const y = Math.round((cellY(seen, pfn) - seen.top) / seen.cell);
        this.#pixels[y * frame.w + x] = words[level.codes[pfn]!]!;
      }
      return;
    }
    const places = pixelPlaces(seen.mode, fold);
    const side = TILE_SIDE >> fold;
    const bits = 5 - fold;
    const [x, y] = this.#corner(seen, frame, tile);
    const corner = y * frame.w + x;
    const { codes } = level;
    const pixels = this.#pixels;
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      pixels[corner + (place >> bits) * frame.w + (place & (side - 1))] = words[codes[base + i]!]!;
    }
  }

  #writePoints({ seen, fold, level, words }: FarPicture, frame: Frame, points: Uint32Array): void {
    const places = pixelPlaces(seen.mode, fold);
    const side = TILE_SIDE >> fold;
    const bits = 5 - fold;
    const inTile = (1 << level.shift) - 1;
    for (const point of points) {
      const tile = point >> level.shift;
      const place = places[point & inTile]!;
      const x = ((tile % seen.tilesPerRow) - frame.column) * frame.pitch + (place & (side - 1));
      const y = (Math.floor(tile / seen.tilesPerRow) - frame.row) * frame.pitch + (place >> bits);
      this.#pixels[y * frame.w + x] = words[level.codes[point]!]!;
    }
  }

  #put({ seen, fold }: FarPicture, frame: Frame, tiles: readonly number[], isNew: boolean): void {
    const image = this.#image;
    if (!image) return;
    this.#layer.setTransform(1, 0, 0, 1, 0, 0);
    if (isNew || tiles.length > FEW || seen.gapRows.length > 0) {
      this.#layer.putImageData(image, 0, 0);
      return;
    }
    const side = TILE_SIDE >> fold;
    for (const tile of tiles) {
      const [x, y] = this.#corner(seen, frame, tile);
      this.#layer.putImageData(image, 0, 0, x, y, side, side);
    }
  }
}
