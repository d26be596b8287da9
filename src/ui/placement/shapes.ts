/** Outlines and places on the page grid as SVG: the grid's own rectangles, joined into one path a sort. */
import { type Layout, type Rect, rectsOf } from '../../render/layout.ts';
import type { PageRange } from '../../render/page-view.ts';

const n = (value: number) => Math.round(value * 100) / 100;

/** A closed rectangle. */
const box = ({ x, y, w, h }: Rect, inset: number) =>
  `M${n(x + inset)} ${n(y + inset)}h${n(Math.max(0, w - 2 * inset))}v${n(Math.max(0, h - 2 * inset))}h${n(-Math.max(0, w - 2 * inset))}z`;

/** Every range as rectangles of the picture, `inset` pixels inside their edges. */
export function boxes(layout: Layout, ranges: Iterable<PageRange>, inset = 0): string {
  let path = '';
  for (const range of ranges) for (const rect of rectsOf(layout, range)) path += box(rect, inset);
  return path;
}

/** A cross over each page, as large as its cell allows, at least 5 px. */
export function crosses(layout: Layout, pfns: Iterable<number>): string {
  let path = '';
  for (const pfn of pfns) {
    const rect = rectsOf(layout, { pfn, pages: 1 })[0];
    if (rect === undefined) continue;
    const half = Math.max(2.5, rect.w / 2 - 2);
    const x = n(rect.x + rect.w / 2);
    const y = n(rect.y + rect.h / 2);
    path += `M${n(x - half)} ${n(y - half)}L${n(x + half)} ${n(y + half)}M${n(x + half)} ${n(y - half)}L${n(x - half)} ${n(y + half)}`;
  }
  return path;
}

/** Neighbouring ranges of the same sort as one: fewer shapes where a machine has thousands. */
export function runsWhere(count: number, size: number, is: (index: number) => boolean): PageRange[] {
  const runs: { pfn: number; pages: number }[] = [];
  for (let i = 0; i < count; i++) {
    if (!is(i)) continue;
    const last = runs.at(-1);
    if (last && last.pfn + last.pages === i * size) last.pages += size;
    else runs.push({ pfn: i * size, pages: size });
  }
  return runs;
}
