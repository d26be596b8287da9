/** The whole machine in the small, with a frame round what the page grid shows; press or drag to move there. */
import { type Brush, frame, grown, lineWidth, snapRect } from './brush.ts';
import { pictureSize, type Viewport } from './camera.ts';
import { createCanvas2dRenderer } from './canvas2d.ts';
import type { Layout, LayoutMode, Rect } from './layout.ts';
import type { PageView } from './page-view.ts';
import type { Palette } from './palette.ts';
import type { Overlay } from './tint.ts';

export interface MinimapOptions {
  readonly palette: Palette;
  /** Where to bring the middle of the view, as shares of the picture's width and height; see `Camera`. */
  readonly onMove: (x: number, y: number) => void;
  readonly makeCanvas?: () => HTMLCanvasElement;
}

export interface Minimap {
  /** The grid whose tiles are to be arranged alike: its `layout.mode` and `layout.tilesPerRow`. */
  follow(grid: { readonly mode: LayoutMode; readonly tilesPerRow: number }): void;
  setView(view: PageView, dirtyTiles?: Uint8Array | null): void;
  /** What the grid shows now: its `viewport`. */
  setViewport(viewport: Viewport): void;
  setTheme(palette: Palette): void;
  setOverlay(overlay: Overlay): void;
  resize(cssWidth: number, cssHeight: number, dpr: number): void;
  draw(): void;
  /** Where the pages stand in it. */
  readonly layout: Layout;
  /** Where the frame stands, cut to the picture. */
  readonly frame: Rect;
  dispose(): void;
}

/** Smallest side of the frame, so that it can be seen and taken hold of. */
const SMALLEST = 8;

/** Creates a minimap that owns `canvas` and listens to its pointer. */
export function createMinimap(canvas: HTMLCanvasElement, options: MinimapOptions): Minimap {
  return new MinimapView(canvas, options);
}

class MinimapView implements Minimap {
  readonly #canvas: HTMLCanvasElement;
  readonly #options: MinimapOptions;
  readonly #listeners = new AbortController();
  #grid = { mode: 'z' as LayoutMode, tilesPerRow: 1 };
  #renderer;
  #palette: Palette;
  #viewport: Viewport = { x: 0, y: 0, w: 1, h: 1 };
  #room: readonly [number, number, number] = [0, 0, 1];
  #view: PageView | null = null;
  #overlay: Overlay | null = null;
  /** While dragging: from the pointer to the middle of the frame. */
  #grip: readonly [number, number] | null = null;

  constructor(canvas: HTMLCanvasElement, options: MinimapOptions) {
    this.#canvas = canvas;
    this.#options = options;
    this.#palette = options.palette;
    this.#renderer = this.#made();
    const { signal } = this.#listeners;
    canvas.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    canvas.addEventListener('pointermove', (event) => this.#drag(event), { signal });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      canvas.addEventListener(end, () => this.#release(), { signal });
    }
  }

  follow(grid: { readonly mode: LayoutMode; readonly tilesPerRow: number }): void {
    if (grid.mode === this.#grid.mode && grid.tilesPerRow === this.#grid.tilesPerRow) return;
    this.#grid = { mode: grid.mode, tilesPerRow: grid.tilesPerRow };
    this.#renderer = this.#made();
    this.#renderer.resize(...this.#room);
    if (this.#view) this.#renderer.setView(this.#view);
    if (this.#overlay) this.#renderer.setOverlay(this.#overlay);
  }

  setView(view: PageView, dirtyTiles: Uint8Array | null = null): void {
    this.#view = view;
    this.#renderer.setView(view, dirtyTiles);
  }

  setViewport(viewport: Viewport): void {
    this.#viewport = viewport;
  }

  setTheme(palette: Palette): void {
    this.#palette = palette;
    this.#renderer.setTheme(palette);
  }

  setOverlay(overlay: Overlay): void {
    this.#overlay = overlay;
    this.#renderer.setOverlay(overlay);
  }

  resize(cssWidth: number, cssHeight: number, dpr: number): void {
    this.#room = [cssWidth, cssHeight, dpr];
    this.#renderer.resize(cssWidth, cssHeight, dpr);
  }

  get layout(): Layout {
    return this.#renderer.layout;
  }

  get frame(): Rect {
    const { layout } = this.#renderer;
    const { w, h } = pictureSize(layout);
    const [x, width] = cut(this.#viewport.x, this.#viewport.w, w);
    const [y, height] = cut(this.#viewport.y, this.#viewport.h, h);
    return { x: layout.left + x, y: layout.top + y, w: width, h: height };
  }

  draw(): void {
    this.#renderer.draw();
    const g = this.#canvas.getContext('2d');
    if (!g) return;
    const brush: Brush = { g, palette: this.#palette, dpr: this.#room[2], cell: this.#renderer.layout.cell };
    const around = grown(snapRect(brush, this.frame), lineWidth(brush, 1));
    frame(brush, grown(around, lineWidth(brush, 1)), this.#palette.paper, 1);
    frame(brush, around, this.#palette.accent, 2);
  }

  dispose(): void {
    this.#listeners.abort();
    this.#renderer.dispose();
  }

  #made() {
    const { makeCanvas } = this.#options;
    return createCanvas2dRenderer(this.#canvas, {
      palette: this.#palette,
      mode: this.#grid.mode,
      columns: this.#grid.tilesPerRow,
      ...(makeCanvas ? { makeCanvas } : {}),
    });
  }

  #press(event: PointerEvent): void {
    const { x, y, w, h } = this.frame;
    const [middleX, middleY] = [x + w / 2, y + h / 2];
    const dx = middleX - event.offsetX;
    const dy = middleY - event.offsetY;
    const isHeld = Math.abs(dx) <= w / 2 && Math.abs(dy) <= h / 2;
    this.#grip = isHeld ? [dx, dy] : [0, 0];
    this.#canvas.setPointerCapture(event.pointerId);
    if (!isHeld) this.#move(event);
  }

  #drag(event: PointerEvent): void {
    if (this.#grip) this.#move(event);
  }

  #release(): void {
    this.#grip = null;
  }

  #move(event: PointerEvent): void {
    const [dx, dy] = this.#grip ?? [0, 0];
    const { layout } = this.#renderer;
    const { w, h } = pictureSize(layout);
    const share = (at: number, length: number) => Math.min(1, Math.max(0, at / length));
    this.#options.onMove(
      share(event.offsetX + dx - layout.left, w),
      share(event.offsetY + dy - layout.top, h),
    );
  }
}

/** Start and length of a share of `length`, cut to it, at least `SMALLEST` long. */
function cut(start: number, share: number, length: number): readonly [number, number] {
  const from = Math.min(Math.max(0, start), 1) * length;
  const to = Math.min(Math.max(0, start + share), 1) * length;
  const size = Math.min(Math.max(to - from, SMALLEST), length);
  return [Math.min(Math.max(0, (from + to - size) / 2), length - size), size];
}
