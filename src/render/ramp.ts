/** Colours of overlays: an ordered ramp for ages, and hues for owners. */
import { luminance, oklch } from './blend.ts';
import type { Palette, Pattern } from './palette.ts';

/** Dark violet, blue, green, yellow: lightness rises evenly, so order survives greyscale and any colour vision. */
const STOPS: readonly (readonly [lightness: number, chroma: number, hue: number])[] = [
  [0.3, 0.13, 310],
  [0.45, 0.12, 262],
  [0.6, 0.12, 200],
  [0.75, 0.15, 150],
  [0.9, 0.16, 105],
];

const isDark = (palette: Palette) => luminance(palette.paper) < 0.5;

/** Colour at `share` (0 to 1) of the ramp from dark to light. */
function rampAt(share: number): string {
  const at = share * (STOPS.length - 1);
  const from = Math.min(Math.floor(at), STOPS.length - 2);
  const [a, b] = [STOPS[from]!, STOPS[from + 1]!];
  const part = at - from;
  const between = (i: 0 | 1 | 2) => a[i] + (b[i] - a[i]) * part;
  return oklch(between(0), between(1), between(2));
}

/** `steps` colours from just used, far from the paper's lightness, to longest unused, close to it. */
export function ageRamp(palette: Palette, steps: number): string[] {
  return Array.from({ length: steps }, (_, i) => {
    const age = i / (steps - 1);
    return rampAt(isDark(palette) ? 1 - age : age);
  });
}

/** Owners told apart by colour; after these the hues begin again, with a pattern. */
export const OWNER_HUES = 12;

/** Six hues, each dark and light: neighbours in number differ in both. */
export function ownerColours(palette: Palette): string[] {
  const [dark, light] = isDark(palette) ? [0.55, 0.82] : [0.45, 0.72];
  return Array.from({ length: OWNER_HUES }, (_, i) => {
    const hue = ((i >> 1) * 60 + (i % 2) * 30 + 25) % 360;
    return i % 2 === 0 ? oklch(dark!, 0.15, hue) : oklch(light!, 0.13, hue);
  });
}

const PATTERNS: readonly Pattern[] = ['none', 'hatch', 'lines', 'dots', 'cross'];

/** The pattern of the owner with number `owner` (from 1): none for the first twelve. */
export function ownerPattern(owner: number): Pattern {
  return PATTERNS[Math.floor((owner - 1) / OWNER_HUES) % PATTERNS.length]!;
}
