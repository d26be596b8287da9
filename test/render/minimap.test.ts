import { expect, test } from 'vitest';
import { createMinimap } from '../../src/render/minimap.ts';
import { KIND } from '../../src/render/page-view.ts';
import { fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';

const palette = paletteIn('light');
const PAGES = 262_144;
const view = {
  pages: PAGES,
  state: new Uint8Array(PAGES).fill(KIND.anon),
  detail: new Uint8Array(PAGES),
  zones: [],
  slabOrder: 5,
};

function bench() {
  const { canvas, log } = fakeCanvas();
  const listeners = new Map<string, (event: unknown) => void>();
  Object.assign(canvas, {
    addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    setPointerCapture: () => {},
  });
  const moves: [number, number][] = [];
  const minimap = createMinimap(canvas, {
    palette,
    onMove: (x, y) => moves.push([x, y]),
    makeCanvas: () => fakeCanvas().canvas,
  });
  minimap.resize(134, 134, 1);
  minimap.follow({ mode: 'z', tilesPerRow: 16 });
  minimap.setView(view);
  const send = (name: string, offsetX: number, offsetY: number) =>
    listeners.get(name)?.({ offsetX, offsetY, pointerId: 1 });
  return { minimap, log, moves, send };
}

test('the frame stands where the view is, cut to the picture and never too small to see', () => {
  const { minimap } = bench();
  minimap.setViewport({ x: 0.25, y: 0.5, w: 0.25, h: 0.25 });
  expect(minimap.frame).toEqual({ x: 19, y: 35, w: 16, h: 16 });
  minimap.setViewport({ x: -0.5, y: 0.75, w: 1, h: 1 });
  expect(minimap.frame).toEqual({ x: 3, y: 51, w: 32, h: 16 });
  minimap.setViewport({ x: 0.5, y: 0.5, w: 0.001, h: 0.001 });
  expect(minimap.frame).toMatchObject({ w: 8, h: 8 });
});

test('the frame is drawn in the accent, over the picture', () => {
  const { minimap, log } = bench();
  minimap.draw();
  const last = log.findLast((call) => call.name === 'strokeRect');
  expect(last?.strokeStyle).toBe(palette.accent);
});

test('a press beside the frame moves there, a drag takes the frame along', () => {
  const { minimap, moves, send } = bench();
  minimap.setViewport({ x: 0.25, y: 0.5, w: 0.25, h: 0.25 });
  send('pointerdown', 3 + 48, 3 + 16);
  expect(moves).toEqual([[0.75, 0.25]]);
  send('pointerup', 51, 19);
  send('pointermove', 20, 20);
  expect(moves.length).toBe(1);
  send('pointerdown', 3 + 17, 3 + 33);
  expect(moves.length).toBe(1);
  send('pointermove', 3 + 17 + 16, 3 + 33);
  expect(moves.at(-1)).toEqual([0.625, 0.625]);
});
