/** Cameras that move together: what one pane's camera is told, all are told. All panes have one size. */
import { createGridView, type GridView } from '../grid/grid-view.ts';

/** `count` cameras; a command to any of them is one to all. */
export function createLinkedViews(count: number): readonly GridView[] {
  const views = Array.from({ length: count }, createGridView);
  const all = (act: (view: GridView) => void) => {
    for (const view of views) act(view);
  };
  return views.map((view) => ({
    attach: view.attach,
    subscribe: view.subscribe,
    sight: view.sight,
    sync: view.sync,
    zoom: (factor, at) => all((one) => one.zoom(factor, at)),
    pan: (dx, dy) => all((one) => one.pan(dx, dy)),
    fit: () => all((one) => one.fit()),
    show: (pfn, pages) => all((one) => one.show(pfn, pages)),
    zoomed: view.zoomed,
    zoomTo: (zoom) => all((one) => one.zoomTo(zoom)),
    move: (x, y) => all((one) => one.move(x, y)),
    reveal: (pfn) => all((one) => one.reveal(pfn)),
  }));
}
