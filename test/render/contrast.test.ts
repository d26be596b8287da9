import { describe, expect, test } from 'vitest';
import { parseColour } from '../../src/render/colour.ts';
import { type Theme, tokensOf } from './tokens.ts';

/** Relative luminance, WCAG 2. */
function luminance(colour: string): number {
  const [r, g, b] = parseColour(colour).map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const KINDS = ['F', 'D', 'A', 'R', 'K', 'B'];
const TEXT = 4.5;
const SHAPE = 3;

/** Foreground, ground, least ratio: every pair in which one is read on the other. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['ink', 'paper', TEXT],
  ['ink-2', 'paper', TEXT],
  ['ink-3', 'paper', TEXT],
  ['ink-3', 'sunken', TEXT],
  ['ink-3', 'band', TEXT],
  ['accent', 'paper', TEXT],
  ['accent', 'accent-soft', TEXT],
  ['accent-ink', 'accent', TEXT],
  ['free-edge', 'paper', SHAPE],
  ['free-edge', 'band', SHAPE],
  ['line-2', 'paper', SHAPE],
  ...KINDS.flatMap(
    (kind) =>
      [
        [`${kind}-edge`, 'paper', SHAPE],
        [`${kind}-edge`, 'band', SHAPE],
        [`${kind}-ink`, kind, TEXT],
      ] as const,
  ),
];

describe.each(['light', 'dark', 'projector'] as const)('contrast, %s', (theme: Theme) => {
  const tokens = tokensOf(theme);
  test.each(PAIRS)('%s on %s is at least %d', (front, ground, least) => {
    expect(contrast(tokens.get(front)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(least);
  });

  test('single-kind mode stands out', () => {
    expect(contrast(tokens.get('ink')!, tokens.get('band')!)).toBeGreaterThanOrEqual(12);
  });
});

test('the ratio of black on white is 21', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21, 5);
});
