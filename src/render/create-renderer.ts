/** The page grid on the back end that a browser is best at. */
import { type Backend, chooseBackend, type GlProbe, probeGl } from './backend.ts';
import { createCanvas2dRenderer } from './canvas2d.ts';
import type { GridRenderer } from './grid-renderer.ts';
import type { RendererOptions } from './renderer.ts';
import { createWebgl2Renderer } from './webgl2.ts';

export interface GridOptions extends RendererOptions {
  /** What the page's address asks for: `canvas2d` or `webgl2`. */
  readonly forced?: string | null;
  /** Looks for GL; once a page is enough. */
  readonly probe?: () => GlProbe;
}

const CREATE: Readonly<
  Record<Backend, (canvas: HTMLCanvasElement, options: RendererOptions) => GridRenderer>
> = {
  canvas2d: createCanvas2dRenderer,
  webgl2: createWebgl2Renderer,
};

/** Creates a renderer that owns `canvas`. Throws if the browser gives it no 2D context. */
export function createGridRenderer(canvas: HTMLCanvasElement, options: GridOptions): GridRenderer {
  const { backend } = chooseBackend({ forced: options.forced ?? null, probe: options.probe ?? probeGl });
  return CREATE[backend](canvas, options);
}
