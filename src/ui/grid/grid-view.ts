/**
 * The page grid's camera as the page sees it: commands on one side, on the other a snapshot that React reads. The
 * renderer keeps the truth; a view without one attached shows the whole machine and takes no command.
 */
import type { Camera, Viewport } from '../../render/camera.ts';
import type { GridRenderer } from '../../render/grid-renderer.ts';
import type { Layout } from '../../render/layout.ts';
import type { Zoom } from '../../worker/protocol.ts';

export interface Sight {
  /** Where the pages stand through the camera; null while the whole machine is in view. */
  readonly seen: Layout | null;
  readonly viewport: Viewport;
}

export interface GridView {
  /** Takes the renderer on; returns the way to let it go. */
  attach(renderer: GridRenderer, redraw: () => void): () => void;
  subscribe(listener: () => void): () => void;
  readonly sight: () => Sight;
  /** Reads the renderer again, after its room or machine changed. */
  sync(): void;
  /** Zooms at a point of the canvas, or at its middle. */
  zoom(factor: number, at?: readonly [number, number]): void;
  pan(dx: number, dy: number): void;
  fit(): void;
  show(pfn: number, pages: number): void;
  /** Where it is zoomed in to; null: the whole machine. */
  readonly zoomed: () => Zoom | null;
  /** Goes back to what `zoomed` told. */
  zoomTo(zoom: Zoom | null): void;
  /** Brings the middle of the view to a place in the picture, as shares of it. */
  move(x: number, y: number): void;
  /** Pans as little as brings a page into view. */
  reveal(pfn: number): void;
}

/** One press of a button or key. */
export const ZOOM_STEP = 1.5;
/** Space kept round a page that is brought into view, in cells. */
const MARGIN = 1.5;

const WHOLE: Sight = { seen: null, viewport: { x: 0, y: 0, w: 1, h: 1 } };

/** How far a length has to move to lie inside `room`. */
function into(from: number, to: number, room: number): number {
  if (from < 0) return -from;
  return to > room ? room - to : 0;
}

export function createGridView(): GridView {
  let renderer: GridRenderer | null = null;
  let redraw: () => void = () => {};
  let sight = WHOLE;
  const listeners = new Set<() => void>();

  const sync = () => {
    const seen = renderer === null || renderer.seen === renderer.layout ? null : renderer.seen;
    if (seen === sight.seen) return;
    sight = seen === null || renderer === null ? WHOLE : { seen, viewport: renderer.viewport };
    for (const listener of listeners) listener();
  };
  const command = (act: (renderer: GridRenderer) => void) => {
    if (renderer === null) return;
    act(renderer);
    redraw();
    sync();
  };

  return {
    attach(made, ask) {
      renderer = made;
      redraw = ask;
      return () => {
        if (renderer !== made) return;
        renderer = null;
        sync();
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sight: () => sight,
    sync,
    zoom: (factor, at) =>
      command((made) => {
        const { width, height } = made.layout;
        made.zoomAt(at?.[0] ?? width / 2, at?.[1] ?? height / 2, factor);
      }),
    pan: (dx, dy) => command((made) => made.panBy(dx, dy)),
    fit: () => command((made) => made.fit()),
    show: (pfn, pages) => command((made) => made.showPages(pfn, pages)),
    zoomed: () => {
      if (renderer === null || sight.seen === null) return null;
      const pfn = renderer.middlePage;
      return pfn === null ? null : { pfn, cell: Math.round(renderer.camera.scale * 100) / 100 };
    },
    zoomTo: (zoom) =>
      command((made) => {
        if (zoom === null) made.fit();
        else if (zoom.pfn < made.layout.pages) made.showPages(zoom.pfn, 1, zoom.cell);
      }),
    move: (x, y) =>
      command((made) => {
        const camera: Camera = { ...made.camera, x, y };
        made.setCamera(camera);
      }),
    reveal: (pfn) => {
      if (sight.seen === null) return;
      command((made) => {
        const { x, y, w, h } = made.rectOf(pfn, 0);
        const { width, height } = made.seen;
        const around = MARGIN * w;
        made.panBy(into(x - around, x + w + around, width), into(y - around, y + h + around, height));
      });
    },
  };
}
