import { describe, expect, test } from 'vitest';
import { contrast, luminance, oklab } from '../../src/render/blend.ts';
import { createCanvas2dRenderer } from '../../src/render/canvas2d.ts';
import { FarPlane } from '../../src/render/far-plane.ts';
import { overlayLegend } from '../../src/render/overlay-legend.ts';
import { KIND, MOD, type PageView } from '../../src/render/page-view.ts';
import { ageRamp, OWNER_HUES, ownerColours, ownerPattern } from '../../src/render/ramp.ts';
import { CODE, codeColours, type Overlay } from '../../src/render/tint.ts';
import { fakeCanvas } from './fake-canvas.ts';
import { paletteIn, type Theme } from './tokens.ts';
import { viewOf } from './views.ts';

const palette = paletteIn('light');
const NONE = new Map();
const themes: readonly Theme[] = ['light', 'dark', 'projector'];

function codes(view: PageView, overlay: Overlay, fold = 0) {
  const plane = new FarPlane();
  plane.setOverlay(overlay, null);
  plane.update(view, 'z', fold, [0], NONE);
  return plane.level.codes;
}

describe('colours', () => {
  test.each(themes)('%s: an older page is always closer to the paper’s lightness', (theme) => {
    const colours = ageRamp(paletteIn(theme), 16).map(luminance);
    const sorted = [...colours].sort((a, b) => (theme === 'dark' ? b - a : a - b));
    expect(colours).toEqual(sorted);
    expect(new Set(colours).size).toBe(16);
  });

  test.each(themes)('%s: the ramp’s neighbours are about equally far apart in lightness', (theme) => {
    const lightness = ageRamp(paletteIn(theme), 16).map((colour) => oklab(colour)[0]);
    const steps = lightness.slice(1).map((value, i) => Math.abs(value - lightness[i]!));
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(2);
  });

  test.each(themes)('%s: twelve owners are told apart, and from the paper', (theme) => {
    const colours = ownerColours(paletteIn(theme));
    expect(colours.length).toBe(OWNER_HUES);
    const distance = (a: string, b: string) => {
      const [one, other] = [oklab(a), oklab(b)];
      return Math.hypot(...one.map((part, i) => part - other[i]!));
    };
    const paper = paletteIn(theme).paper;
    colours.forEach((colour, i) => {
      for (const other of colours.slice(i + 1)) expect(distance(colour, other)).toBeGreaterThan(0.06);
      expect(contrast(colour, paper)).toBeGreaterThan(1.9);
    });
  });

  test('after twelve owners the colours come again with a pattern', () => {
    expect([1, 12, 13, 25, 61].map(ownerPattern)).toEqual(['none', 'none', 'hatch', 'lines', 'none']);
  });
});

describe('codes', () => {
  test('pins: pinned pages and kernel memory of no cache, nothing else', () => {
    const found = codes(viewOf('F L K R A B 0 i'), { kind: 'pins' });
    expect([...found.subarray(0, 8)]).toEqual([
      KIND.cleanFile,
      CODE.pinned,
      CODE.pinned,
      KIND.kreclaim,
      KIND.anon,
      KIND.boot,
      KIND.free,
      KIND.idle,
    ]);
  });

  test('one pinned page speaks for its pixel, one anonymous page does not', () => {
    const pinned = codes(viewOf('F F F L  F F F A'), { kind: 'pins' }, 1);
    expect([...pinned.subarray(0, 2)]).toEqual([CODE.pinned, KIND.cleanFile]);
  });

  test('ages are codes of used pages only, in order', () => {
    const found = codes(viewOf('F A 0 B'), { kind: 'age', bytes: Uint8Array.of(0, 255, 9, 9) });
    expect([...found.subarray(0, 4)]).toEqual([CODE.first, CODE.first + 15, KIND.free, KIND.boot]);
  });

  test('owner 0 is none; the others have a colour each', () => {
    const bytes = Uint8Array.of(0, 1, 13, 2);
    const colours = codeColours(palette, { kind: 'owner', bytes });
    const [none, one, thirteen, two] = codes(viewOf('F F F F'), { kind: 'owner', bytes });
    expect(none).toBe(KIND.cleanFile);
    expect(colours[one!]).toBe(colours[thirteen!]);
    expect(colours[one!]).not.toBe(colours[two!]);
  });
});

describe('on the grid', () => {
  function drawn(view: PageView, overlay: Overlay, cell: number) {
    const layer = fakeCanvas();
    const front = fakeCanvas();
    const renderer = createCanvas2dRenderer(front.canvas, {
      palette,
      maxCell: cell,
      makeCanvas: () => layer.canvas,
    });
    renderer.resize(2000, 2000, 1);
    renderer.setView(view);
    renderer.draw();
    renderer.setOverlay(overlay);
    layer.log.length = 0;
    renderer.draw();
    return { renderer, layer, calls: [...layer.log] };
  }
  const fills = (calls: readonly { name: string; fillStyle: string }[], colour: string) =>
    calls.filter((call) => call.name === 'fillRect' && call.fillStyle === colour).length;

  test.each([17, 10, 6])('at %i px each page has the fill of its age', (cell) => {
    const overlay: Overlay = { kind: 'age', bytes: Uint8Array.of(0, 0, 255, 128) };
    const colours = codeColours(palette, overlay);
    const { calls } = drawn(viewOf('F A A 0'), overlay, cell);
    expect(fills(calls, colours[CODE.first]!)).toBe(2);
    expect(fills(calls, colours[CODE.first + 15]!)).toBe(1);
    expect(fills(calls, colours[CODE.first + 8]!)).toBe(0);
  });

  test('a letter stands on its overlay’s fill in the ink that is read best', () => {
    const { calls } = drawn(viewOf('A'), { kind: 'pins' }, 17);
    expect(fills(calls, palette.ink)).toBe(0);
    const pinned = drawn(viewOf('L'), { kind: 'pins' }, 17).calls;
    expect(fills(pinned, palette.ink)).toBe(1);
    expect(pinned.filter((call) => call.name === 'fillText').at(-1)?.fillStyle).toBe(palette.paper);
  });

  test('changes without bytes are those since the overlay was set', () => {
    const view = viewOf('F F F F');
    const { renderer, layer } = drawn(view, { kind: 'changed' }, 17);
    const frames = () =>
      layer.log.filter((call) => call.name === 'strokeRect' && call.strokeStyle === palette.accent).length;
    expect(frames()).toBe(0);
    view.state[2] = KIND.dirtyFile;
    renderer.setView(view);
    renderer.draw();
    expect(frames()).toBe(1);
  });

  test('taking the overlay off paints the kinds again', () => {
    const { renderer, layer } = drawn(viewOf('K'), { kind: 'pins' }, 17);
    layer.log.length = 0;
    renderer.setOverlay({ kind: 'none' });
    renderer.draw();
    expect(fills(layer.log, palette.ink)).toBe(0);
    expect(fills(layer.log, palette.kinds[KIND.knoreclaim]!.fill)).toBe(2);
  });

  test('new bytes of the same overlay repaint', () => {
    const first: Overlay = { kind: 'age', bytes: Uint8Array.of(0) };
    const { renderer, layer } = drawn(viewOf('F'), first, 17);
    layer.log.length = 0;
    renderer.setOverlay({ kind: 'age', bytes: Uint8Array.of(255) });
    renderer.draw();
    expect(fills(layer.log, codeColours(palette, first)[CODE.first + 15]!)).toBe(1);
  });
});

describe('legend', () => {
  test('none has no legend; ages are a scale with its ends named', () => {
    expect(overlayLegend(palette, 'none')).toBeNull();
    const ages = overlayLegend(palette, 'age');
    expect(ages?.kind).toBe('scale');
    expect(ages?.entries.map(({ text }) => text).filter(Boolean)).toEqual(['just used', 'longest unused']);
    expect(ages?.entries.map(({ colour }) => colour)).toEqual(ageRamp(palette, 16));
  });

  test('owners have the colours and patterns they are drawn in, and say when colours repeat', () => {
    const few = overlayLegend(palette, 'owner', ['init', 'cc1']);
    expect(few?.entries.map(({ text, pattern }) => [text, pattern])).toEqual([
      ['init', 'none'],
      ['cc1', 'none'],
    ]);
    const many = overlayLegend(
      palette,
      'owner',
      Array.from({ length: 14 }, (_, i) => `p${i}`),
    );
    expect(many?.entries[12]).toMatchObject({ colour: many?.entries[0]?.colour, pattern: 'hatch' });
    expect(many?.title).toContain('repeat');
  });
});

test('a stranded page has a notch from 14 px', () => {
  const view = viewOf('F F');
  view.state[1]! |= MOD.stranded;
  const notches = (cell: number) => {
    const layer = fakeCanvas();
    const renderer = createCanvas2dRenderer(fakeCanvas().canvas, {
      palette,
      maxCell: cell,
      makeCanvas: () => layer.canvas,
    });
    renderer.resize(2000, 200, 1);
    renderer.setView(view);
    renderer.draw();
    return layer.log.filter((call) => call.name === 'fill' && call.fillStyle === palette.ink3).length;
  };
  expect([14, 13].map(notches)).toEqual([1, 0]);
});
