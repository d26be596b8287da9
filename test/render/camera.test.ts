import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import type { GridRenderer } from '../../src/render/grid-renderer.ts';
import { type Layout, rectOf as rectIn } from '../../src/render/layout.ts';
import { type PageView, TILE_PAGES } from '../../src/render/page-view.ts';
import { fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';

const palette = paletteIn('light');

function machine(pages: number, zoneStart = 0): PageView {
  const zones =
    zoneStart > 0 && zoneStart < pages
      ? [
          { name: 'DMA', start: 0, end: zoneStart },
          { name: 'Normal', start: zoneStart, end: pages },
        ]
      : [];
  return { pages, state: new Uint8Array(pages), detail: new Uint8Array(pages), zones, slabOrder: 5 };
}

interface Setup {
  readonly pages: number;
  readonly zoneStart: number;
  readonly mode: 'rows' | 'z';
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
}

function gridOf({ pages, zoneStart, mode, width, height, dpr }: Setup): GridRenderer {
  const grid = createCanvas2dRenderer(fakeCanvas().canvas, {
    palette,
    mode,
    makeCanvas: () => fakeCanvas().canvas,
  });
  grid.resize(width, height, dpr);
  grid.setView(machine(pages, zoneStart));
  return grid;
}

const setups: fc.Arbitrary<Setup> = fc.record({
  pages: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 300_000 })),
  zoneStart: fc.integer({ min: 0, max: 60 }).map((rows) => rows * 32),
  mode: fc.constantFrom('rows' as const, 'z' as const),
  width: fc.integer({ min: 200, max: 1400 }),
  height: fc.integer({ min: 200, max: 900 }),
  dpr: fc.constantFrom(1, 1.25, 1.5, 2, 3),
});
const cameras = fc.record({
  scale: fc.double({ min: 0.03, max: 40, noNaN: true }),
  x: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
  y: fc.double({ min: -0.2, max: 1.2, noNaN: true }),
});
const share = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const middle = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) =>
  [x + w / 2, y + h / 2] as const;

test('at any camera the middle of a page’s rectangle is that page', () => {
  fc.assert(
    fc.property(setups, cameras, share, (setup, camera, at) => {
      const grid = gridOf(setup);
      grid.setCamera(camera);
      const pfn = Math.floor(at * setup.pages);
      expect(grid.pfnAt(...middle(grid.rectOf(pfn, 0)))).toBe(pfn);
    }),
    { numRuns: 300 },
  );
});

test('cells of 3 px and more are whole, and stand on device pixels', () => {
  fc.assert(
    fc.property(setups, cameras, (setup, camera) => {
      const grid = gridOf(setup);
      grid.setCamera(camera);
      const { cell, left, top } = grid.seen;
      if (cell >= 3) expect(Number.isInteger(cell)).toBe(true);
      if (grid.seen === grid.layout) return;
      for (const edge of [left, top]) {
        expect(Math.abs(edge * setup.dpr - Math.round(edge * setup.dpr))).toBeLessThan(1e-6);
      }
    }),
  );
});

test('a camera is taken where it is set, but for the picture’s edges; setting what is read changes nothing', () => {
  fc.assert(
    fc.property(setups, cameras, (setup, camera) => {
      const grid = gridOf(setup);
      grid.setCamera(camera);
      if (grid.seen === grid.layout) return;
      const { scale, x, y } = grid.camera;
      const { x: left, y: top, w, h } = grid.viewport;
      expect(scale).toBe(Math.min(Math.max(camera.scale, grid.layout.cell), 32));
      const margin = 0.05;
      if (w < 1) expect(left > -margin && left + w < 1 + margin).toBe(true);
      if (h < 1) expect(top > -margin && top + h < 1 + margin).toBe(true);
      if (camera.x - w / 2 > 0 && camera.x + w / 2 < 1) expect(x).toBeCloseTo(camera.x, 6);
      if (camera.y - h / 2 > 0 && camera.y + h / 2 < 1) expect(y).toBeCloseTo(camera.y, 6);
      grid.setCamera({ scale, x, y });
      expect(grid.camera.x).toBeCloseTo(x, 6);
      expect(grid.camera.y).toBeCloseTo(y, 6);
    }),
  );
});

describe('zooming', () => {
  const points = fc.record({ at: share, factor: fc.double({ min: 0.2, max: 8, noNaN: true }) });

  /** Where a pixel held several pages, any of those within two pixels may be the one that is kept. */
  const isUnder = (grid: GridRenderer, pfn: number, x: number, y: number, slack: number) => {
    const box = grid.rectOf(pfn, 0);
    return (
      x >= box.x - slack && x <= box.x + box.w + slack && y >= box.y - slack && y <= box.y + box.h + slack
    );
  };
  const slackOf = (before: number, after: number, dpr: number) => {
    const isSharp = before * dpr >= 1.1 && after * dpr >= 1.1;
    return isSharp ? 1e-6 : (2 / dpr) * Math.max(1, after / before);
  };

  test('keeps the page under the pointer, unless it ends at the whole machine', () => {
    fc.assert(
      fc.property(
        setups,
        cameras,
        fc.array(points, { minLength: 1, maxLength: 6 }),
        (setup, camera, moves) => {
          const grid = gridOf(setup);
          grid.setCamera(camera);
          for (const { at, factor } of moves) {
            const pfn = Math.floor(at * setup.pages);
            const [x, y] = middle(grid.rectOf(pfn, 0));
            if (grid.pfnAt(Math.round(x), Math.round(y)) === null) continue;
            const under = grid.pfnAt(Math.round(x), Math.round(y))!;
            const before = grid.seen.cell;
            grid.zoomAt(Math.round(x), Math.round(y), factor);
            if (grid.seen === grid.layout) continue;
            expect(
              isUnder(grid, under, Math.round(x), Math.round(y), slackOf(before, grid.seen.cell, setup.dpr)),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('in and out over one spot ends where it began, however often', () => {
    fc.assert(
      fc.property(setups, share, (setup, at) => {
        const grid = gridOf(setup);
        grid.setCamera({ scale: 16, x: 0.4, y: 0.6 });
        if (grid.layout.cell >= 8) return;
        const pfn = Math.floor(at * setup.pages);
        const [x, y] = middle(grid.rectOf(pfn, 0)).map(Math.round) as [number, number];
        grid.zoomAt(x, y, 1.01);
        const before = grid.rectOf(pfn, 0);
        for (let i = 0; i < 20; i++) {
          grid.zoomAt(x, y, 1.5);
          grid.zoomAt(x, y, 1 / 1.5);
        }
        const after = grid.rectOf(pfn, 0);
        expect(Math.abs(after.x - before.x)).toBeLessThanOrEqual(1 / setup.dpr + 1e-9);
        expect(Math.abs(after.y - before.y)).toBeLessThanOrEqual(1 / setup.dpr + 1e-9);
      }),
    );
  });

  test('small factors add up', () => {
    const grid = gridOf({ pages: 65_536, zoneStart: 0, mode: 'z', width: 800, height: 600, dpr: 1 });
    grid.setCamera({ scale: 6, x: 0.5, y: 0.5 });
    for (let i = 0; i < 100; i++) grid.zoomAt(400, 300, 1.01);
    expect(grid.seen.cell).toBe(16);
  });

  test('out all the way is the whole machine', () => {
    fc.assert(
      fc.property(setups, cameras, (setup, camera) => {
        const grid = gridOf(setup);
        grid.setCamera(camera);
        grid.zoomAt(10, 10, 1e-6);
        expect(grid.seen).toBe(grid.layout);
      }),
    );
  });
});

describe('panning', () => {
  test('there and back is no movement', () => {
    fc.assert(
      fc.property(
        setups,
        fc.integer({ min: -40, max: 40 }),
        fc.integer({ min: -40, max: 40 }),
        (setup, dx, dy) => {
          const grid = gridOf(setup);
          grid.setCamera({ scale: 24, x: 0.5, y: 0.5 });
          const before = grid.camera;
          for (let i = 0; i < 3; i++) grid.panBy(dx / 3, dy / 3);
          grid.panBy(-dx, -dy);
          expect(grid.camera.x).toBeCloseTo(before.x, 6);
          expect(grid.camera.y).toBeCloseTo(before.y, 6);
        },
      ),
    );
  });

  test('some of the machine stays in view, and any page can be reached', () => {
    const moves = fc.array(
      fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(setups, moves, share, (setup, pans, at) => {
        const grid = gridOf(setup);
        grid.setCamera({ scale: 20, x: 0.5, y: 0.5 });
        for (const [dx, dy] of pans) grid.panBy(dx, dy);
        const { x, y, w, h } = grid.viewport;
        expect(x < 1 && y < 1 && x + w > 0 && y + h > 0).toBe(true);
        const pfn = Math.floor(at * setup.pages);
        grid.showPages(pfn, 1);
        const [cx, cy] = middle(grid.rectOf(pfn, 0));
        expect(cx > 0 && cy > 0 && cx < setup.width && cy < setup.height).toBe(true);
      }),
    );
  });
});

describe('showing pages', () => {
  const setup: Setup = { pages: 1_048_576, zoneStart: 0, mode: 'z', width: 860, height: 640, dpr: 1 };

  test.each([
    [0x20000, 1, 24],
    [0x20000, 32, 24],
    [0x20000, 512, 24],
    [0x20000, 1024, 20],
  ])('%i, %i pages: at %i px a cell all of them are in view', (pfn, pages, cell) => {
    const grid = gridOf(setup);
    grid.showPages(pfn, pages);
    expect(grid.seen.cell).toBe(cell);
    const [first, last] = [grid.rectOf(pfn, 0), grid.rectOf(pfn + pages - 1, 0)];
    expect(first.x >= 0 && first.y >= 0 && last.x + last.w <= 860 && last.y + last.h <= 640).toBe(true);
  });

  test('at the edge of the machine no empty space comes into view', () => {
    const grid = gridOf(setup);
    grid.showPages(0, 1);
    expect([grid.seen.left, grid.seen.top]).toEqual([3, 3]);
  });
});

test('the tiles keep their arrangement at every scale, and the order changes only by choice', () => {
  const grid = gridOf({ pages: 65_536, zoneStart: 0, mode: 'z', width: 860, height: 640, dpr: 1 });
  const columns = grid.layout.tilesPerRow;
  for (const scale of [0.3, 1, 3, 9, 30]) {
    grid.setCamera({ scale, x: 0.5, y: 0.5 });
    expect([grid.seen.tilesPerRow, grid.seen.mode]).toEqual([columns, 'z']);
  }
  grid.setLayout('rows');
  expect([grid.seen.mode, grid.seen]).toEqual(['rows', grid.layout]);
});

test('another size of the canvas keeps the page in the middle', () => {
  fc.assert(
    fc.property(setups, share, (setup, at) => {
      const grid = gridOf(setup);
      const pfn = Math.floor(at * setup.pages);
      grid.setCamera({ scale: 30, x: 0.5, y: 0.5 });
      const [x, y] = middle(grid.rectOf(pfn, 0));
      grid.panBy(setup.width / 2 - x, setup.height / 2 - y);
      const centre = grid.pfnAt(setup.width / 2, setup.height / 2);
      grid.resize(setup.width + 100, setup.height + 60, setup.dpr);
      if (grid.seen === grid.layout || centre === null) return;
      const now = grid.pfnAt((setup.width + 100) / 2, (setup.height + 60) / 2);
      expect(now).toBe(centre);
    }),
  );
});

test('only tiles in view are painted', () => {
  const layer = fakeCanvas();
  const grid = createCanvas2dRenderer(fakeCanvas().canvas, {
    palette,
    mode: 'z',
    makeCanvas: () => layer.canvas,
  });
  grid.resize(600, 600, 1);
  grid.setView(machine(1_048_576));
  grid.setCamera({ scale: 20, x: 0.5, y: 0.5 });
  grid.draw();
  const seen: Layout = grid.seen;
  const shown = layer.log.filter((call) => call.name === 'strokeRect');
  expect(shown.length).toBeGreaterThan(500);
  expect(shown.length).toBeLessThan(2 * TILE_PAGES);
  const tile = rectIn(seen, 0, 10);
  expect(tile.x + tile.w).toBeLessThan(0);
});
