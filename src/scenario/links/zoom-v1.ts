/**
 * Where the page grid is zoomed in to, as version 1 writes it: `0x2c0~12.5` is page frame 0x2c0 in the middle at
 * 12.5 CSS pixels a page. A page and not a share of the picture, since another window arranges the tiles otherwise.
 */
import { LinkError } from './link.ts';
import type { Zoom } from './selection.ts';

const SHAPE = /^(0x[0-9a-f]{1,8})~(\d{1,2}(?:\.\d{1,2})?)$/;
/** Larger cells are not drawn. */
const LARGEST = 32;

/** The value of `zoom=`. */
export function writeZoom({ pfn, cell }: Zoom): string {
  return `0x${pfn.toString(16).padStart(3, '0')}~${Math.round(cell * 100) / 100}`;
}

/** Inverse of {@link writeZoom}. @throws LinkError */
export function readZoom(text: string): Zoom {
  const match = SHAPE.exec(text);
  const [pfn, cell] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && pfn < 0xffffffff && cell > 0 && cell <= LARGEST) return { pfn, cell };
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}…` : text);
  throw new LinkError(`zoom: expected 0xPFN~PIXELS with at most ${LARGEST} pixels a page, met ${shown}`);
}
