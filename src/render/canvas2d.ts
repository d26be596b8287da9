/**
 * The page grid on Canvas 2D. Pages are painted into a layer of their own, tile by tile where they changed, and the
 * layer is copied under zone lines and marks at every draw, so a moving outline repaints no page.
 */
import type { Brush } from './brush.ts';
import type { GridRenderer } from './grid-renderer.ts';
import { type Layout, type LayoutMode, layoutOf, PAD } from './layout.ts';
import { isOverview } from './level.ts';
import { paintMarks, paintTileFrames, paintZoneLines } from './overlay.ts';
import { type FarWords, farWords, imageScale, imageSize, paintFarTile } from './overview.ts';
import { type Marks, NO_MARKS, type PageView } from './page-view.ts';
import { PaintedCopy } from './painted-copy.ts';
import type { Palette } from './palette.ts';
import { paintTile } from './tile-painter.ts';
import { type Segment, zoneSegments } from './zone-lines.ts';

export interface Canvas2dOptions {
  readonly palette: Palette;
  readonly mode?: LayoutMode;
  /** Largest cell in CSS pixels; see `layoutOf`. */
  readonly maxCell?: number;
  /** Makes a canvas that is not shown; `document.createElement` by default. */
  readonly makeCanvas?: () => HTMLCanvasElement;
}

const NO_VIEW: PageView = {
  pages: 0,
  state: new Uint8Array(0),
  detail: new Uint8Array(0),
  zones: [],
  slabOrder: 0,
};

/** Creates a renderer that owns `canvas`. Throws if the browser gives it no 2D context. */
export function createCanvas2dRenderer(canvas: HTMLCanvasElement, options: Canvas2dOptions): GridRenderer {
  return new Canvas2dRenderer(canvas, options);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the page grid: expected a canvas without another context');
  return context;
}

class Canvas2dRenderer implements GridRenderer {
  readonly #canvas: HTMLCanvasElement;
  readonly #front: CanvasRenderingContext2D;
  readonly #layer: CanvasRenderingContext2D;
  readonly #maxCell: number | undefined;
  readonly #painted = new PaintedCopy();
  #image: ImageData | null = null;
  #words: FarWords | null = null;
  #palette: Palette;
  #mode: LayoutMode;
  #view = NO_VIEW;
  #marks = NO_MARKS;
  #room = { width: 0, height: 0, dpr: 1 };
  #layout: Layout | null = null;
  #segments: readonly Segment[] = [];
  #disposed = false;

  constructor(canvas: HTMLCanvasElement, options: Canvas2dOptions) {
    this.#canvas = canvas;
    this.#front = contextOf(canvas);
    this.#layer = contextOf((options.makeCanvas ?? (() => document.createElement('canvas')))());
    this.#palette = options.palette;
    this.#mode = options.mode ?? 'rows';
    this.#maxCell = options.maxCell;
  }

  get layout(): Layout {
    if (!this.#layout) {
      const { pages, zones } = this.#view;
      const { width, height } = this.#room;
      const request = { pages, zones, mode: this.#mode, width, height };
      this.#layout = layoutOf(this.#maxCell === undefined ? request : { ...request, maxCell: this.#maxCell });
      this.#segments = zoneSegments(this.#layout);
      this.#painted.forget();
    }
    return this.#layout;
  }

  resize(cssWidth: number, cssHeight: number, dpr: number): void {
    const { width, height } = this.#room;
    if (cssWidth === width && cssHeight === height && dpr === this.#room.dpr) return;
    this.#room = { width: cssWidth, height: cssHeight, dpr };
    this.#layout = null;
  }

  setView(view: PageView): void {
    const before = this.#view;
    this.#view = view;
    const sameZones =
      view.zones === before.zones ||
      (view.zones.length === before.zones.length &&
        view.zones.every((zone, i) => zone.start === before.zones[i]!.start));
    if (view.pages !== before.pages || !sameZones) this.#layout = null;
    if (view.slabOrder !== before.slabOrder) this.#painted.forget();
  }

  setMarks(marks: Marks): void {
    this.#marks = marks;
  }

  setLayout(mode: LayoutMode): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#layout = null;
  }

  setTheme(palette: Palette): void {
    this.#palette = palette;
    this.#words = null;
    this.#painted.forget();
  }

  draw(): void {
    if (this.#disposed) return;
    const { layout } = this;
    this.#fitCanvas(layout);
    const { dpr } = this.#room;
    const brush: Brush = { g: this.#front, palette: this.#palette, dpr, cell: layout.cell };
    this.#front.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#front.fillStyle = this.#palette.paper;
    this.#front.fillRect(0, 0, this.#canvas.width / dpr, this.#canvas.height / dpr);
    if (layout.pages === 0) return;
    if (isOverview(layout.cell)) this.#drawOverview(layout);
    else this.#drawShapes(layout);
    paintTileFrames(brush, layout);
    paintZoneLines(brush, this.#segments);
    paintMarks(brush, layout, this.#marks);
  }

  dispose(): void {
    this.#disposed = true;
    this.#layer.canvas.width = 0;
    this.#canvas.width = 0;
    this.#image = null;
    this.#view = NO_VIEW;
    this.#marks = NO_MARKS;
  }

  /** Setting a canvas's size clears it, so it is set only where it differs. */
  #fitCanvas(layout: Layout): void {
    const { dpr } = this.#room;
    const width = Math.ceil(layout.width * dpr);
    const height = Math.ceil(layout.height * dpr);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#canvas.style.width = `${layout.width}px`;
    this.#canvas.style.height = `${layout.height}px`;
  }

  /** Sizes the hidden layer; a new size means that nothing is painted in it. */
  #fitLayer(width: number, height: number): void {
    const { canvas } = this.#layer;
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
    this.#image = null;
    this.#painted.forget();
  }

  #drawShapes(layout: Layout): void {
    const { dpr } = this.#room;
    this.#fitLayer(this.#canvas.width, this.#canvas.height);
    const brush: Brush = { g: this.#layer, palette: this.#palette, dpr, cell: layout.cell };
    this.#layer.setTransform(dpr, 0, 0, dpr, 0, 0);
    if (this.#painted.isForgotten) {
      this.#layer.fillStyle = this.#palette.paper;
      this.#layer.fillRect(0, 0, this.#canvas.width / dpr, this.#canvas.height / dpr);
    }
    for (const tile of this.#painted.take(this.#view, this.#marks.phases)) {
      paintTile(brush, layout, this.#view, tile, this.#marks.phases);
    }
    this.#front.setTransform(1, 0, 0, 1, 0, 0);
    this.#front.drawImage(this.#layer.canvas, 0, 0);
    this.#front.setTransform(dpr, 0, 0, dpr, 0, 0);
  }

  #drawOverview(layout: Layout): void {
    const size = imageSize(layout);
    this.#fitLayer(size.w, size.h);
    this.#layer.setTransform(1, 0, 0, 1, 0, 0);
    if (!this.#image || this.#painted.isForgotten) this.#image = this.#layer.createImageData(size.w, size.h);
    const target = { words: new Uint32Array(this.#image.data.buffer), width: size.w };
    this.#words ??= farWords(this.#palette);
    const tiles = this.#painted.take(this.#view, this.#marks.phases);
    for (const tile of tiles) {
      paintFarTile(target, layout, this.#view, tile, this.#words, this.#marks.phases);
    }
    if (tiles.length > 0) this.#layer.putImageData(this.#image, 0, 0);
    const scale = imageScale(layout);
    this.#front.imageSmoothingEnabled = false;
    this.#front.drawImage(this.#layer.canvas, PAD, PAD, size.w * scale, size.h * scale);
  }
}
