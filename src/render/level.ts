/** What a cell of a given size can show (levels of detail). */

/** Whether pages are pixels of one image rather than shapes. */
export const isOverview = (cell: number) => cell < 3;

/** Size of a page's letter in px; 0 below the size where letters are legible. */
export function letterSize(cell: number): number {
  if (cell < 14) return 0;
  return cell >= 24 ? 14 : Math.round(cell * 0.6);
}

/**
 * Size in px of the order number in a free block that is `w` by `h` px; 0 where it has no room. A single page gets
 * its number with the letters, at 14 px.
 */
export function orderSize(w: number, h: number): number {
  const side = Math.min(w, h);
  if (side < 10 || w + h < 28) return 0;
  return side < 24 ? Math.max(8, Math.round(side * 0.52)) : Math.min(24, Math.max(12, Math.round(side / 8)));
}

/**
 * How often a side is halved until a pixel is a cell: 0 from 1 px a cell up, else the pixel is 4^n pages, which in Z
 * is a block of order 2n.
 */
export function foldOf(cell: number): number {
  let fold = 0;
  for (let side = cell; side < 1; side *= 2) fold++;
  return fold;
}
