/** The page grid's door: what draws it is interchangeable. */
import type { Backend } from './backend.ts';
import type { Camera, Viewport } from './camera.ts';
import type { Layout, LayoutMode, Rect } from './layout.ts';
import type { Marks, PageView } from './page-view.ts';
import type { Palette } from './palette.ts';
import type { Overlay } from './tint.ts';

export interface GridRenderer {
  /**
   * Space available, in CSS pixels, and device pixels per CSS pixel. The canvas takes what its layout needs of it, and
   * all of it once the camera is closer.
   */
  resize(cssWidth: number, cssHeight: number, dpr: number): void;
  /**
   * The pages to draw. The same buffers may be handed in again, changed: only tiles that differ are repainted.
   * `dirtyTiles`: one byte a tile of 1,024 pages, not 0 where pages may differ from the last view handed in; the
   * others are not even looked at. Several calls before a draw add up.
   */
  setView(view: PageView, dirtyTiles?: Uint8Array | null): void;
  setMarks(marks: Marks): void;
  /**
   * Another order of pages inside the tiles, tiles per row and largest cell as in `layoutOf`. The camera shows the whole
   * machine again.
   */
  setLayout(mode: LayoutMode, columns?: number, maxCell?: number): void;
  setTheme(palette: Palette): void;
  /** Lays an overlay over the kinds; see `Overlay`. Hand it in again when its bytes changed. */
  setOverlay(overlay: Overlay): void;
  /** Whether changes are shown as they happen; off for those who want no motion. Needs `requestDraw`. */
  setMotion(on: boolean): void;
  /** Draws now. Nothing else does: setters only take notes. */
  draw(): void;
  /** Where the pages stand when the whole machine is in view, with all that was set so far. */
  readonly layout: Layout;

  /** Where the pages stand through the camera: what is drawn, and what `pfnAt` and `rectOf` speak of. */
  readonly seen: Layout;
  /** Changes are drawn at the next `draw`. Below the whole machine's scale and above 32 px a cell it is held there. */
  readonly camera: Camera;
  /** Takes the camera there, held so that no empty space comes into view beside a picture larger than it. */
  setCamera(camera: Camera): void;
  /** Zooms by `factor` and keeps what is under the point where it is. Zoomed out all the way it is as `fit`. */
  zoomAt(cssX: number, cssY: number, factor: number): void;
  /** Moves the picture by CSS pixels; some of it always stays in view. */
  panBy(dx: number, dy: number): void;
  /** The whole machine. */
  fit(): void;
  /** Brings a run of pages to the middle, `largest` px a cell (24 by default) if all of it has room, else smaller. */
  showPages(pfn: number, pages: number, largest?: number): void;
  /** The page in the middle of the view, or near it; null where none is. */
  readonly middlePage: number | null;
  /** The part of the picture in view, as shares of it. */
  readonly viewport: Viewport;
  /** The page at a point of the canvas; null in a gap, outside, or past the end of memory. */
  pfnAt(cssX: number, cssY: number): number | null;
  /** Where the aligned block of `order` (0 to 10) at `pfn` stands on the canvas, or off it. */
  rectOf(pfn: number, order: number): Rect;

  /** What draws the overview now: WebGL2 falls back to Canvas 2D when its context is lost. */
  readonly backend: Backend;
  /** Loses the GL context, as a driver's reset does; for tests. False where there is none. */
  testLoseContext(): boolean;
  /** Gives the canvas's memory back; the renderer draws no more. */
  dispose(): void;
}
