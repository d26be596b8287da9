import { beforeEach, describe, expect, it } from 'vitest';
import { createGestures, type Gestures, wheelFactor } from '../../src/ui/grid/gestures.ts';

let done: string[];
let gestures: Gestures;
beforeEach(() => {
  done = [];
  gestures = createGestures({
    pan: (dx, dy) => void done.push(`pan ${dx} ${dy}`),
    zoom: (factor, [x, y]) => void done.push(`zoom ${factor} at ${x} ${y}`),
  });
});

describe('one pointer', () => {
  it('that hardly moves is a click', () => {
    gestures.down(1, 10, 10);
    expect(gestures.move(1, 12, 11)).toBe(false);
    gestures.up(1);
    expect(gestures.moved()).toBe(false);
    expect(done).toEqual([]);
  });

  it('that moves drags the picture from where it was pressed, and no click follows', () => {
    gestures.down(1, 10, 10);
    gestures.move(1, 12, 10);
    expect(gestures.move(1, 20, 10)).toBe(true);
    expect(gestures.move(1, 19, 13)).toBe(true);
    gestures.up(1);
    expect(done).toEqual(['pan 10 0', 'pan -1 3']);
    expect(gestures.moved()).toBe(true);
  });

  it('that is not pressed only points', () => {
    expect(gestures.move(1, 50, 50)).toBe(false);
    gestures.down(1, 10, 10);
    gestures.up(1);
    expect(gestures.move(1, 90, 90)).toBe(false);
    expect(done).toEqual([]);
  });

  it('is a click again after a drag', () => {
    gestures.down(1, 0, 0);
    gestures.move(1, 40, 0);
    gestures.up(1);
    gestures.down(1, 40, 0);
    expect(gestures.moved()).toBe(false);
  });
});

describe('two pointers', () => {
  it('pinch at the middle between them', () => {
    gestures.down(1, 0, 0);
    gestures.down(2, 100, 0);
    expect(gestures.move(2, 200, 0)).toBe(true);
    expect(done).toEqual(['pan 50 0', 'zoom 2 at 100 0']);
    expect(gestures.moved()).toBe(true);
  });

  it('leave a drag behind when one is lifted', () => {
    gestures.down(1, 0, 0);
    gestures.down(2, 100, 0);
    gestures.up(2);
    gestures.move(1, 10, 5);
    expect(done).toEqual(['pan 10 5']);
  });
});

describe('the wheel', () => {
  const turn = (deltaY: number, deltaMode = 0, ctrlKey = false) =>
    wheelFactor({ deltaY, deltaMode, ctrlKey });

  it('zooms in away from the person and out towards them, by the same', () => {
    expect(turn(-120)).toBeGreaterThan(1);
    expect(turn(-120) * turn(120)).toBeCloseTo(1);
    expect(turn(0)).toBe(1);
  });

  it('reads lines as pixels, and takes no leap however far it turns', () => {
    expect(turn(-3, 1)).toBeCloseTo(turn(-48));
    expect(turn(-99_999)).toBe(2);
  });

  it('goes faster in a pinch on a touchpad, whose steps are small', () => {
    expect(turn(-10, 0, true)).toBeGreaterThan(turn(-10));
  });
});
