import { describe, expect, test } from 'vitest';
import { parseColour, pixelWord } from '../../src/render/colour.ts';
import { KIND } from '../../src/render/page-view.ts';
import { paletteFrom, soloPalette } from '../../src/render/palette.ts';
import { declarations, paletteIn, tokensOf } from './tokens.ts';

describe('palette', () => {
  test.each(['light', 'dark', 'projector'] as const)('%s has every kind, in readable colours', (theme) => {
    const { kinds } = paletteIn(theme);
    expect(kinds.length).toBe(Object.keys(KIND).length);
    for (const paint of kinds) {
      for (const colour of [paint.fill, paint.edge, paint.ink, paint.far])
        expect(parseColour(colour)[3]).toBe(255);
    }
  });

  test('kinds carry the letters and patterns of the design', () => {
    const { kinds } = paletteIn('light');
    const look = (kind: number) => [kinds[kind]!.letter, kinds[kind]!.pattern];
    expect(look(KIND.cleanFile)).toEqual(['F', 'none']);
    expect(look(KIND.dirtyFile)).toEqual(['D', 'hatch']);
    expect(look(KIND.anon)).toEqual(['A', 'none']);
    expect(look(KIND.kreclaim)).toEqual(['R', 'dots']);
    expect(look(KIND.knoreclaim)).toEqual(['K', 'lines']);
    expect(look(KIND.boot)).toEqual(['', 'cross']);
  });

  test('a missing token is named', () => {
    expect(() => paletteFrom((name) => (name === 'K-edge' ? ' ' : '#000'))).toThrow('--K-edge');
  });

  test('the dark tokens stand twice and are the same', () => {
    expect(declarations(':root:not([data-theme])')).toEqual(declarations(':root[data-theme="dark"]'));
  });

  test('themes only override tokens that the default has', () => {
    for (const theme of ['dark', 'projector'] as const) {
      expect([...tokensOf(theme).keys()].sort()).toEqual([...tokensOf('light').keys()].sort());
    }
  });

  test('single-kind mode draws that kind in ink and every other as band', () => {
    const palette = paletteIn('light');
    const solo = soloPalette(palette, KIND.anon);
    solo.kinds.forEach((paint, kind) => {
      expect([paint.fill, paint.far]).toEqual(Array(2).fill(kind === KIND.anon ? palette.ink : palette.band));
      expect(paint.letter).toBe(palette.kinds[kind]!.letter);
    });
  });
});

describe('colours', () => {
  test.each([
    ['#fff', [255, 255, 255, 255]],
    ['#1234', [17, 34, 51, 68]],
    ['#A9CDEB', [169, 205, 235, 255]],
    ['#fbfaf6bd', [251, 250, 246, 189]],
    ['rgba(20, 23, 28, .72)', [20, 23, 28, 184]],
    ['rgb(1 2 3 / 50%)', [1, 2, 3, 128]],
  ] as const)('%s', (text, bytes) => {
    expect(parseColour(text)).toEqual(bytes);
  });

  test('what is no colour is said', () => {
    expect(() => parseColour('#12345')).toThrow("unreadable colour '#12345'");
  });

  test('a pixel word lays down red, green, blue, alpha in this order of bytes', () => {
    expect([...new Uint8Array(Uint32Array.of(pixelWord('#010203')).buffer)]).toEqual([1, 2, 3, 255]);
  });
});
