/**
 * Pages from 3 px a cell up, painted into a hidden layer as large as the canvas: tile by tile where they changed.
 * Panning moves what is painted and paints only what came into view.
 */
import type { Brush } from './brush.ts';
import { type Layout, type Rect, rectOf, tileRect } from './layout.ts';
import { type PageView, type Phase, TILE_PAGES } from './page-view.ts';
import { PaintedCopy } from './painted-copy.ts';
import type { Palette } from './palette.ts';
import { paintTile } from './tile-painter.ts';
import { paintTint, type Tint } from './tint-painter.ts';
import { changesOf, MOST_CHANGES, type Tweens } from './tween.ts';

export interface ShapePicture {
  readonly seen: Layout;
  readonly view: PageView;
  readonly phases: ReadonlyMap<number, Phase>;
  readonly palette: Palette;
  readonly dpr: number;
  readonly tiles: readonly number[];
  /** An overlay, and the tiles whose codes changed. */
  readonly tint: (Tint & { readonly changed: readonly number[] }) | null;
}

const meets = (a: Rect, b: Rect) => a.x < b.x + b.w && a.y < b.y + b.h && a.x + a.w > b.x && a.y + a.h > b.y;

/** What a picture moved by `dx`, `dy` leaves uncovered of the canvas. */
function strips({ width, height }: Layout, dx: number, dy: number): Rect[] {
  const w = Math.min(Math.abs(dx), width);
  const h = Math.min(Math.abs(dy), height);
  const side = { x: dx > 0 ? 0 : width - w, y: 0, w, h: height };
  const foot = { x: 0, y: dy > 0 ? 0 : height - h, w: width, h };
  return [side, foot].filter((strip) => strip.w > 0 && strip.h > 0);
}

export class ShapeLayer {
  readonly #g: CanvasRenderingContext2D;
  readonly #painted = new PaintedCopy();
  #seen: Layout | null = null;

  constructor(g: CanvasRenderingContext2D) {
    this.#g = g;
  }

  get canvas(): HTMLCanvasElement {
    return this.#g.canvas;
  }

  forget(): void {
    this.#painted.forget();
  }

  touch(dirty: Uint8Array | null): void {
    this.#painted.touch(dirty);
  }

  dispose(): void {
    this.#g.canvas.width = 0;
  }

  /** Paints what changed. `tweens`, where given, are started for changes few enough to follow. */
  paint(picture: ShapePicture, tweens: Tweens | null, now: number): void {
    const { seen, view, phases, palette, dpr, tint } = picture;
    const exposed = this.#place(picture, tweens);
    const differing = this.#painted.find(view, picture.tiles, phases);
    const tiles = tint ? [...new Set([...differing, ...tint.changed])] : differing;
    if (tweens) this.#startTweens(picture, differing, tweens, now);
    const brush: Brush = { g: this.#g, palette, dpr, cell: seen.cell };
    this.#g.setTransform(dpr, 0, 0, dpr, 0, 0);
    for (const strip of exposed) {
      const uncovered = picture.tiles.filter((tile) => meets(tileRect(seen, tile), strip));
      this.#g.save();
      this.#g.beginPath();
      this.#g.rect(strip.x, strip.y, strip.w, strip.h);
      this.#g.clip();
      for (const tile of uncovered) this.#paintTile(brush, picture, tile, strip);
      this.#g.restore();
    }
    const whole = { x: 0, y: 0, w: seen.width, h: seen.height };
    for (const tile of tiles) this.#paintTile(brush, picture, tile, whole);
    this.#painted.commit(view, tiles, phases);
  }

  /** Paints what of a tile meets `area`. */
  #paintTile(brush: Brush, picture: ShapePicture, tile: number, area: Rect): void {
    const { seen, view, phases, tint } = picture;
    const inView = (cells: Rect) => meets(cells, area);
    paintTile(brush, seen, view, tile, phases, inView);
    if (!tint) return;
    const first = tile * TILE_PAGES;
    paintTint(brush, seen, view, tint, first, Math.min(first + TILE_PAGES, view.pages), inView);
  }

  /**
   * Moves the painted pixels with the camera, or gives them up. Returns the strips that came into view: what is in
   * view of a painted tile is always painted.
   */
  #place({ seen, dpr, palette }: ShapePicture, tweens: Tweens | null): Rect[] {
    const { canvas } = this.#g;
    const before = this.#seen;
    this.#seen = seen;
    const width = Math.ceil(seen.width * dpr);
    const height = Math.ceil(seen.height * dpr);
    const isResized = canvas.width !== width || canvas.height !== height;
    if (!before || isResized || !isSameGrid(before, seen)) {
      if (isResized) {
        canvas.width = width;
        canvas.height = height;
      }
      this.#clear(palette);
      this.#painted.forget();
      tweens?.cut();
      return [];
    }
    const dx = Math.round((seen.left - before.left) * dpr);
    const dy = Math.round((seen.top - before.top) * dpr);
    if (dx === 0 && dy === 0) return [];
    tweens?.cut();
    this.#g.setTransform(1, 0, 0, 1, 0, 0);
    this.#g.globalCompositeOperation = 'copy';
    this.#g.drawImage(canvas, dx, dy);
    this.#g.globalCompositeOperation = 'source-over';
    return strips(seen, dx / dpr, dy / dpr);
  }

  #clear(palette: Palette): void {
    this.#g.setTransform(1, 0, 0, 1, 0, 0);
    this.#g.fillStyle = palette.paper;
    this.#g.fillRect(0, 0, this.#g.canvas.width, this.#g.canvas.height);
  }

  #startTweens(picture: ShapePicture, tiles: readonly number[], tweens: Tweens, now: number): void {
    const { view, seen, dpr } = picture;
    const before = this.#painted.before;
    if (!before || tiles.some((tile) => !this.#painted.isPainted(tile))) return;
    const changed: number[] = [];
    for (const tile of tiles) {
      changed.push(...this.#painted.changes(view, tile, MOST_CHANGES + 1));
      if (changed.length > MOST_CHANGES) return tweens.cut();
    }
    const moves = changesOf(before, view, changed)
      .map((change) => ({ ...change, rect: rectOf(seen, change.pfn, change.order) }))
      .filter(({ rect }) => meets(rect, { x: 0, y: 0, w: seen.width, h: seen.height }));
    tweens.start(this.canvas, moves, dpr, now);
  }
}

/** Whether two layouts differ at most in where their first cell stands. */
function isSameGrid(a: Layout, b: Layout): boolean {
  return (
    a.mode === b.mode &&
    a.pages === b.pages &&
    a.cell === b.cell &&
    a.tilesPerRow === b.tilesPerRow &&
    a.gapRows.join() === b.gapRows.join()
  );
}
