/** The marks of the moment on the screen, with what is pointed at. */
import { useEffect, useMemo, useState } from 'react';
import type { Marks, PageRange, PageView } from '../../render/page-view.ts';
import { visitOf } from '../../store/selection.ts';
import { relatedRanges, selectedRange } from '../inspector/reports.ts';
import { useLabState } from '../lab-context.ts';
import { useStill } from '../use-still.ts';
import { allocationWord } from '../words.ts';
import { blockAt, buddyOf, drawnChanges } from './blocks.ts';
import { lensAt } from './lens-at.ts';
import { marksOf } from './marks.ts';

const CHANGES_SHOWN_MS = 600;

/** True while the last step's changes are pointed at: 600 ms, or until the next step where nothing moves. */
function useFreshChanges(moment: unknown): boolean {
  const still = useStill();
  const [expired, setExpired] = useState<unknown>(null);
  useEffect(() => {
    if (still) return;
    const handle = setTimeout(() => setExpired(moment), CHANGES_SHOWN_MS);
    return () => clearTimeout(handle);
  }, [moment, still]);
  return expired !== moment;
}

interface MarksWanted {
  readonly focused: boolean;
  readonly outlineWindow: boolean;
  /** Pages under the lens, the cursor's among them; 0 where there is none. */
  readonly lens: number;
}

export function useMarks(view: PageView, { focused, outlineWindow, lens }: MarksWanted): Marks {
  const detail = useLabState((state) => state.detail);
  const hover = useLabState((state) => state.hover);
  const hoverOrder = useLabState((state) => state.hoverOrder);
  const cursor = useLabState((state) => state.cursor);
  const under = useLabState((state) => (lens > 0 ? lensAt(state, view.pages) : 0));
  const still = useStill();
  const fresh = useFreshChanges(detail);
  const inspection = useLabState((state) => state.inspection);
  const found = useLabState((state) =>
    visitOf(state)?.pane.kind === 'find' ? (state.find?.found ?? null) : null,
  );
  // Where nothing moves, changes stay outlined in the selection's own colour: the selection goes first.
  const showChanges = fresh && !(still && inspection?.pfn != null);
  return useMemo(() => {
    const pointed = hover === null ? [] : [hover];
    if (hover !== null && hover.pfn < view.pages) {
      const buddy = buddyOf(view, blockAt(view, hover.pfn));
      if (buddy !== null && hover.pages === buddy.pages) pointed.push(buddy);
    }
    if (hoverOrder !== null) {
      for (const zone of detail?.freeLists ?? []) {
        for (const pfn of zone.blocks[hoverOrder]?.pfns ?? []) pointed.push({ pfn, pages: 1 << hoverOrder });
      }
    }
    const focus = focused && cursor < view.pages ? blockAt(view, cursor) : null;
    const tile = lens > 0 ? { pfn: under - (under % lens), pages: lens } : null;
    const inside = (range: PageRange) => range.pfn + range.pages <= view.pages;
    const at = selectedRange(inspection);
    const selected = at !== null && inside(at) ? at : null;
    const related = [...relatedRanges(inspection), ...(found?.runs ?? [])].filter(inside);
    const marks = marksOf(
      { detail, tile, showChanges, hover: pointed, focus, outlineWindow, selected, related },
      allocationWord(detail?.operation ?? null),
    );
    return { ...marks, changed: drawnChanges(view, marks.changed) };
  }, [
    view,
    detail,
    hover,
    hoverOrder,
    cursor,
    focused,
    showChanges,
    outlineWindow,
    lens,
    under,
    inspection,
    found,
  ]);
}
