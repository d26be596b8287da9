import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import { orderSize } from '../../src/render/level.ts';
import { NO_MARKS, type PageView, TAIL } from '../../src/render/page-view.ts';
import { type Call, fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';
import { viewOf } from './views.ts';

const ROOM = { width: 400, height: 300 };

interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const labels = (log: readonly Call[]): Label[] =>
  log
    .filter(({ name }) => name === 'fillText')
    .map(({ args }) => ({ text: String(args[0]), x: Number(args[1]), y: Number(args[2]) }));

/** What stands on the pages and over them when a view is drawn in Z order at `scale`, seen at `x`, `y`. */
function drawAt(view: PageView, scale: number, x: number, y: number, room = ROOM) {
  const front = fakeCanvas();
  const layer = fakeCanvas();
  const renderer = createCanvas2dRenderer(front.canvas, {
    palette: paletteIn('light'),
    mode: 'z',
    maxCell: scale,
    makeCanvas: () => layer.canvas,
  });
  renderer.resize(room.width, room.height, 1);
  renderer.setView(view);
  renderer.setCamera({ scale, x, y });
  renderer.draw();
  const drawn = [...front.log];
  /** What stands over the pages once it is drawn again. */
  const frontTexts = () => {
    front.log.length = 0;
    renderer.draw();
    return labels(front.log).map(({ text }) => text);
  };
  return { on: labels(layer.log), over: labels(drawn), front: drawn, renderer, frontTexts };
}

/** One free block of order 10, all of the machine. */
function freeTile(): PageView {
  const detail = new Uint8Array(1024).fill(TAIL);
  detail[0] = 10;
  return { pages: 1024, state: new Uint8Array(1024), detail, zones: [], slabOrder: 5 };
}

/** Whether a patch of paper lies on a number: the fill of the whole canvas comes before the pages. */
const isCovered = ({ x, y }: Label, front: readonly Call[]) =>
  front
    .filter(({ name }) => name === 'fillRect')
    .map(({ args }) => args.map(Number))
    .some(
      ([left = 0, top = 0, w = 0, h = 0]) =>
        w < 60 && Math.abs(x - left - w / 2) < w && Math.abs(y - top - h / 2) < h,
    );

describe('the order of a free block', () => {
  test('is as large as its block has room for', () => {
    expect([
      orderSize(9, 90),
      orderSize(13, 13),
      orderSize(14, 14),
      orderSize(32, 16),
      orderSize(96, 96),
      orderSize(160, 160),
      orderSize(900, 900),
    ]).toEqual([0, 0, 8, 8, 12, 20, 24]);
  });

  test('is there in cells too small for letters, where the block is large enough', () => {
    const { on } = drawAt(viewOf('8 7 6 5 4 3 2 1 0 A'), 5, 0.5, 0.5);
    expect(on.map(({ text }) => text)).toEqual(['8', '7', '6', '5', '4', '3']);
  });

  test('stands in the part that is seen of a block larger than the view', () => {
    const { on, over } = drawAt(freeTile(), 32, 0, 0);
    expect(over).toEqual([
      { text: '10', x: expect.closeTo(ROOM.width / 2, -1), y: expect.closeTo(ROOM.height / 2, -1) },
    ]);
    // The one in the block's own middle is out of view.
    for (const { x, y } of on) expect(x > ROOM.width || y > ROOM.height).toBe(true);
  });

  test('is seen wherever a large block is looked at, and once', () => {
    const view = freeTile();
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.integer({ min: 3, max: 32 }), (x, y, scale) => {
        const { on, over, front } = drawAt(view, scale, x, y);
        const left = on.filter((label) => !isCovered(label, front));
        const inView = [...left, ...over].filter(
          (label) => label.x >= 0 && label.y >= 0 && label.x <= ROOM.width && label.y <= ROOM.height,
        );
        expect(inView.map(({ text }) => text)).toEqual(['10']);
      }),
      { numRuns: 60 },
    );
  });

  test('is not written twice where the whole machine is in view', () => {
    const { on, over } = drawAt(viewOf('5 4 3 A'), 14, 0.5, 0.5, { width: 600, height: 600 });
    expect(on.map(({ text }) => text)).toEqual(['5', '4', '3', 'A']);
    expect(over).toEqual([]);
  });

  test('a number that the edge cuts in two is taken away, and written whole where there is room', () => {
    // The middle of the tile lies at the left edge.
    const { front, over } = drawAt(freeTile(), 32, 0.5 + ROOM.width / 2 / 1024, 0.5);
    const [label] = over;
    expect(label?.x).toBeGreaterThan(ROOM.width / 4);
    const patches = front.filter(
      ({ name, args }) => name === 'fillRect' && Number(args[2]) < 60 && Number(args[0]) < 24,
    );
    expect(patches.length).toBe(1);
  });
});

test('the words on a block are not shown where the block is out of view', () => {
  const wordsAt = (x: number) => {
    const { renderer, frontTexts } = drawAt(freeTile(), 32, x, 0);
    renderer.setMarks({ ...NO_MARKS, label: { pfn: 0, pages: 32, text: 'order 5, network buffer' } });
    return frontTexts();
  };
  expect(wordsAt(0)).toContain('order 5, network buffer');
  expect(wordsAt(1)).not.toContain('order 5, network buffer');
});
