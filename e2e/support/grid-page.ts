/**
 * A page with nothing but the page grid and made-up machines, for browser tests of the renderer. It is bundled by the
 * test that opens it and is no part of the built site.
 */
import { nextBelow, nextChance, PRNG_WORDS, seedPrng } from '../../src/base/prng.ts';
import { probeGl } from '../../src/render/backend.ts';
import { createGridRenderer } from '../../src/render/create-renderer.ts';
import type { GridRenderer } from '../../src/render/grid-renderer.ts';
import type { LayoutMode } from '../../src/render/layout.ts';
import { createMinimap, type Minimap } from '../../src/render/minimap.ts';
import { KIND, MOD, type PageView, TAIL } from '../../src/render/page-view.ts';
import { paletteOf } from '../../src/render/palette.ts';
import { createFrameScheduler } from '../../src/render/scheduler.ts';

export interface GridSetup {
  readonly pages: number;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly mode: LayoutMode;
  readonly backend: 'canvas2d' | 'webgl2';
  readonly dpr?: number;
}

/** Kinds that a region of a tile is mostly made of, as a machine's memory is. */
const REGIONS: readonly (readonly number[])[] = [
  [KIND.cleanFile, KIND.cleanFile, KIND.cleanFile, KIND.dirtyFile, KIND.free],
  [KIND.anon, KIND.anon, KIND.anon, KIND.cleanFile, KIND.free],
  [KIND.kreclaim, KIND.kreclaim, KIND.knoreclaim, KIND.free],
  [KIND.knoreclaim, KIND.knoreclaim, KIND.boot],
  [KIND.free, KIND.free, KIND.free, KIND.anon, KIND.cleanFile],
];

/** A machine made up from a seed: every block aligned, every kind and modifier somewhere. */
export function machine(pages: number, seed: number): PageView {
  const prng = new Uint32Array(PRNG_WORDS);
  seedPrng(prng, seed, 'grid-page');
  const state = new Uint8Array(pages);
  const detail = new Uint8Array(pages);
  let region = REGIONS[0]!;
  for (let pfn = 0; pfn < pages; ) {
    if (pfn % 256 === 0 && nextChance(prng, 0.5)) region = REGIONS[nextBelow(prng, REGIONS.length)]!;
    const kind = region[nextBelow(prng, region.length)]!;
    const largest = kind === KIND.free ? 8 : 4;
    let order = nextBelow(prng, largest + 1);
    while (order > 0 && (pfn % (1 << order) !== 0 || pfn + (1 << order) > pages)) order--;
    const single = kind !== KIND.free && nextChance(prng, 0.8);
    const size = single ? 1 : 1 << order;
    const mods =
      kind === KIND.free || kind === KIND.boot
        ? 0
        : (nextChance(prng, 0.03) ? MOD.pinned : 0) |
          (nextChance(prng, 0.1) ? MOD.referenced : 0) |
          (nextChance(prng, 0.05) ? MOD.stranded : 0);
    state.fill(kind | mods, pfn, pfn + size);
    detail.fill(TAIL, pfn, pfn + size);
    const maps = kind === KIND.anon || kind === KIND.cleanFile ? nextBelow(prng, 4) : 0;
    detail[pfn] = (single ? 0 : order) | (maps << 4);
    pfn += size;
  }
  const zones = [
    { name: 'DMA', start: 0, end: Math.min(4096, pages >> 2) },
    { name: 'Normal', start: Math.min(4096, pages >> 2), end: pages },
  ];
  return { pages, state, detail, zones, slabOrder: 5 };
}

const scheduler = createFrameScheduler();

/** Puts a grid into the page, with a minimap beside it. */
function setUp(setup: GridSetup) {
  document.body.replaceChildren();
  const canvas = document.createElement('canvas');
  const small = document.createElement('canvas');
  document.body.append(canvas, small);
  const palette = paletteOf(document.documentElement);
  const view = machine(setup.pages, setup.seed);
  const grid: GridRenderer = createGridRenderer(canvas, {
    palette,
    mode: setup.mode,
    forced: setup.backend,
    requestDraw: () => scheduler.requestDraw(draw),
  });
  const minimap: Minimap = createMinimap(small, {
    palette,
    onMove: (x, y) => {
      grid.setCamera({ ...grid.camera, x, y });
      scheduler.requestDraw(draw);
    },
  });
  const draw = () => {
    grid.draw();
    minimap.setViewport(grid.viewport);
    minimap.draw();
  };
  grid.resize(setup.width, setup.height, setup.dpr ?? devicePixelRatio);
  grid.setView(view);
  minimap.resize(320, 320, setup.dpr ?? devicePixelRatio);
  minimap.follow(grid.layout);
  minimap.setView(view);
  draw();
  return { grid, minimap, view, canvas, small, draw };
}

/** The colours of a canvas at every `step`-th device pixel, as one number each. */
function probe(canvas: HTMLCanvasElement, step: number): number[] {
  const g = canvas.getContext('2d');
  if (!g) return [];
  const { data, width, height } = g.getImageData(0, 0, canvas.width, canvas.height);
  const words = new Uint32Array(data.buffer);
  const found: number[] = [];
  for (let y = 1; y < height; y += step) {
    for (let x = 1; x < width; x += step) found.push(words[y * width + x]!);
  }
  return found;
}

const palette = () => paletteOf(document.documentElement);

const api = { setUp, probe, machine, palette, probeGl, scheduler };

declare global {
  interface Window {
    grids: typeof api;
  }
}

window.grids = api;
