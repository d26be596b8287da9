import { describe, expect, test } from 'vitest';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import { layoutOf } from '../../src/render/layout.ts';
import { farWords, imageSize, paintFarTile } from '../../src/render/overview.ts';
import { KIND, type PageView } from '../../src/render/page-view.ts';
import { fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';

const palette = paletteIn('light');
const words = farWords(palette);
const far = (kind: number) => words.kinds[kind]!;

function machine(pages: number, kind: number): PageView {
  return {
    pages,
    state: new Uint8Array(pages).fill(kind),
    detail: new Uint8Array(pages),
    zones: [],
    slabOrder: 5,
  };
}

function image(view: PageView, width: number, mode: 'rows' | 'z' = 'z') {
  const layout = layoutOf({ pages: view.pages, zones: [], mode, width, height: width });
  const size = imageSize(layout);
  const target = { words: new Uint32Array(size.w * size.h), width: size.w };
  for (let tile = 0; tile < layout.tiles; tile++) paintFarTile(target, layout, view, tile, words, new Map());
  return { layout, at: (x: number, y: number) => target.words[y * size.w + x] };
}

describe('one pixel a page', () => {
  test('pages are far colours at their cell, tiles apart by a gap', () => {
    const view = machine(65_536, KIND.free);
    view.state[1] = KIND.dirtyFile;
    view.state[1024] = KIND.anon;
    const { layout, at } = image(view, 560);
    expect(layout.cell).toBe(2);
    expect([at(0, 0), at(1, 0), at(0, 1)]).toEqual([far(KIND.free), far(KIND.dirtyFile), far(KIND.free)]);
    expect([at(31, 0), at(32, 0), at(33, 0), at(34, 0)]).toEqual([far(KIND.free), 0, 0, far(KIND.anon)]);
  });
});

describe('several pages a pixel', () => {
  const pages = 1_048_576;

  test('the kind that most pages have wins', () => {
    const view = machine(pages, KIND.cleanFile);
    view.state.fill(KIND.anon, 1, 4);
    const { layout, at } = image(view, 600);
    expect(layout.cell).toBe(0.5);
    expect([at(0, 0), at(1, 0)]).toEqual([far(KIND.anon), far(KIND.cleanFile)]);
  });

  test.each([
    [KIND.cleanFile, KIND.knoreclaim],
    [KIND.free, KIND.cleanFile],
    [KIND.knoreclaim, KIND.boot],
    [KIND.cleanFile, KIND.anon],
  ])('of kinds %i and %i in equal number the heavier one', (light, heavy) => {
    const view = machine(pages, light);
    view.state.fill(heavy, 0, 2);
    expect(image(view, 600).at(0, 0)).toBe(far(heavy));
    const turned = machine(pages, heavy);
    turned.state.fill(light, 0, 2);
    expect(image(turned, 600).at(0, 0)).toBe(far(heavy));
  });

  test('in Z a pixel is an aligned block of order 2', () => {
    const view = machine(pages, KIND.free);
    view.state.fill(KIND.kreclaim, 4, 8);
    const { at } = image(view, 600);
    expect([at(0, 0), at(1, 0), at(0, 1)]).toEqual([far(KIND.free), far(KIND.kreclaim), far(KIND.free)]);
  });
});

test('the overview is one image drawn once, unsmoothed, and nothing page by page', () => {
  const [front, layer] = [fakeCanvas(), fakeCanvas()];
  const renderer = createCanvas2dRenderer(front.canvas, {
    palette,
    mode: 'z',
    makeCanvas: () => layer.canvas,
  });
  renderer.resize(1200, 640, 1);
  renderer.setView(machine(131_072, KIND.anon));
  renderer.draw();
  expect(renderer.layout).toMatchObject({ cell: 2, tilesPerRow: 16 });
  expect(layer.log.map((c) => c.name)).toEqual(['setTransform', 'createImageData', 'putImageData']);
  const drawn = front.log.filter((c) => c.name === 'drawImage');
  expect(drawn.map((c) => c.args.slice(1))).toEqual([[3, 3, 1084, 540]]);
  expect(front.log.length).toBeLessThan(200);
});
