/** The page grid's door: what draws it is interchangeable. */
import type { Layout, LayoutMode } from './layout.ts';
import type { Marks, PageView } from './page-view.ts';
import type { Palette } from './palette.ts';

export interface GridRenderer {
  /** Space available, in CSS pixels, and device pixels per CSS pixel. The canvas takes what its layout needs of it. */
  resize(cssWidth: number, cssHeight: number, dpr: number): void;
  /** The pages to draw. The same buffers may be handed in again, changed: only tiles that differ are repainted. */
  setView(view: PageView): void;
  setMarks(marks: Marks): void;
  setLayout(mode: LayoutMode): void;
  setTheme(palette: Palette): void;
  /** Draws now. Nothing else does: setters only take notes. */
  draw(): void;
  /** Where the pages stand, with all that was set so far. */
  readonly layout: Layout;
  /** Gives the canvas's memory back; the renderer draws no more. */
  dispose(): void;
}
