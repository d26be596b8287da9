/**
 * The page grid's renderer. Pages are painted into layers of their own, tile by tile where they changed, and the
 * layers are copied under zone lines and marks at every draw, so a moving outline repaints no page. What paints the
 * overview is handed in; everything larger is the same on every back end.
 */
import type { Backend } from './backend.ts';
import type { Brush } from './brush.ts';
import { type Camera, middlePage, type Viewport } from './camera.ts';
import { CanvasFarPainter } from './far-canvas.ts';
import type { FarPainter } from './far-painter.ts';
import { FarPlane } from './far-plane.ts';
import type { GridRenderer } from './grid-renderer.ts';
import { type Layout, type LayoutMode, layoutOf, pfnAt, type Rect, rectOf } from './layout.ts';
import { foldOf, isOverview } from './level.ts';
import { paintCutOrders } from './order-labels.ts';
import { paintMarks, paintTileFrames, paintZoneLines } from './overlay.ts';
import { type Marks, NO_MARKS, type PageView } from './page-view.ts';
import type { Palette } from './palette.ts';
import { ShapeLayer } from './shape-layer.ts';
import { codeColours, codeWords, NO_OVERLAY, type Overlay } from './tint.ts';
import { Tweens } from './tween.ts';
import { Viewpoint } from './viewpoint.ts';
import { tilesIn, tileWindow } from './visible.ts';
import { type Segment, zoneSegments } from './zone-lines.ts';

export interface RendererOptions {
  readonly palette: Palette;
  readonly mode?: LayoutMode;
  /** Largest cell in CSS pixels when the whole machine is in view; see `layoutOf`. */
  readonly maxCell?: number;
  /** Tiles per row; see `layoutOf`. */
  readonly columns?: number;
  /** Makes a canvas that is not shown; `document.createElement` by default. */
  readonly makeCanvas?: () => HTMLCanvasElement;
  /** Called when the renderer itself wants to be drawn again: while something moves, after a lost context. */
  readonly requestDraw?: () => void;
  /** Milliseconds, for what moves; `performance.now` by default. */
  readonly now?: () => number;
}

type MakeCanvas = () => HTMLCanvasElement;

/** A back end: what paints the overview. `lost` is to be called when it can do so no more. */
export interface FarBackend {
  readonly backend: Backend;
  makeFarPainter(makeCanvas: MakeCanvas, lost: () => void): FarPainter;
  loseContext?(): boolean;
}

const NO_VIEW: PageView = {
  pages: 0,
  state: new Uint8Array(0),
  detail: new Uint8Array(0),
  zones: [],
  slabOrder: 0,
};

export function createRenderer(
  canvas: HTMLCanvasElement,
  options: RendererOptions,
  far: FarBackend,
): GridRenderer {
  return new Renderer(canvas, options, far);
}

/** The canvas's 2D context. Throws where it has none. */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the page grid: expected a canvas without another context');
  return context;
}

function sameZones(a: PageView, b: PageView): boolean {
  if (a.zones === b.zones) return true;
  return a.zones.length === b.zones.length && a.zones.every((zone, i) => zone.start === b.zones[i]!.start);
}

class Renderer implements GridRenderer {
  readonly #canvas: HTMLCanvasElement;
  readonly #front: CanvasRenderingContext2D;
  readonly #options: RendererOptions;
  readonly #makeCanvas: MakeCanvas;
  readonly #backend: FarBackend;
  readonly #shapes: ShapeLayer;
  readonly #plane = new FarPlane();
  readonly #viewpoint: Viewpoint;
  #far: FarPainter | null = null;
  /** Stands in for `#far` where that cannot paint. */
  #plain: FarPainter | null = null;
  /** Whether codes were worked out that no far painter was told of. */
  #isPlaneAhead = false;
  #isLost = false;
  #tweens: Tweens | null = null;
  #motion = false;
  #overlay = NO_OVERLAY;
  #words: Uint32Array | null = null;
  #colours: readonly string[] = [];
  #palette: Palette;
  #mode: LayoutMode;
  #columns: number | undefined;
  #maxCell: number | undefined;
  #view = NO_VIEW;
  #marks = NO_MARKS;
  #room = { width: 0, height: 0, dpr: 1 };
  #layout: Layout | null = null;
  #segments: { readonly of: Layout; readonly lines: readonly Segment[] } | null = null;
  #isDisposed = false;

  constructor(canvas: HTMLCanvasElement, options: RendererOptions, backend: FarBackend) {
    this.#canvas = canvas;
    this.#options = options;
    this.#backend = backend;
    this.#makeCanvas = options.makeCanvas ?? (() => document.createElement('canvas'));
    this.#front = contextOf(canvas);
    this.#shapes = new ShapeLayer(contextOf(this.#makeCanvas()));
    this.#palette = options.palette;
    this.#mode = options.mode ?? 'rows';
    this.#columns = options.columns;
    this.#maxCell = options.maxCell;
    this.#viewpoint = new Viewpoint(this.#fitted(), this.#room);
  }

  get layout(): Layout {
    if (!this.#layout) {
      this.#layout = this.#fitted();
      this.#viewpoint.place(this.#layout, this.#room);
      this.#shapes.forget();
    }
    return this.#layout;
  }

  get seen(): Layout {
    return this.layout && this.#viewpoint.seen;
  }

  get camera(): Camera {
    return this.#placed.camera;
  }

  get viewport(): Viewport {
    return this.#placed.viewport;
  }

  get backend(): Backend {
    return this.#isLost ? 'canvas2d' : this.#backend.backend;
  }

  resize(cssWidth: number, cssHeight: number, dpr: number): void {
    const { width, height } = this.#room;
    if (cssWidth === width && cssHeight === height && dpr === this.#room.dpr) return;
    this.#room = { width: cssWidth, height: cssHeight, dpr };
    this.#layout = null;
  }

  setView(view: PageView, dirtyTiles: Uint8Array | null = null): void {
    const before = this.#view;
    this.#view = view;
    if (view.pages !== before.pages || !sameZones(view, before)) this.#layout = null;
    if (view.slabOrder !== before.slabOrder) this.#shapes.forget();
    this.#shapes.touch(dirtyTiles);
    this.#plane.touch(dirtyTiles);
  }

  setMarks(marks: Marks): void {
    this.#marks = marks;
  }

  setLayout(mode: LayoutMode, columns?: number, maxCell = this.#options.maxCell): void {
    if (mode === this.#mode && columns === this.#columns && maxCell === this.#maxCell) return;
    this.#mode = mode;
    this.#columns = columns;
    this.#maxCell = maxCell;
    this.#layout = null;
  }

  setTheme(palette: Palette): void {
    this.#palette = palette;
    this.#words = null;
    this.#shapes.forget();
    this.#tweens?.cut();
  }

  setOverlay(overlay: Overlay): void {
    const isSameQuestion = overlay.kind === this.#overlay.kind;
    this.#overlay = overlay;
    const since = overlay.kind === 'changed' && !overlay.bytes ? this.#view.state.slice() : null;
    this.#plane.setOverlay(overlay, since);
    if (isSameQuestion && overlay.kind !== 'changed') return;
    this.#words = null;
    this.#shapes.forget();
  }

  setMotion(on: boolean): void {
    this.#motion = on;
    if (!on) this.#tweens?.cut();
  }

  setCamera(camera: Camera): void {
    this.#placed.set(camera);
  }

  zoomAt(cssX: number, cssY: number, factor: number): void {
    this.#placed.zoom(cssX, cssY, factor);
  }

  panBy(dx: number, dy: number): void {
    this.#placed.pan(dx, dy);
  }

  fit(): void {
    this.#placed.fit();
  }

  showPages(pfn: number, pages: number, largest?: number): void {
    this.#placed.show({ pfn, pages }, largest);
  }

  get middlePage(): number | null {
    return middlePage(this.seen);
  }

  pfnAt(cssX: number, cssY: number): number | null {
    return pfnAt(this.seen, cssX, cssY);
  }

  rectOf(pfn: number, order: number): Rect {
    return rectOf(this.seen, pfn, order);
  }

  testLoseContext(): boolean {
    return this.#backend.loseContext?.() ?? false;
  }

  draw(): void {
    if (this.#isDisposed) return;
    const { seen } = this;
    const { dpr } = this.#room;
    this.#fitCanvas(seen);
    this.#front.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#front.fillStyle = this.#palette.paper;
    this.#front.fillRect(0, 0, this.#canvas.width / dpr, this.#canvas.height / dpr);
    if (seen.pages === 0) return;
    if (isOverview(seen.cell)) this.#drawOverview(seen);
    else this.#drawShapes(seen);
    const brush: Brush = { g: this.#front, palette: this.#palette, dpr, cell: seen.cell };
    paintTileFrames(brush, seen);
    paintZoneLines(brush, this.#zoneLines(seen));
    paintMarks(brush, seen, this.#marks);
    if (this.#tweens?.isRunning) this.#options.requestDraw?.();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#far?.dispose();
    this.#plain?.dispose();
    this.#shapes.dispose();
    this.#tweens?.dispose();
    this.#canvas.width = 0;
    this.#view = NO_VIEW;
    this.#marks = NO_MARKS;
  }

  get #placed(): Viewpoint {
    return this.layout && this.#viewpoint;
  }

  #fitted(): Layout {
    const { pages, zones } = this.#view;
    const { width, height } = this.#room;
    const maxCell = this.#maxCell;
    const columns = this.#columns;
    return layoutOf({
      pages,
      zones,
      mode: this.#mode,
      width,
      height,
      ...(maxCell === undefined ? {} : { maxCell }),
      ...(columns === undefined ? {} : { columns }),
    });
  }

  /** Setting a canvas's size clears it, so it is set only where it differs. */
  #fitCanvas(seen: Layout): void {
    const { dpr } = this.#room;
    const width = Math.ceil(seen.width * dpr);
    const height = Math.ceil(seen.height * dpr);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#canvas.style.width = `${seen.width}px`;
    this.#canvas.style.height = `${seen.height}px`;
  }

  #zoneLines(seen: Layout): readonly Segment[] {
    if (this.#segments?.of !== seen) this.#segments = { of: seen, lines: zoneSegments(seen) };
    return this.#segments.lines;
  }

  #drawShapes(seen: Layout): void {
    const { dpr } = this.#room;
    const tiles = tilesIn(seen, tileWindow(seen));
    const { phases } = this.#marks;
    const picture = { seen, view: this.#view, phases, palette: this.#palette, dpr, tiles };
    const tint = this.#overlay.kind === 'none' ? null : this.#tint(seen, tiles);
    const now = (this.#options.now ?? (() => performance.now()))();
    this.#shapes.paint({ ...picture, tint }, this.#movable(), now);
    this.#front.setTransform(1, 0, 0, 1, 0, 0);
    this.#front.drawImage(this.#shapes.canvas, 0, 0);
    this.#front.setTransform(dpr, 0, 0, dpr, 0, 0);
    this.#tweens?.paint(this.#front, dpr, now);
    paintCutOrders({ g: this.#front, palette: this.#palette, dpr, cell: seen.cell }, seen, this.#view, tiles);
  }

  #movable(): Tweens | null {
    if (!this.#motion || !this.#options.requestDraw) return null;
    this.#tweens ??= new Tweens(contextOf(this.#makeCanvas()));
    return this.#tweens;
  }

  #tint(seen: Layout, tiles: readonly number[]) {
    const changed = this.#plane.update(this.#view, seen.mode, 0, tiles, NO_MARKS.phases);
    this.#isPlaneAhead = true;
    this.#readColours();
    return { overlay: this.#overlay, codes: this.#plane.level.codes, colours: this.#colours, changed };
  }

  #readColours(): Uint32Array {
    if (!this.#words) {
      this.#words = codeWords(this.#palette, this.#overlay);
      this.#colours = codeColours(this.#palette, this.#overlay);
    }
    return this.#words;
  }

  #drawOverview(seen: Layout): void {
    const { dpr } = this.#room;
    this.#tweens?.cut();
    const fold = foldOf(seen.cell);
    if (this.#isPlaneAhead) this.#plane.forget();
    this.#isPlaneAhead = false;
    const tiles = tilesIn(seen, tileWindow(seen));
    const words = this.#readColours();
    const changed = this.#plane.update(this.#view, seen.mode, fold, tiles, this.#marks.phases);
    const { level, touched } = this.#plane;
    const picture = { seen, fold, level, words, tiles, changed, touched, dpr };
    this.#painterFor(seen).paint(this.#front, picture);
  }

  /** Zone gaps inside tiles are known to Canvas 2D only: such machines are small. */
  #painterFor(seen: Layout): FarPainter {
    if (this.#isLost || seen.gapRows.length > 0) {
      this.#plain ??= new CanvasFarPainter(contextOf(this.#makeCanvas()));
      return this.#plain;
    }
    this.#far ??= this.#backend.makeFarPainter(this.#makeCanvas, () => this.#fallBack());
    return this.#far;
  }

  /** From here on the overview is drawn on Canvas 2D, which cannot be lost. */
  #fallBack(): void {
    if (this.#isLost || this.#isDisposed) return;
    this.#isLost = true;
    this.#far?.dispose();
    this.#far = null;
    if (this.#options.requestDraw) this.#options.requestDraw();
    else this.draw();
  }
}
