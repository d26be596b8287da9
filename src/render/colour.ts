/** CSS colours as bytes, for the overview, which writes pixels itself. */

/** Red, green, blue, alpha, each 0 to 255. */
export type Rgba = readonly [number, number, number, number];

const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const FUNCTION = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/i;

/**
 * Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()` and `rgba()`: the forms in which tokens are written or
 * minified. Throws a RangeError for anything else.
 */
export function parseColour(text: string): Rgba {
  const hex = HEX.exec(text)?.[1];
  if (hex !== undefined) {
    const digits = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const byte = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16);
    return [byte(0), byte(2), byte(4), digits.length === 8 ? byte(6) : 255];
  }
  const parts = FUNCTION.exec(text);
  if (!parts) throw new RangeError(`unreadable colour '${text}': expected #rrggbb or rgb()`);
  const alpha = parts[4] === undefined ? 1 : Number(parts[4]) / (parts[5] === '%' ? 100 : 1);
  return [Number(parts[1]), Number(parts[2]), Number(parts[3]), Math.round(alpha * 255)];
}

/** The colour as the 32-bit word that an ImageData's buffer holds on this machine. */
export function pixelWord(colour: string): number {
  return new Uint32Array(new Uint8ClampedArray(parseColour(colour)).buffer)[0]!;
}
