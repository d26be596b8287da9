import { describe, expect, test } from 'vitest';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import { KIND, TAIL } from '../../src/render/page-view.ts';
import { changesOf } from '../../src/render/tween.ts';
import { fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';
import { viewOf } from './views.ts';

describe('what changed', () => {
  const differing = (a: ReturnType<typeof viewOf>, b: ReturnType<typeof viewOf>) =>
    [...a.state.keys()].filter((pfn) => a.state[pfn] !== b.state[pfn] || a.detail[pfn] !== b.detail[pfn]);

  test.each([
    ['F F F F', 'F A F F', [{ pfn: 1, order: 0, kind: 'fade' }]],
    ['3', '2 2', [{ pfn: 0, order: 3, kind: 'split' }]],
    ['2 2', '3', [{ pfn: 0, order: 3, kind: 'merge' }]],
    ['2 1 0 0', '3', [{ pfn: 0, order: 3, kind: 'merge' }]],
    ['3 F', 'F 0 1 2 F', [{ pfn: 0, order: 3, kind: 'fade' }]],
    ['F F F F', 'F F F F', []],
  ])('from %s to %s', (from, to, expected) => {
    const [before, now] = [viewOf(from), viewOf(to)];
    expect(changesOf(before, now, differing(before, now))).toEqual(expected);
  });
});

describe('in a renderer', () => {
  function bench(pages = 128) {
    const front = fakeCanvas();
    let time = 1000;
    let wanted = 0;
    const renderer = createCanvas2dRenderer(front.canvas, {
      palette: paletteIn('light'),
      makeCanvas: () => fakeCanvas().canvas,
      requestDraw: () => wanted++,
      now: () => time,
    });
    const view = viewOf('F'.repeat(pages));
    renderer.resize(600, 600, 1);
    renderer.setView(view);
    renderer.draw();
    /** Copies of old looks drawn, and whether another frame was asked for. */
    const frame = (after: number) => {
      time += after;
      wanted = 0;
      front.log.length = 0;
      renderer.draw();
      const copies = front.log.filter((call) => call.name === 'drawImage').length - 1;
      return [copies, wanted];
    };
    const change = (count: number) => {
      view.state.fill(KIND.anon, 0, count);
      renderer.setView(view);
    };
    return { renderer, view, frame, change };
  }

  test('a change of kind fades for 120 ms and asks for frames until then', () => {
    const { renderer, frame, change } = bench();
    renderer.setMotion(true);
    change(3);
    expect([frame(0), frame(60), frame(59), frame(1), frame(100)]).toEqual([
      [3, 1],
      [3, 1],
      [3, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  test('a merge takes 180 ms', () => {
    const { renderer, view, frame } = bench();
    renderer.setMotion(true);
    view.state.fill(KIND.free, 0, 8);
    renderer.setView(view);
    frame(0);
    frame(500);
    view.detail.fill(TAIL, 0, 8);
    view.detail[0] = 3;
    renderer.setView(view);
    expect([frame(0), frame(150), frame(30)]).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
  });

  test.each([
    [32, 32],
    [33, 0],
  ])('%i changes in a frame: %i are followed', (count, followed) => {
    const { renderer, frame, change } = bench();
    renderer.setMotion(true);
    change(count);
    expect(frame(0)[0]).toBe(followed);
  });

  test('without motion, after a pan or another theme everything is a cut', () => {
    const { renderer, frame, change } = bench(8192);
    change(1);
    expect(frame(0)).toEqual([0, 0]);
    renderer.setMotion(true);
    change(2);
    renderer.setTheme(paletteIn('dark'));
    expect(frame(0)).toEqual([0, 0]);
    renderer.setCamera({ scale: 20, x: 0.2, y: 0 });
    frame(0);
    change(3);
    renderer.panBy(-4, 0);
    frame(0);
    renderer.panBy(-4, 0);
    expect(frame(10)).toEqual([0, 0]);
    change(4);
    renderer.setMotion(false);
    expect(frame(0)).toEqual([0, 0]);
  });
});
