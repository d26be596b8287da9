/** The pin curve as geometry: shares of pages on a logarithmic axis, shares of clean blocks on a linear one. */
import { format, line, scaleLinear, scaleLog } from 'd3';
import { cleanShare } from '../../analysis/pin-share.ts';

/** The least and the most share of pages that the axis shows. */
export const SHARES = { least: 0.0001, most: 0.1 } as const;
/** Shares at which machines are simulated. */
export const DOT_SHARES = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05] as const;
/** Shares that the axis names. */
export const TICKS = [0.0001, 0.001, 0.01, 0.1] as const;
/** Orders always drawn, for comparison. */
export const OTHER_ORDERS = [5, 9, 10] as const;

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PinScales {
  x(share: number): number;
  y(clean: number): number;
  /** The share of pages at a place, held inside the axis. */
  shareAt(x: number): number;
}

export function pinScales({ left, right, top, bottom }: Box): PinScales {
  const x = scaleLog([SHARES.least, SHARES.most], [left, right]).clamp(true);
  const y = scaleLinear([0, 1], [bottom, top]);
  return { x, y, shareAt: (place) => x.invert(place) };
}

/** Points a curve is drawn through. */
const POINTS = 120;

/** The curve of an order. */
export function curvePath({ x, y }: PinScales, order: number): string {
  const ratio = SHARES.most / SHARES.least;
  const shares = Array.from({ length: POINTS + 1 }, (_, i) => SHARES.least * ratio ** (i / POINTS));
  const path = line<number>()
    .x((share) => x(share))
    .y((share) => y(cleanShare(share, order)));
  return path(shares) ?? '';
}

/** A share of pages as people read it: two figures are kept. */
export const shareText = (share: number): string => `${format('.2~r')(share * 100)} %`;

/** A share of blocks: a place after the point, and never 0 for what is not. */
export function cleanText(share: number): string {
  if (share > 0 && share < 0.0005) return 'under 0.1 %';
  return `${(share * 100).toFixed(1)} %`;
}
