import { describe, expect, it, test } from 'vitest';
import { KIND } from '../../src/render/page-view.ts';
import { deltaE, deltaE2000, lightness, SIGHTS, seenBy } from './colour-vision.ts';
import { paletteIn } from './tokens.ts';

const KINDS = [KIND.cleanFile, KIND.dirtyFile, KIND.anon, KIND.kreclaim, KIND.knoreclaim, KIND.boot] as const;
const PAIRS = KINDS.flatMap((one, i) => KINDS.slice(i + 1).map((other) => [one, other] as const));
const THEMES = ['light', 'dark', 'projector'] as const;
const COLOURED = SIGHTS.filter((sight) => sight !== 'achromatopsia');

describe('how far apart colours look', () => {
  it.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ] as const)('agrees with the published pair %j and %j', (one, other, published) => {
    const [p, q] = [one, other].map(([l, a, b]) => ({ l, a, b }));
    expect(deltaE2000(p!, q!)).toBeCloseTo(published, 3);
  });

  it('lets who lacks a cone take its colours for one another', () => {
    for (const sight of ['protanopia', 'deuteranopia'] as const) {
      const [red, green] = ['#b04040', '#607000'].map((colour) => seenBy(sight, colour));
      expect(deltaE(red!, green!)).toBeLessThan(deltaE('#b04040', '#607000') / 2);
    }
    expect(seenBy('normal', '#a63f22')).toBe('#a63f22');
    expect(seenBy('achromatopsia', '#ffffff')).toBe('#ffffff');
  });
});

describe.each(THEMES)('kinds are told apart, %s', (theme) => {
  const { kinds, paper } = paletteIn(theme);
  const least = (look: 'fill' | 'far', sight: (typeof SIGHTS)[number]) =>
    Math.min(
      ...PAIRS.map(([one, other]) =>
        deltaE(seenBy(sight, kinds[one]![look]), seenBy(sight, kinds[other]![look])),
      ),
    );

  test.each(COLOURED)('by their fills, %s', (sight) => {
    expect(least('fill', sight)).toBeGreaterThanOrEqual(10);
  });

  test.each(COLOURED)('by their far colours, %s', (sight) => {
    expect(least('far', sight)).toBeGreaterThanOrEqual(9);
  });

  test.each(COLOURED)('from paper, %s', (sight) => {
    for (const kind of KINDS) {
      expect(deltaE(seenBy(sight, kinds[kind]!.fill), seenBy(sight, paper))).toBeGreaterThanOrEqual(10);
    }
  });

  it('without any colour: those with the same texture by lightness, the others by texture and letter', () => {
    for (const [one, other] of PAIRS) {
      const [a, b] = [kinds[one]!, kinds[other]!];
      expect(a.letter).not.toBe(b.letter);
      if (a.pattern !== b.pattern) continue;
      expect(Math.abs(lightness(a.fill) - lightness(b.fill))).toBeGreaterThanOrEqual(8);
    }
  });
});
