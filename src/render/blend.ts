/** Arithmetic on colours: mixing, relative luminance (WCAG 2), and OKLab (Ottosson 2020) for ramps that look even. */
import { parseColour } from './colour.ts';

const byte = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 255);

const hex = (parts: readonly number[]) =>
  `#${parts.map((part) => byte(part).toString(16).padStart(2, '0')).join('')}`;

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

const encoded = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

function channels(colour: string): [number, number, number] {
  const [r, g, b] = parseColour(colour);
  return [r / 255, g / 255, b / 255];
}

/** `share` (0 to 1) of `colour`, the rest `ground`. */
export function mixed(ground: string, colour: string, share: number): string {
  const under = channels(ground);
  return hex(channels(colour).map((part, i) => part * share + under[i]! * (1 - share)));
}

/** Relative luminance, 0 to 1. */
export function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map(linear) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Whichever of two inks stands out more on `fill`. */
export function contrastInk(fill: string, one: string, other: string): string {
  return contrast(fill, one) >= contrast(fill, other) ? one : other;
}

/** Lightness 0 to 1, green to red, blue to yellow. */
export function oklab(colour: string): [number, number, number] {
  const [r, g, b] = channels(colour).map(linear) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** The sRGB colour of an OKLCh lightness, chroma and hue in degrees; what the screen lacks is cut off. */
export function oklch(lightness: number, chroma: number, hue: number): string {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return hex(
    [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ].map((part) => encoded(Math.max(0, part))),
  );
}
