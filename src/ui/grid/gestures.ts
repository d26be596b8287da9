/**
 * What pointers on the page grid mean: one that moves drags the picture, two pinch it, one that is lifted where it
 * was pressed is a click. Points are CSS pixels of the canvas.
 */

export interface GestureTarget {
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: readonly [number, number]): void;
}

export interface Gestures {
  down(id: number, x: number, y: number): void;
  /** True while the picture is being moved, so that nothing is pointed at. */
  move(id: number, x: number, y: number): boolean;
  /** Lifted, or taken away by the browser. */
  up(id: number): void;
  /** Whether the press just over moved the picture: the click that follows is none. */
  readonly moved: () => boolean;
}

/** A hand is not that steady: less is a click. */
const STEADY = 4;

type Point = readonly [x: number, y: number];

const distance = ([ax, ay]: Point, [bx, by]: Point) => Math.hypot(ax - bx, ay - by);

export function createGestures(target: GestureTarget): Gestures {
  const pointers = new Map<number, Point>();
  let start: Point | null = null;
  let moved = false;

  const pinch = (id: number, before: Point, now: Point) => {
    const other = [...pointers].find(([key]) => key !== id)?.[1];
    if (other === undefined) return;
    const [was, is] = [distance(before, other), distance(now, other)];
    target.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    if (was > 0 && is > 0) target.zoom(is / was, [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  };

  return {
    down(id, x, y) {
      if (pointers.size === 0) {
        start = [x, y];
        moved = false;
      }
      pointers.set(id, [x, y]);
      if (pointers.size > 1) moved = true;
    },
    move(id, x, y) {
      const before = pointers.get(id);
      if (before === undefined || start === null) return false;
      const now: Point = [x, y];
      if (!moved && distance(start, now) < STEADY) return false;
      moved = true;
      if (pointers.size === 1) target.pan(x - before[0], y - before[1]);
      else pinch(id, before, now);
      pointers.set(id, now);
      return true;
    },
    up(id) {
      pointers.delete(id);
    },
    moved: () => moved,
  };
}

/** How much a turn of the wheel zooms; lines and pages are made pixels. A pinch on a touchpad comes with Ctrl. */
export function wheelFactor(event: {
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}): number {
  const pixels = event.deltaY * ([1, 16, 400][event.deltaMode] ?? 1);
  const held = Math.max(-240, Math.min(240, pixels));
  return 2 ** (-held / (event.ctrlKey ? 60 : 240));
}
