import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import { rectOf } from '../../src/render/layout.ts';
import {
  KIND,
  type Marks,
  MOD,
  NO_MARKS,
  type PageView,
  type Phase,
  TAIL,
} from '../../src/render/page-view.ts';
import { type Call, corners, fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';
import { viewOf } from './views.ts';

const palette = paletteIn('light');

interface Drawn {
  /** Calls on the layer that holds the pages. */
  readonly pages: readonly Call[];
  /** Calls on the canvas itself: zone lines and marks. */
  readonly front: readonly Call[];
}

function bench(view: PageView, cell: number, options: { mode?: 'rows' | 'z'; dpr?: number } = {}) {
  const front = fakeCanvas();
  const layer = fakeCanvas();
  const renderer = createCanvas2dRenderer(front.canvas, {
    palette,
    maxCell: cell,
    mode: options.mode ?? 'rows',
    makeCanvas: () => layer.canvas,
  });
  renderer.resize(4000, 4000, options.dpr ?? 1);
  renderer.setView(view);
  const draw = (): Drawn => {
    front.log.length = 0;
    layer.log.length = 0;
    renderer.draw();
    return { pages: [...layer.log], front: [...front.log] };
  };
  return { renderer, draw, canvas: front.canvas };
}

const drawOnce = (view: PageView, cell: number, marks: Partial<Marks> = {}, dpr = 1) => {
  const { renderer, draw } = bench(view, cell, { dpr });
  renderer.setMarks({ ...NO_MARKS, ...marks });
  return draw();
};
const texts = (calls: readonly Call[]) => calls.filter((c) => c.name === 'fillText').map((c) => c.args[0]);
const strokes = (calls: readonly Call[], colour: string) =>
  calls.filter((c) => c.name === 'strokeRect' && c.strokeStyle === colour);
const phased = (pfn: number, phase: Phase) => ({ phases: new Map([[pfn, phase]]) });

describe('blocks and pages', () => {
  const view = viewOf('4 3 2 1 0 F 5');

  test('a free block is one outline with its order', () => {
    const { pages } = drawOnce(view, 17);
    expect(strokes(pages, palette.freeEdge).length).toBe(6);
    expect(texts(pages)).toEqual(['4', '3', '2', '1', '0', 'F', '5']);
  });

  test('an allocated block is one shape with one letter', () => {
    const { pages } = drawOnce(viewOf('3:K 2:K K K F F'), 17);
    expect(texts(pages)).toEqual(['K', 'K', 'K', 'K', 'F', 'F']);
    expect(strokes(pages, palette.kinds[KIND.knoreclaim]!.edge).map((c) => c.args[2])).toEqual([
      133, 65, 14, 14,
    ]);
  });

  test.each([
    [14, ['F', 'A', '2', '3']],
    [13, ['2', '3']],
    [10, ['2', '3']],
    [9, []],
  ])('at %i px the text is %j', (cell, expected) => {
    expect(texts(drawOnce(viewOf('F B A B 2 3'), cell).pages)).toEqual(expected);
  });

  test('patterns begin at 8 px', () => {
    const hatched = (cell: number) => drawOnce(viewOf('D'), cell).pages.some((c) => c.name === 'lineTo');
    expect([hatched(8), hatched(7)]).toEqual([true, false]);
  });

  test('a letter on a pattern stands on a clear patch, one on plain fill does not', () => {
    const fills = (letter: string, kind: number) =>
      drawOnce(viewOf(letter), 17).pages.filter(
        (c) => c.name === 'fillRect' && c.fillStyle === palette.kinds[kind]!.fill,
      ).length;
    expect(fills('D', KIND.dirtyFile)).toBe(2);
    expect(fills('F', KIND.cleanFile)).toBe(1);
  });

  test('a pinned page has an ink corner from 8 px', () => {
    const corner = (cell: number) =>
      drawOnce(viewOf('L'), cell).pages.filter((c) => c.name === 'fill' && c.fillStyle === palette.ink)
        .length;
    expect([corner(17), corner(8), corner(7)]).toEqual([1, 1, 0]);
  });

  test('map count and referenced bar show from 24 px', () => {
    const mapped = viewOf('F F F');
    mapped.detail.set([0x30, 0xf0, 0x00]);
    mapped.state[2]! |= MOD.referenced;
    const bars = (calls: readonly Call[]) =>
      calls.filter((c) => c.name === 'fillRect' && c.fillStyle === palette.ink);
    const [close, far] = [drawOnce(mapped, 24).pages, drawOnce(mapped, 23).pages];
    expect(texts(close)).toEqual(['F', '3', 'F', '9+', 'F']);
    expect(texts(far)).toEqual(['F', 'F', 'F']);
    expect([bars(close).length, bars(far).length]).toEqual([1, 0]);
  });

  test('a parked page is a ring, a page on a per-CPU list an outline with a dot, an unknown one a dotted question', () => {
    const { pages } = drawOnce(viewOf('p c ?'), 17);
    expect(pages.filter((c) => c.name === 'arc').length).toBe(1);
    expect(strokes(pages, palette.freeEdge).map((c) => c.dash.length)).toEqual([0, 2]);
    expect(texts(pages)).toEqual(['?']);
  });

  test('a slab is one band; pages outside it have none', () => {
    const bands = (text: string) =>
      drawOnce(viewOf(text), 17).pages.filter((c) => c.name === 'fillRect' && c.fillStyle === palette.band);
    expect(bands('i'.repeat(32)).map((c) => c.args)).toEqual([[4, 4, 542, 15]]);
    expect(bands('A'.repeat(32))).toEqual([]);
    expect(bands(`${'A'.repeat(30)}ii`).length).toBe(2);
  });

  test('slab pages are drawn one by one even where the slab is a block', () => {
    const slab = viewOf('f'.repeat(32));
    slab.detail.fill(TAIL);
    slab.detail[0] = 5;
    expect(texts(drawOnce(slab, 17).pages).length).toBe(32);
  });

  test('a block that is not aligned is drawn as pages', () => {
    const mangled = viewOf('F F F F');
    mangled.detail.set([0, 1, TAIL, 10]);
    expect(texts(drawOnce(mangled, 17).pages).length).toBe(4);
  });

  test('from 3 to 7 px free blocks are outlined from order 2', () => {
    expect(strokes(drawOnce(view, 5).pages, palette.freeEdge).length).toBe(4);
  });
});

describe('phases', () => {
  test('a refused page keeps its letter under a frame and a cross in accent', () => {
    const { pages } = drawOnce(viewOf('F L'), 17, phased(1, 'refused'));
    expect(texts(pages)).toEqual(['F', 'A']);
    expect(strokes(pages, palette.accent).length).toBe(1);
    const cross = pages.filter((c) => c.name === 'lineTo' && c.strokeStyle === palette.accent);
    expect(cross.length).toBe(2);
  });

  test('an unmapped page has a dashed outline, its letter and no fill of its kind', () => {
    const { pages } = drawOnce(viewOf('F'), 17, phased(0, 'unmapped'));
    const paint = palette.kinds[KIND.cleanFile]!;
    expect(strokes(pages, paint.edge).map((c) => c.dash)).toEqual([[2, 2]]);
    expect(texts(pages)).toEqual(['F']);
    expect(pages.some((c) => c.name === 'fillRect' && c.fillStyle === paint.fill)).toBe(false);
  });

  test('a page being written is filled from below and carries no letter', () => {
    const { pages } = drawOnce(viewOf('D'), 17, phased(0, 'writing'));
    const fills = pages.filter(
      (c) => c.name === 'fillRect' && c.fillStyle === palette.kinds[KIND.dirtyFile]!.fill,
    );
    expect(fills.map((c) => c.args)).toEqual([[4, 11, 15, 8]]);
    expect(texts(pages)).toEqual([]);
  });

  test('the arrow towards swap is broken, the one towards the file is not', () => {
    const moves = (phase: Phase) =>
      drawOnce(viewOf('A'), 17, phased(0, phase)).pages.filter((c) => c.name === 'moveTo').length;
    expect(moves('swapping')).toBe(moves('writing') + 1);
  });

  test('a dropped page is a dotted outline with a dash; a waiting one looks as ever', () => {
    const dropped = drawOnce(viewOf('F'), 17, phased(0, 'dropped')).pages;
    expect(strokes(dropped, palette.line2).map((c) => c.dash)).toEqual([[1, 2]]);
    expect(dropped.some((c) => c.name === 'fillRect' && c.fillStyle === palette.ink3)).toBe(true);
    expect(drawOnce(viewOf('F'), 17, phased(0, 'waiting')).pages).toEqual(drawOnce(viewOf('F'), 17).pages);
  });
});

describe('marks', () => {
  const view = viewOf('F'.repeat(96));
  const range = { pfn: 32, pages: 32 };

  test('the chosen window is ringed 2 px outside its pages, and marks touch no page', () => {
    const { pages, front } = drawOnce(view, 17, { outlines: [{ ...range, style: 'accent' }] });
    const rings = front.filter((c) => c.name === 'roundRect');
    expect(rings.map((c) => c.args)).toEqual([[1, 18, 548, 21, 2]]);
    expect(pages).toEqual(drawOnce(view, 17).pages);
  });

  test('candidates are ink, failed ones dashed accent', () => {
    const { front } = drawOnce(view, 17, {
      outlines: [
        { ...range, style: 'ink' },
        { pfn: 0, pages: 32, style: 'failed' },
      ],
    });
    expect(strokes(front, palette.ink).map((c) => c.dash)).toEqual([[]]);
    expect(strokes(front, palette.accent).map((c) => c.dash)).toEqual([[4, 3]]);
  });

  test('the veil is one even-odd path that leaves the scan window out, overlaps merged', () => {
    const { front } = drawOnce(view, 17, { dimExcept: [range, { pfn: 40, pages: 8 }] });
    const veil = front.filter((c) => c.name === 'rect');
    expect(veil.map((c) => c.args)).toEqual([
      [0, 0, 550, 57],
      [3, 20, 544, 17],
    ]);
    expect(front.filter((c) => c.name === 'fill').map((c) => [c.args, c.fillStyle])).toEqual([
      [['evenodd'], palette.shade],
    ]);
  });

  test('an empty scan window veils everything, none at all veils nothing', () => {
    expect(drawOnce(view, 17, { dimExcept: [] }).front.filter((c) => c.name === 'rect').length).toBe(1);
    expect(drawOnce(view, 17).front.some((c) => c.fillStyle === palette.shade && c.name === 'fill')).toBe(
      false,
    );
  });

  test('changed pages are framed in accent, at least 3 px large', () => {
    const { front } = drawOnce(viewOf('F'.repeat(8192)), 1, { changed: [{ pfn: 5, pages: 1 }] });
    expect(strokes(front, palette.accent).map((c) => c.args.slice(2))).toEqual([[2, 2]]);
  });

  test('a label stays inside the canvas', () => {
    const text = 'order 0, a very long text';
    const { front } = drawOnce(view, 17, { label: { pfn: 31, pages: 1, text } });
    expect(texts(front)).toEqual([text]);
    const patch = front.filter((c) => c.name === 'fillRect').at(-1)!;
    expect(corners(patch)[1]![0]).toBeLessThanOrEqual(550);
  });
});

describe('repainting', () => {
  test('the same buffers with one page changed repaint one tile; nothing changed repaints none', () => {
    const view = viewOf('F'.repeat(4096));
    const { renderer, draw } = bench(view, 8);
    expect(draw().pages.length).toBeGreaterThan(8192);
    renderer.setView(view);
    expect(draw().pages.filter((c) => c.name !== 'setTransform')).toEqual([]);
    view.state[2048] = KIND.anon;
    renderer.setView(view);
    const { pages } = draw();
    const paper = pages.filter((c) => c.name === 'fillRect' && c.fillStyle === palette.paper);
    expect(paper.map((c) => c.args)).toEqual([[3, 3 + 64 * 8, 256, 256]]);
  });

  test('a phase that comes or goes repaints its tile', () => {
    const { renderer, draw } = bench(viewOf('F'.repeat(2048)), 8);
    draw();
    const repainted = () => draw().pages.some((c) => c.name === 'fillRect');
    renderer.setMarks({ ...NO_MARKS, ...phased(3, 'dropped') });
    expect([repainted(), repainted()]).toEqual([true, false]);
    renderer.setMarks(NO_MARKS);
    expect([repainted(), repainted()]).toEqual([true, false]);
  });

  test('theme, layout and size repaint everything', () => {
    const { renderer, draw } = bench(viewOf('F'.repeat(1024)), 17);
    const letters = () => texts(draw().pages).length;
    expect([letters(), letters()]).toEqual([1024, 0]);
    renderer.setTheme(paletteIn('dark'));
    expect(letters()).toBe(1024);
    renderer.setLayout('z');
    expect(letters()).toBe(1024);
    renderer.resize(4000, 4000, 2);
    expect([letters(), letters()]).toEqual([1024, 0]);
  });

  test('a machine with other zones is laid out anew', () => {
    const { renderer } = bench(viewOf('F'.repeat(1024)), 17);
    const before = renderer.layout.height;
    const zones = [
      { name: 'DMA', start: 0, end: 256 },
      { name: 'Normal', start: 256, end: 1024 },
    ];
    renderer.setView(viewOf('F'.repeat(1024), zones));
    expect(renderer.layout.height).toBe(before + 8);
  });

  test('after dispose it draws no more', () => {
    const { renderer, draw, canvas } = bench(viewOf('F'), 17);
    draw();
    renderer.dispose();
    expect(draw()).toEqual({ pages: [], front: [] });
    expect(canvas.width).toBe(0);
  });
});

describe('the canvas', () => {
  const states = fc.uint8Array({ minLength: 1024, maxLength: 1024 });
  const cells = fc.integer({ min: 1, max: 30 });

  test('whatever the page bytes hold, nothing is drawn outside it', () => {
    fc.assert(
      fc.property(states, states, cells, fc.constantFrom('rows', 'z'), (state, detail, cell, mode) => {
        const bytes = state.map((byte) => (byte & 0xf0) | ((byte & 15) % 12));
        const zones = [
          { name: 'DMA', start: 0, end: 250 },
          { name: 'Normal', start: 250, end: 1024 },
        ];
        const view = { pages: 1024, state: bytes, detail, zones, slabOrder: 5 };
        const { renderer, draw } = bench(view, cell, { mode: mode as 'rows' | 'z' });
        const everywhere = { pfn: 0, pages: 1024 };
        renderer.setMarks({
          phases: new Map([...'abcdef'].map((_, i) => [i * 100, PHASES[i]!])),
          outlines: STYLES.map((style) => ({ ...everywhere, style })),
          changed: [everywhere],
          dimExcept: [{ pfn: 100, pages: 200 }],
          label: { pfn: 1023, pages: 1, text: 'x' },
        });
        const { front, pages } = draw();
        const { width, height } = renderer.layout;
        const points = (cell < 3 ? front : [...front, ...pages]).flatMap(corners);
        const outside = points.filter(([x, y]) => x < 0 || y < 0 || x > width || y > height);
        expect(outside).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('device pixels are honoured: the bitmap is larger and shapes stand on its grid', () => {
    const { draw, canvas } = bench(viewOf('F'.repeat(32)), 17, { dpr: 1.5 });
    const { pages } = draw();
    expect([canvas.width, canvas.style.width]).toEqual([825, '550px']);
    const fills = pages.filter((c) => c.fillStyle === palette.kinds[KIND.cleanFile]!.fill);
    for (const call of fills.filter((c) => c.name === 'fillRect')) {
      for (const edge of corners(call).flat()) expect((edge * 1.5) % 1).toBeCloseTo(0, 9);
    }
  });

  test('a canvas without a 2d context is refused', () => {
    const none = { getContext: () => null } as unknown as HTMLCanvasElement;
    expect(() => createCanvas2dRenderer(none, { palette, makeCanvas: () => none })).toThrow('no 2d context');
  });

  test('a machine of no pages leaves paper', () => {
    const { front } = drawOnce(viewOf(''), 17);
    expect(front.filter((c) => c.name !== 'setTransform').map((c) => c.fillStyle)).toEqual([palette.paper]);
  });

  test('the layout answers before anything is drawn', () => {
    const { renderer } = bench(viewOf('F'.repeat(64)), 20);
    expect(rectOf(renderer.layout, 33, 0)).toEqual({ x: 23, y: 23, w: 20, h: 20 });
  });
});

const PHASES: readonly Phase[] = ['waiting', 'unmapped', 'writing', 'swapping', 'dropped', 'refused'];
const STYLES = ['accent', 'ink', 'failed', 'hover', 'focus'] as const;
