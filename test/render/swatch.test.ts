import { describe, expect, test } from 'vitest';
import { KIND } from '../../src/render/page-view.ts';
import { paintSwatch, SWATCHES, type Swatch } from '../../src/render/swatch.ts';
import { corners, fakeCanvas } from './fake-canvas.ts';
import { paletteIn } from './tokens.ts';

const palette = paletteIn('dark');

function painted(swatch: Swatch, size = 14) {
  const { canvas, log } = fakeCanvas();
  paintSwatch(canvas, palette, swatch, size, 2);
  return { canvas, log };
}

const text = (swatch: Swatch) => painted(swatch).log.find((c) => c.name === 'fillText')?.args[0];

describe('legend samples', () => {
  test('carry the letters of the grid', () => {
    expect(Object.values(SWATCHES).map(text)).toEqual([
      '3',
      undefined,
      'F',
      'D',
      'A',
      'R',
      'K',
      undefined,
      'A',
    ]);
  });

  test.each(Object.entries(SWATCHES))('%s fills its canvas and stays in it', (_name, swatch) => {
    const { canvas, log } = painted(swatch);
    expect([canvas.width, canvas.style.width]).toEqual([28, '14px']);
    const points = log.flatMap(corners).flat();
    expect(Math.min(...points)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...points)).toBeLessThanOrEqual(14);
  });

  test('a free block shows the order asked for', () => {
    expect(text({ state: KIND.free, order: 5 })).toBe('5');
  });

  test('the overview has its own colours, with an outline', () => {
    const { log } = painted({ state: KIND.cleanFile, far: true }, 13);
    expect(log.filter((c) => c.name === 'fillRect').map((c) => c.fillStyle)).toEqual([
      palette.kinds[KIND.cleanFile]!.far,
    ]);
    expect(log.filter((c) => c.name === 'strokeRect').length).toBe(1);
  });
});
