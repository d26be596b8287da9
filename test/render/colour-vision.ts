/** Colours as people see them who lack one kind of cone, or all, and how far apart two colours look. */
import { lab, rgb } from 'd3';

export const SIGHTS = ['normal', 'protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const;
export type Sight = (typeof SIGHTS)[number];

/** Rows of the matrices of Machado, Oliveira and Fernandes 2009 at full severity, on linear RGB; luminance for none. */
const MATRICES: Readonly<Record<Sight, readonly (readonly [number, number, number])[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  achromatopsia: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};

const linear = (byte: number) => {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const encoded = (part: number) => {
  const c = Math.min(1, Math.max(0, part));
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
};

/** The colour that looks to everybody as `colour` looks to who has that sight. */
export function seenBy(sight: Sight, colour: string): string {
  const { r, g, b } = rgb(colour);
  const parts = [r, g, b].map(linear);
  const [x, y, z] = MATRICES[sight].map((row) =>
    encoded(row.reduce((sum, weight, i) => sum + weight * parts[i]!, 0)),
  );
  return rgb(x!, y!, z!).formatHex();
}

/** CIE lightness, 0 black to 100 white. */
export const lightness = (colour: string) => lab(colour).l;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** How far apart two colours look. */
export const deltaE = (one: string, other: string) => deltaE2000(lab(one), lab(other));

interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

/** CIEDE2000 (Sharma, Wu and Dalal 2005): about 1 is the least one sees side by side. */
export function deltaE2000(p: Lab, q: Lab): number {
  const mean = (Math.hypot(p.a, p.b) + Math.hypot(q.a, q.b)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const polar = (a: number, b: number) => {
    const wide = a * (1 + g);
    return [Math.hypot(wide, b), ((Math.atan2(b, wide) * 180) / Math.PI + 360) % 360] as const;
  };
  const [c1, h1] = polar(p.a, p.b);
  const [c2, h2] = polar(q.a, q.b);
  const isGrey = c1 * c2 === 0;
  const turn = h2 - h1;
  const dh = isGrey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
  const dL = q.l - p.l;
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(dh / 2));
  const l = (p.l + q.l) / 2;
  const c = (c1 + c2) / 2;
  const sum = h1 + h2;
  const h = isGrey ? sum : Math.abs(turn) <= 180 ? sum / 2 : (sum + (sum < 360 ? 360 : -360)) / 2;
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63));
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sC = 1 + 0.045 * c;
  const sH = 1 + 0.015 * c * t;
  const rC = 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const rT = -Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * rC;
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
}
