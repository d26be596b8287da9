/** The page grid on Canvas 2D alone. */
import { CanvasFarPainter } from './far-canvas.ts';
import type { GridRenderer } from './grid-renderer.ts';
import { contextOf, createRenderer, type RendererOptions } from './renderer.ts';

export type Canvas2dOptions = RendererOptions;

/** Creates a renderer that owns `canvas`. Throws if the browser gives it no 2D context. */
export function createCanvas2dRenderer(canvas: HTMLCanvasElement, options: Canvas2dOptions): GridRenderer {
  return createRenderer(canvas, options, {
    backend: 'canvas2d',
    makeFarPainter: (makeCanvas) => new CanvasFarPainter(contextOf(makeCanvas())),
  });
}
