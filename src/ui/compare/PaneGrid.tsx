/** One run's page grid: the same renderer as the one grid's, and a camera that moves with the other panes'. */
import { type KeyboardEvent, useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { isColumn, type Layout } from '../../render/layout.ts';
import type { PageView } from '../../render/page-view.ts';
import type { Overlay } from '../../render/tint.ts';
import { blockAt, drawnChanges } from '../grid/blocks.ts';
import type { GridView } from '../grid/grid-view.ts';
import { marksOf } from '../grid/marks.ts';
import { PageCanvas } from '../grid/PageCanvas.tsx';
import { CurrentRow, moved, PANS, Tip, useWheel } from '../grid/PhysicalMemory.tsx';
import { usePointing } from '../grid/use-pointing.ts';
import { ZoneNames } from '../grid/ZoneNames.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import { allocationWord } from '../words.ts';
import type { PaneModel } from './use-panes.ts';

interface PaneGridProps {
  readonly pane: PaneModel;
  readonly view: PageView;
  readonly layout: Layout;
  readonly overlay: Overlay;
  readonly camera: GridView;
  /** Selects a page of this pane by its owner, in all panes. */
  readonly onPick: (pfn: number) => void;
}

function usePaneMarks({ detail, selected }: PaneModel, view: PageView, focused: boolean, differing: boolean) {
  const hover = useLabState((state) => state.hover);
  const cursor = useLabState((state) => state.cursor);
  return useMemo(() => {
    const pfn = selected?.pfn ?? null;
    const inside = hover !== null && hover.pfn + hover.pages <= view.pages;
    const marks = marksOf(
      {
        detail,
        // Differences need the outlines for themselves.
        showChanges: !differing,
        hover: inside ? [hover] : [],
        focus: focused && cursor < view.pages ? blockAt(view, cursor) : null,
        selected: pfn === null || pfn >= view.pages ? null : { pfn, pages: 1 },
        tile: null,
        outlineWindow: !differing,
      },
      allocationWord(detail?.operation ?? null),
    );
    return { ...marks, changed: drawnChanges(view, marks.changed) };
  }, [detail, selected, view, focused, hover, cursor, differing]);
}

export function PaneGrid({ pane, view, layout, overlay, camera, onPick }: PaneGridProps) {
  const { store } = useLab();
  const id = useId();
  const { seen: through } = useSyncExternalStore(camera.subscribe, camera.sight);
  const seen = through ?? layout;
  const cursor = Math.min(
    useLabState((state) => state.cursor),
    Math.max(0, view.pages - 1),
  );
  const [focused, setFocused] = useState(false);
  const marks = usePaneMarks(pane, view, focused, overlay.kind === 'differs');
  const grid = useRef<HTMLDivElement>(null);
  const pointing = usePointing({ view, layout, seen, camera });
  const { tip } = pointing;
  useWheel(grid, camera);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = event.shiftKey ? PANS[event.key] : undefined;
    const next = event.shiftKey ? null : moved(view, layout, cursor, event.key);
    if (pan !== undefined) camera.pan(...pan);
    else if (next !== null) {
      store.setState({ cursor: next });
      camera.reveal(next);
    } else if (event.key === 'Enter' && !event.shiftKey) onPick(cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a canvas stands for the rows
    <div
      ref={grid}
      role="grid"
      aria-label={`Physical memory, ${pane.name}`}
      aria-rowcount={Math.ceil(view.pages / 32)}
      aria-activedescendant={id}
      aria-description="Arrow keys walk from block to block, Enter selects the same page in all panes."
      tabIndex={0}
      className={through === null ? 'page-grid' : 'page-grid zoomed'}
      data-cell={seen.cell}
      style={{ width: layout.width, height: layout.height }}
      onKeyDown={press}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      {...pointing.on}
      onClick={(event) => {
        const pfn = pointing.pfnOf(event);
        if (pfn === null) return;
        store.setState({ cursor: blockAt(view, pfn).pfn });
        onPick(pfn);
      }}
    >
      <PageCanvas view={view} marks={marks} layout={layout} overlay={overlay} camera={camera} />
      {!isColumn(seen) && <ZoneNames layout={seen} />}
      <CurrentRow view={view} cursor={cursor} id={id} />
      {tip !== null && tip[0] < view.pages && <Tip view={view} pfn={tip[0]} at={[tip[1], tip[2]]} />}
    </div>
  );
}
