/** The page grid with its overview on WebGL2; larger cells, marks and a lost context are Canvas 2D's. */
import { GlFarPainter } from './far-gl.ts';
import type { GridRenderer } from './grid-renderer.ts';
import { createRenderer, type RendererOptions } from './renderer.ts';

/** Creates a renderer that owns `canvas`. Throws if the browser has no WebGL2: see `chooseBackend`. */
export function createWebgl2Renderer(canvas: HTMLCanvasElement, options: RendererOptions): GridRenderer {
  let painter: GlFarPainter | null = null;
  return createRenderer(canvas, options, {
    backend: 'webgl2',
    makeFarPainter(makeCanvas, lost) {
      painter = new GlFarPainter(makeCanvas(), lost);
      return painter;
    },
    loseContext: () => painter?.loseContext() ?? false,
  });
}
