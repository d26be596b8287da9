/** The page grid as one widget: a grid for readers and the keyboard, a canvas for the eye. */
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { cellX, cellY, type Layout } from '../../render/layout.ts';
import type { PageView } from '../../render/page-view.ts';
import type { Overlay } from '../../render/tint.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { pfnText } from '../words.ts';
import { blockAt, blocksOfRow, describeBlock, neighbour, vertical } from './blocks.ts';
import { wheelFactor } from './gestures.ts';
import type { GridView } from './grid-view.ts';
import { PageCanvas } from './PageCanvas.tsx';
import { useMarks } from './use-marks.ts';
import { type Place, placeOf, usePointing } from './use-pointing.ts';

interface PhysicalMemoryProps {
  readonly view: PageView;
  readonly layout: Layout;
  /** Room for the pages once the camera is closer. */
  readonly closeRoom: { readonly width: number; readonly height: number };
  readonly outlineWindow: boolean;
  /** Pages that a lens shows, the cursor's among them, outlined; 0 where there is none. */
  readonly lens: number;
  readonly overlay: Overlay;
  readonly camera: GridView;
  /** Where the pages stand through the camera; null while the whole machine is in view. */
  readonly seen: Layout | null;
}

export function moved(view: PageView, layout: Layout, cursor: number, key: string): number | null {
  const block = blockAt(view, cursor);
  switch (key) {
    case 'ArrowRight':
      return neighbour(view, block, 1).pfn;
    case 'ArrowLeft':
      return neighbour(view, block, -1).pfn;
    case 'ArrowDown':
      return vertical(view, layout, block, 1).pfn;
    case 'ArrowUp':
      return vertical(view, layout, block, -1).pfn;
    case 'Home':
      return 0;
    case 'End':
      return blockAt(view, view.pages - 1).pfn;
    default:
      return null;
  }
}

/** The row of 32 pages the keyboard stands in, as a grid's row: the others are there for it when it gets there. */
export function CurrentRow({
  view,
  cursor,
  id,
}: {
  readonly view: PageView;
  readonly cursor: number;
  readonly id: string;
}) {
  const current = blockAt(view, cursor).pfn;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
    // biome-ignore lint/a11y/useSemanticElements: a canvas stands for the rows, a table of blocks is offered beside it
    <div role="row" className="vh" aria-rowindex={Math.floor(cursor / 32) + 1}>
      {blocksOfRow(view, cursor).map((block) => (
        // biome-ignore lint/a11y/useFocusableInteractive: see the row
        // biome-ignore lint/a11y/useSemanticElements: see the row
        <div
          key={block.pfn}
          id={block.pfn === current ? id : undefined}
          role="gridcell"
          aria-selected={block.pfn === current}
        >
          {describeBlock(view, block)}
        </div>
      ))}
    </div>
  );
}

export function Tip({
  view,
  pfn,
  at,
}: {
  readonly view: PageView;
  readonly pfn: number;
  readonly at: readonly [number, number];
}) {
  return (
    <div className="tip" style={{ left: at[0], top: at[1] }} aria-hidden="true">
      {describeBlock(view, blockAt(view, pfn))}
    </div>
  );
}

/** Zooms by the wheel. React listens to wheels passively, and the page is not to scroll meanwhile. */
export function useWheel(grid: RefObject<HTMLElement | null>, camera: GridView): void {
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      const factor = wheelFactor(event);
      // The whole machine is in view already: the page may scroll.
      if (event.deltaY === 0 || (factor < 1 && camera.sight().seen === null)) return;
      event.preventDefault();
      camera.zoom(factor, placeOf(event, element));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [grid, camera]);
}

/** Pixels that an arrow with Shift moves the picture. */
const PAN = 96;
export const PANS: Readonly<Record<string, Place>> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};

export function PhysicalMemory(props: PhysicalMemoryProps) {
  const { view, layout, closeRoom, outlineWindow, lens, overlay, camera } = props;
  const seen = props.seen ?? layout;
  const { store, selecting } = useLab();
  const id = useId();
  const cursor = Math.min(
    useLabState((state) => state.cursor),
    Math.max(0, view.pages - 1),
  );
  const [focused, setFocused] = useState(false);
  const marks = useMarks(view, { focused, outlineWindow, lens });
  const grid = useRef<HTMLDivElement>(null);
  const pointing = usePointing({ view, layout, seen, camera });
  const { tip } = pointing;
  useWheel(grid, camera);

  /** Selects the page and opens the menu of its acts there. */
  const openMenu = async (pfn: number, at: { readonly x: number; readonly y: number }) => {
    await selecting.pick(pfn);
    store.setState({ menu: at });
  };
  const menuAtCursor = () => {
    const box = grid.current?.getBoundingClientRect();
    if (box === undefined) return;
    const x = box.left + cellX(seen, cursor) + seen.cell;
    void openMenu(cursor, { x, y: box.top + cellY(seen, cursor) + seen.cell });
  };

  /** A click, or a tap: the one place where a page is chosen by pointer. */
  const pick = (pfn: number) => {
    store.setState({ cursor: blockAt(view, pfn).pfn });
    void selecting.pick(pfn);
  };

  const press = (event: KeyboardEvent) => {
    if (event.shiftKey && event.key === 'F10') {
      event.preventDefault();
      return menuAtCursor();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = event.shiftKey ? PANS[event.key] : undefined;
    const next = event.shiftKey ? null : moved(view, layout, cursor, event.key);
    if (pan !== undefined) {
      camera.pan(...pan);
    } else if (next !== null) {
      store.setState({ cursor: next });
      camera.reveal(next);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      void selecting.pick(cursor);
    } else if ((event.key === 'm' || event.key === 'ContextMenu') && !event.shiftKey) {
      menuAtCursor();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: see CurrentRow
    <div
      ref={grid}
      role="grid"
      aria-label="Physical memory"
      aria-rowcount={Math.ceil(view.pages / 32)}
      aria-activedescendant={id}
      aria-description={`${view.zones.map((zone) => `ZONE_${zone.name.toUpperCase()} from ${pfnText(zone.start, view.pages)}`).join(', ')}. Arrow keys walk from block to block, Enter selects, M opens the menu of acts.`}
      tabIndex={0}
      className={props.seen === null ? 'page-grid' : 'page-grid zoomed'}
      data-cell={seen.cell}
      data-mode={seen.mode}
      data-pfn={tip?.[0]}
      style={{ width: seen.width, height: seen.height }}
      onKeyDown={press}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      {...pointing.on}
      onClick={(event) => {
        const pfn = pointing.pfnOf(event);
        if (pfn !== null) pick(pfn);
      }}
      onDoubleClick={(event) => {
        const pfn = pointing.pfnOf(event);
        if (pfn === null) return;
        const block = blockAt(view, pfn);
        camera.show(block.pfn, block.pages);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        const pfn = pointing.pfnOf(event);
        if (pfn !== null) void openMenu(pfn, { x: event.clientX, y: event.clientY });
      }}
    >
      <PageCanvas
        view={view}
        marks={marks}
        layout={layout}
        closeRoom={closeRoom}
        overlay={overlay}
        camera={camera}
      />
      <CurrentRow view={view} cursor={cursor} id={id} />
      {tip !== null && tip[0] < view.pages && <Tip view={view} pfn={tip[0]} at={[tip[1], tip[2]]} />}
    </div>
  );
}
