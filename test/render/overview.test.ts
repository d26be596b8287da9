import { describe, expect, test } from 'vitest';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import { KIND, type PageView } from '../../src/render/page-view.ts';
import { codeWords, NO_OVERLAY } from '../../src/render/tint.ts';
import { fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';

const palette = paletteIn('light');
const words = codeWords(palette, NO_OVERLAY);
const far = (kind: number) => words[kind]!;

function machine(pages: number, kind: number): PageView {
  return {
    pages,
    state: new Uint8Array(pages).fill(kind),
    detail: new Uint8Array(pages),
    zones: [],
    slabOrder: 5,
  };
}

/** A renderer whose image can be read: the overview is the one image that is put. */
function image(view: PageView, width: number, mode: 'rows' | 'z' = 'z') {
  const [front, layer] = [fakeCanvas(), fakeCanvas()];
  const renderer = createCanvas2dRenderer(front.canvas, { palette, mode, makeCanvas: () => layer.canvas });
  renderer.resize(width, width, 1);
  renderer.setView(view);
  renderer.draw();
  const put = () => layer.log.findLast((call) => call.name === 'putImageData')!.args[0] as ImageData;
  const at = (x: number, y: number) => new Uint32Array(put().data.buffer)[y * put().width + x];
  return { renderer, layout: renderer.layout, at, layer, front };
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

  test('a zone gap inside a column of rows is left free', () => {
    const view = {
      ...machine(128, KIND.anon),
      zones: [
        { name: 'DMA', start: 0, end: 64 },
        { name: 'Normal', start: 64, end: 128 },
      ],
    };
    const { layout, at } = image(view, 70, 'rows');
    expect(layout).toMatchObject({ cell: 2, gapRows: [2] });
    expect([0, 1, 2, 3, 4, 5].map((y) => at(0, y))).toEqual([
      far(KIND.anon),
      far(KIND.anon),
      0,
      0,
      far(KIND.anon),
      far(KIND.anon),
    ]);
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

  test('in Z a pixel is an aligned block of order 2, in rows a square of neighbours', () => {
    const view = machine(pages, KIND.free);
    view.state.fill(KIND.kreclaim, 4, 8);
    const z = image(view, 600);
    expect([z.at(0, 0), z.at(1, 0), z.at(0, 1)]).toEqual([
      far(KIND.free),
      far(KIND.kreclaim),
      far(KIND.free),
    ]);
    view.state.fill(KIND.kreclaim, 36, 40);
    const rows = image(view, 600, 'rows');
    expect([1, 2, 3, 4].map((x) => rows.at(x, 0))).toEqual([
      far(KIND.free),
      far(KIND.kreclaim),
      far(KIND.kreclaim),
      far(KIND.free),
    ]);
  });

  test('levels that were worked out elsewhere are taken as they are', () => {
    const level = new Uint8Array(pages >> 2).fill(KIND.dirtyFile);
    const view = { ...machine(pages, KIND.free), levels: [level] };
    expect(image(view, 600).at(5, 5)).toBe(far(KIND.dirtyFile));
  });

  test('pages are counted again where a view comes without its levels', () => {
    const view = machine(pages, KIND.free);
    const shown = image(view, 600);
    const levels = [new Uint8Array(pages >> 2).fill(KIND.anon)];
    shown.renderer.setView({ ...view, levels });
    shown.renderer.draw();
    expect(shown.at(5, 5)).toBe(far(KIND.anon));
    shown.renderer.setView(view);
    shown.renderer.draw();
    expect(shown.at(5, 5)).toBe(far(KIND.free));
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
  expect(layer.log.map((c) => c.name)).toEqual(['createImageData', 'setTransform', 'putImageData']);
  const drawn = front.log.filter((c) => c.name === 'drawImage');
  expect(drawn.map((c) => c.args.slice(1))).toEqual([[3, 3, 1084, 540]]);
  expect(front.log.length).toBeLessThan(200);
});

describe('only what changed is put', () => {
  const puts = (calls: readonly { name: string; args: readonly unknown[] }[]) =>
    calls.filter((call) => call.name === 'putImageData').map((call) => call.args.slice(1));

  function changed(dirty: Uint8Array | null) {
    const view = machine(131_072, KIND.anon);
    const made = image(view, 1200);
    made.layer.log.length = 0;
    view.state[3 * 1024 + 5] = KIND.knoreclaim;
    view.state[9 * 1024 + 5] = KIND.knoreclaim;
    made.renderer.setView(view, dirty);
    made.renderer.draw();
    return { ...made, puts: puts(made.layer.log) };
  }

  test('without dirty tiles all that differ', () => {
    expect(changed(null).puts.length).toBe(2);
  });

  test('with dirty tiles only those, and not if nothing differs in them', () => {
    const dirty = new Uint8Array(128);
    dirty[3] = 1;
    dirty[4] = 1;
    const first = changed(dirty);
    expect(first.puts).toEqual([[0, 0, 3 * 34, 0, 32, 32]]);
    first.layer.log.length = 0;
    dirty.fill(0);
    dirty[9] = 1;
    first.renderer.setView(machine(131_072, KIND.anon), dirty);
    first.renderer.draw();
    expect(puts(first.layer.log)).toEqual([]);
  });
});
