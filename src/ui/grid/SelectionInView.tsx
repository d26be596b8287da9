/**
 * Where a page's sheet lies over the grid's lower part, on phones and in narrow windows: keeps the selected page in
 * sight above it, by scrolling the page, and by panning a grid that is zoomed in.
 */
import { useEffect, useRef } from 'react';
import { cellX, cellY, type Layout } from '../../render/layout.ts';
import { useLabState } from '../lab-context.ts';
import type { GridView } from './grid-view.ts';

/** Space kept between the page, the sheet and the upper edge, in pixels. */
const CLEAR = 12;

/** Scrolls `main` as little as shows `place` between its upper edge and the sheet. */
function scrollAbove(sheet: Element, main: Element, place: Element): void {
  if (getComputedStyle(sheet).position !== 'sticky') return;
  const { top, bottom } = place.getBoundingClientRect();
  const upper = main.getBoundingClientRect().top + CLEAR;
  const lower = sheet.getBoundingClientRect().top - CLEAR;
  if (bottom > lower) main.scrollTop += bottom - lower;
  else if (top < upper) main.scrollTop -= upper - top;
}

interface SelectionInViewProps {
  /** Where the pages stand, through the camera. */
  readonly layout: Layout;
  readonly camera: GridView;
}

export function SelectionInView({ layout, camera }: SelectionInViewProps) {
  const pfn = useLabState((state) => state.inspection?.pfn ?? null);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const main = place.current?.closest('main');
    const sheet = main?.querySelector(':scope > .inspector');
    if (pfn === null || main == null || sheet == null) return;
    if (getComputedStyle(sheet).position === 'sticky') camera.reveal(pfn);
    // The sheet gets its height when the page's reports have come.
    const observer = new ResizeObserver(() => {
      if (place.current !== null) scrollAbove(sheet, main, place.current);
    });
    observer.observe(sheet);
    return () => observer.disconnect();
  }, [pfn, camera]);
  if (pfn === null || pfn >= layout.pages) return null;
  const { cell } = layout;
  const style = { left: cellX(layout, pfn), top: cellY(layout, pfn), width: cell, height: cell };
  return <span ref={place} className="selection-place" aria-hidden="true" style={style} />;
}
