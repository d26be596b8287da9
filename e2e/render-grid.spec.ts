import { openGrid } from './support/grid-lab.ts';
import type { GridSetup } from './support/grid-page.ts';
import { expect, test } from './support/lab.ts';

const SETUP: Omit<GridSetup, 'backend'> = { pages: 65_536, seed: 7, width: 700, height: 560, mode: 'z' };
const LARGE: Omit<GridSetup, 'backend'> = { ...SETUP, pages: 1_048_576 };

test('every cell of the overview has its page’s colour, at one pixel a page and more', async ({ page }) => {
  await openGrid(page);
  const wrong = await page.evaluate((setup) => {
    const { grid, view, canvas, draw } = window.grids.setUp({ ...setup, backend: 'canvas2d' });
    const colours = new Map<number, number>();
    const g = canvas.getContext('2d');
    let wrong = 0;
    for (const scale of [1, 2]) {
      grid.setCamera({ scale, x: 0.4, y: 0.6 });
      draw();
      for (let pfn = 0; pfn < view.pages; pfn += 61) {
        const { x, y, w } = grid.rectOf(pfn, 0);
        if (x < 0 || y < 0 || x + w > setup.width || y + w > setup.height) continue;
        const at = (length: number) => Math.floor((length + w / 2) * devicePixelRatio);
        const data = g?.getImageData(at(x), at(y), 1, 1).data ?? [];
        const colour = ((data[0] ?? 0) << 16) | ((data[1] ?? 0) << 8) | (data[2] ?? 0);
        const kind = (view.state[pfn] ?? 0) & 15;
        if ((colours.get(kind) ?? colour) !== colour) wrong++;
        colours.set(kind, colour);
      }
    }
    return { wrong, kinds: colours.size, distinct: new Set(colours.values()).size };
  }, SETUP);
  expect(wrong).toEqual({ wrong: 0, kinds: 7, distinct: 7 });
});

test('panning paints what a fresh start at the same place paints', async ({ page }) => {
  await openGrid(page);
  const same = await page.evaluate((setup) => {
    const { setUp, probe } = window.grids;
    const panned = setUp({ ...setup, backend: 'canvas2d' });
    panned.grid.setCamera({ scale: 9, x: 0.3, y: 0.3 });
    panned.draw();
    for (const [dx, dy] of [
      [-37, 12],
      [-300, -200],
      [5, 0],
      [0, -91],
      [140, 260],
    ] as const) {
      panned.grid.panBy(dx, dy);
      panned.draw();
    }
    const pixels = probe(panned.canvas, 1);
    const camera = panned.grid.camera;
    const fresh = setUp({ ...setup, backend: 'canvas2d' });
    fresh.grid.setCamera(camera);
    fresh.draw();
    const others = probe(fresh.canvas, 1);
    return { length: pixels.length, differing: pixels.filter((word, i) => word !== others[i]).length };
  }, SETUP);
  expect(same.length).toBeGreaterThan(100_000);
  expect(same.differing).toBe(0);
});

test('a drag on the minimap brings that place into the middle', async ({ page }) => {
  await openGrid(page);
  await page.evaluate((setup) => {
    const made = window.grids.setUp({ ...setup, backend: 'canvas2d' });
    made.grid.setCamera({ scale: 8, x: 0.2, y: 0.2 });
    made.draw();
    Object.assign(window, { made });
  }, LARGE);
  const small = page.locator('canvas').nth(1);
  const box = await small.boundingBox();
  if (!box) throw new Error('no minimap on the page');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.6);
  await page.mouse.up();
  const camera = await page.evaluate(async () => {
    await window.grids.scheduler.whenIdle();
    return (window as unknown as { made: ReturnType<typeof window.grids.setUp> }).made.grid.camera;
  });
  expect(camera.scale).toBe(8);
  expect(camera.x).toBeCloseTo(0.75, 1);
  expect(camera.y).toBeCloseTo(0.6, 1);
});

test('a change fades in, and idle waits until it has', async ({ page }) => {
  await openGrid(page);
  const seen = await page.evaluate(async (setup) => {
    const { setUp, probe, scheduler } = window.grids;
    const { grid, view, canvas, draw } = setUp({ ...setup, backend: 'canvas2d' });
    grid.setMotion(true);
    grid.setCamera({ scale: 16, x: 0.5, y: 0.5 });
    draw();
    const before = probe(canvas, 1);
    const isShown = (page: number) => {
      const { x, y } = grid.rectOf(page, 0);
      return x > 0 && y > 0 && x < 600 && y < 500;
    };
    const pfn = view.detail.findIndex((detail, page) => (detail & 15) === 0 && isShown(page));
    view.state[pfn] = ((view.state[pfn] ?? 0) & 15) === 4 ? 2 : 4;
    grid.setView(view);
    draw();
    const first = probe(canvas, 1);
    const pending = scheduler.pending;
    await scheduler.whenIdle();
    const last = probe(canvas, 1);
    const differing = (a: number[], b: number[]) => a.filter((word, i) => word !== b[i]).length;
    return { pending, start: differing(before, first), end: differing(before, last) };
  }, SETUP);
  expect(seen).toMatchObject({ pending: true, start: 0 });
  expect(seen.end).toBeGreaterThan(50);
});

test.describe('@webgl', () => {
  for (const setup of [SETUP, LARGE]) {
    for (const mode of ['z', 'rows'] as const) {
      test(`both back ends show the same, ${setup.pages} pages in ${mode}`, async ({ page }) => {
        await openGrid(page);
        const results = await page.evaluate(
          (input) => {
            const { setUp, probe } = window.grids;
            const cameras = [
              null,
              { scale: 0.5, x: 0.5, y: 0.5 },
              { scale: 1, x: 0.31, y: 0.42 },
              { scale: 2.5, x: 0.7, y: 0.7 },
              { scale: 2, x: 0.6, y: 0.3 },
              { scale: 5, x: 0.5, y: 0.2 },
              { scale: 17, x: 0.5, y: 0.5 },
            ];
            const age = Uint8Array.from({ length: input.pages }, (_, i) => (i >> 6) * 37);
            const shown = (backend: 'canvas2d' | 'webgl2') => {
              const { grid, view, canvas, draw } = setUp({ ...input, backend });
              const pictures = cameras.map((camera) => {
                if (camera) grid.setCamera(camera);
                else grid.fit();
                draw();
                return probe(canvas, 7);
              });
              grid.setCamera({ scale: 1, x: 0.31, y: 0.42 });
              draw();
              const dirty = new Uint8Array(view.pages >> 10);
              for (let pfn = 512; pfn < view.pages; pfn += 4096) {
                view.state.fill(7, pfn, pfn + 64);
                dirty[pfn >> 10] = 1;
              }
              grid.setView(view, dirty);
              draw();
              pictures.push(probe(canvas, 7));
              grid.setOverlay({ kind: 'age', bytes: age });
              draw();
              pictures.push(probe(canvas, 7));
              return { backend: grid.backend, pictures };
            };
            const [plain, gl] = [shown('canvas2d'), shown('webgl2')];
            return {
              backends: [plain.backend, gl.backend],
              colours: gl.pictures.map((picture) => new Set(picture).size),
              differing: plain.pictures.map(
                (picture, i) => picture.filter((word, at) => word !== gl.pictures[i]?.[at]).length,
              ),
            };
          },
          { ...setup, mode },
        );
        expect(results.backends).toEqual(['canvas2d', 'webgl2']);
        const atHalves = 3;
        expect(results.differing.filter((_, i) => i !== atHalves)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
        // Where an edge of two pages falls on the middle of a pixel, either page is right.
        expect(results.differing[atHalves]).toBeLessThan(40);
        for (const colours of results.colours) expect(colours).toBeGreaterThan(5);
      });
    }
  }

  test('a lost context is survived on Canvas 2D with the same picture', async ({ page }) => {
    await openGrid(page);
    const result = await page.evaluate(async (setup) => {
      const { setUp, probe, scheduler } = window.grids;
      const { grid, view, canvas, draw } = setUp({ ...setup, backend: 'webgl2' });
      const before = probe(canvas, 3);
      const backends: string[] = [grid.backend];
      const lost = grid.testLoseContext();
      for (let frame = 0; grid.backend === 'webgl2' && frame < 120; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await scheduler.whenIdle();
      backends.push(grid.backend);
      const after = probe(canvas, 3);
      view.state.fill(4, 0, 1024);
      grid.setView(view);
      draw();
      const changed = probe(canvas, 3);
      const differing = (other: number[]) => before.filter((word, i) => word !== other[i]).length;
      return { lost, backends, differing: differing(after), changed: differing(changed) > 0 };
    }, SETUP);
    expect(result).toEqual({ lost: true, backends: ['webgl2', 'canvas2d'], differing: 0, changed: true });
  });
});
