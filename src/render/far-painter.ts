/** What paints the overview, below 3 px a cell: pages, or squares of pages, as pixels of one image. */
import type { Level } from './far-plane.ts';
import type { Layout } from './layout.ts';

export interface FarPicture {
  readonly seen: Layout;
  readonly fold: number;
  readonly level: Level;
  /** Colour by code, as words of an ImageData; a new array where a colour is new. */
  readonly words: Uint32Array;
  /** Tiles in view, and those of them that changed since the last picture. */
  readonly tiles: readonly number[];
  readonly changed: readonly number[];
  /** The pixels of `level` that changed, or null for all of those tiles. */
  readonly touched: Uint32Array | null;
  readonly dpr: number;
}

export interface FarPainter {
  /** Draws onto `front`, whose transform is CSS pixels. */
  paint(front: CanvasRenderingContext2D, picture: FarPicture): void;
  dispose(): void;
}

/** CSS pixels that one pixel of the image stands for. */
export const imageScale = (seen: Layout) => Math.max(1, seen.cell);
