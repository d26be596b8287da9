/** What a cell of a given size can show (levels of detail). */

/** Whether pages are pixels of one image rather than shapes. */
export const isOverview = (cell: number) => cell < 3;

/** Size of a page's letter in px; 0 below the size where letters are legible. */
export function letterSize(cell: number): number {
  if (cell < 14) return 0;
  return cell >= 24 ? 14 : Math.round(cell * 0.6);
}

/** Size of the order number in a free block; 0 where it is not drawn. Single pages get theirs with the letters. */
export function orderSize(cell: number, order: number): number {
  if (cell < 10 || (cell < 14 && order === 0)) return 0;
  return cell >= 24 ? 12 : Math.max(8, Math.round(cell * 0.52));
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
