/**
 * Changes that are shown as they happen. A page that changes its kind fades from its old look to the new one; a block
 * that splits or merges has its outline drawn or taken away from the middle of the seam outwards. Pages stay where
 * they are. Only a few changes are worth following; more at once, or a still page, is a cut.
 */
import type { Rect } from './layout.ts';
import { type PageView, shapeOrder, TILE_ORDER } from './page-view.ts';

/** More changed pages than this in one frame are a new picture. */
export const MOST_CHANGES = 32;
export const FADE_MS = 120;
export const SPLIT_MS = 180;

export type TweenKind = 'fade' | 'split' | 'merge';

/** An aligned block that looks different now. */
export interface Change {
  readonly pfn: number;
  readonly order: number;
  readonly kind: TweenKind;
}

/** The shape that `pfn` is part of. */
function shapeAt(view: PageView, pfn: number): { readonly pfn: number; readonly order: number } {
  for (let order = 0; order <= TILE_ORDER; order++) {
    const head = pfn - (pfn % (1 << order));
    if (shapeOrder(view, head) >= order && (view.detail[head]! & 15) !== 15) {
      const whole = shapeOrder(view, head);
      if (head + (1 << whole) > pfn) return { pfn: head, order: whole };
    }
  }
  return { pfn, order: 0 };
}

/** What happened to the pages `changed`, as the blocks that show it: of the old shape and the new the larger one. */
export function changesOf(before: PageView, now: PageView, changed: readonly number[]): Change[] {
  const found = new Map<number, Change>();
  for (const page of changed) {
    const old = shapeAt(before, page);
    const fresh = shapeAt(now, page);
    const larger = old.order > fresh.order ? old : fresh;
    const known = found.get(larger.pfn);
    if (known && known.order >= larger.order) continue;
    const kept = sameKinds(before, now, larger.pfn, larger.order);
    const kind = !kept || old.order === fresh.order ? 'fade' : old.order > fresh.order ? 'split' : 'merge';
    found.set(larger.pfn, { ...larger, kind });
  }
  const all = [...found.values()];
  const isInside = (a: Change, b: Change) =>
    a !== b && a.order < b.order && a.pfn >= b.pfn && a.pfn < b.pfn + (1 << b.order);
  return all.filter((change) => !all.some((other) => isInside(change, other)));
}

function sameKinds(before: PageView, now: PageView, pfn: number, order: number): boolean {
  for (let i = 0; i < 1 << order; i++)
    if ((before.state[pfn + i]! & 15) !== (now.state[pfn + i]! & 15)) return false;
  return true;
}

interface Tween extends Change {
  readonly rect: Rect;
  readonly start: number;
}

/** Runs tweens over pixels: `before` holds the old look of every running rectangle, at its place. */
export class Tweens {
  readonly #before: CanvasRenderingContext2D;
  #running: Tween[] = [];

  constructor(before: CanvasRenderingContext2D) {
    this.#before = before;
  }

  get isRunning(): boolean {
    return this.#running.length > 0;
  }

  /** All at once as they will be. */
  cut(): void {
    this.#running = [];
  }

  dispose(): void {
    this.cut();
    this.#before.canvas.width = 0;
  }

  /** Starts tweens from what `layer` shows now; call before it is painted anew. `rect` in CSS pixels. */
  start(
    layer: HTMLCanvasElement,
    changes: readonly (Change & { rect: Rect })[],
    dpr: number,
    now: number,
  ): void {
    if (changes.length === 0) return;
    const { canvas } = this.#before;
    if (canvas.width !== layer.width || canvas.height !== layer.height) {
      canvas.width = layer.width;
      canvas.height = layer.height;
    }
    this.#before.setTransform(1, 0, 0, 1, 0, 0);
    for (const { rect } of changes) copyRect(this.#before, layer, rect, dpr, dpr);
    const isReplaced = (old: Tween) =>
      changes.some(({ rect }) => rect.x === old.rect.x && rect.y === old.rect.y);
    this.#running = this.#running.filter((old) => !isReplaced(old));
    for (const change of changes) this.#running.push({ ...change, start: now });
  }

  /** Draws what of the old look is left onto `front`, whose transform is CSS pixels. */
  paint(front: CanvasRenderingContext2D, dpr: number, now: number): void {
    this.#running = this.#running.filter((tween) => progress(tween, now) < 1);
    for (const tween of this.#running) {
      const done = progress(tween, now);
      if (tween.kind === 'fade') {
        front.globalAlpha = 1 - done;
        copyRect(front, this.#before.canvas, tween.rect, dpr, 1);
        front.globalAlpha = 1;
      } else for (const rect of leftOver(tween, done)) copyRect(front, this.#before.canvas, rect, dpr, 1);
    }
  }
}

function progress(tween: Tween, now: number): number {
  return (now - tween.start) / (tween.kind === 'fade' ? FADE_MS : SPLIT_MS);
}

/** The seam runs across the longer side. Splitting, the new look grows from its middle; merging, it closes to it. */
function leftOver({ rect, kind }: Tween, done: number): Rect[] {
  const { x, y, w, h } = rect;
  const isWide = w > h;
  const share = kind === 'split' ? done : 1 - done;
  const length = Math.round((isWide ? h : w) * share);
  const edge = Math.round(((isWide ? h : w) - length) / 2);
  const middle = isWide ? { x, y: y + edge, w, h: length } : { x: x + edge, y, w: length, h };
  if (kind === 'merge') return [middle];
  return isWide
    ? [
        { x, y, w, h: edge },
        { x, y: y + edge + length, w, h: h - edge - length },
      ]
    : [
        { x, y, w: edge, h },
        { x: x + edge + length, y, w: w - edge - length, h },
      ];
}

/** Copies the same rectangle; `scale` is how many units of the target's transform a CSS pixel is. */
function copyRect(
  target: CanvasRenderingContext2D,
  from: HTMLCanvasElement,
  rect: Rect,
  dpr: number,
  scale: number,
) {
  const x = Math.max(0, Math.round(rect.x * dpr));
  const y = Math.max(0, Math.round(rect.y * dpr));
  const w = Math.min(from.width, Math.round((rect.x + rect.w) * dpr)) - x;
  const h = Math.min(from.height, Math.round((rect.y + rect.h) * dpr)) - y;
  if (w <= 0 || h <= 0) return;
  const unit = scale / dpr;
  target.drawImage(from, x, y, w, h, x * unit, y * unit, w * unit, h * unit);
}
