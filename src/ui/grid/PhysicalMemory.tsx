/** The page grid as one widget: a grid for readers and the keyboard, a canvas for the eye. */
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { cellX, cellY, type Layout, pfnAt } from '../../render/layout.ts';
import type { PageView } from '../../render/page-view.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { pfnText } from '../words.ts';
import { blockAt, blocksOfRow, describeBlock, neighbour, vertical } from './blocks.ts';
import { PageCanvas } from './PageCanvas.tsx';
import { useMarks } from './use-marks.ts';

interface PhysicalMemoryProps {
  readonly view: PageView;
  readonly layout: Layout;
  readonly outlineWindow: boolean;
  /** A lens shows the tile the cursor is in: it is outlined. */
  readonly lens: boolean;
}

function moved(view: PageView, layout: Layout, cursor: number, key: string): number | null {
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
function CurrentRow({
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

function Tip({
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

export function PhysicalMemory({ view, layout, outlineWindow, lens }: PhysicalMemoryProps) {
  const { store, selecting } = useLab();
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();
  const cursor = Math.min(
    useLabState((state) => state.cursor),
    Math.max(0, view.pages - 1),
  );
  const [focused, setFocused] = useState(false);
  const [tip, setTip] = useState<readonly [number, number, number] | null>(null);
  const marks = useMarks(view, { focused, outlineWindow, lens });

  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const pfn = pfnAt(layout, x, y);
    const before = store.getState().hover;
    if (pfn === null) {
      setTip(null);
      if (before !== null) store.setState({ hover: null });
      return;
    }
    const { pfn: head, pages } = blockAt(view, pfn);
    if (event.pointerType === 'mouse') setTip([pfn, Math.min(x + 14, layout.width - 120), y + 18]);
    if (before?.pfn !== head || before.pages !== pages) store.setState({ hover: { pfn: head, pages } });
  };

  /** Selects the page and opens the menu of its acts there. */
  const openMenu = async (pfn: number, at: { readonly x: number; readonly y: number }) => {
    await selecting.pick(pfn);
    store.setState({ menu: at });
  };
  const menuAtCursor = () => {
    const box = grid.current?.getBoundingClientRect();
    if (box === undefined) return;
    const x = box.left + cellX(layout, cursor) + layout.cell;
    void openMenu(cursor, { x, y: box.top + cellY(layout, cursor) + layout.cell });
  };

  const press = (event: KeyboardEvent) => {
    if (event.shiftKey && event.key === 'F10') {
      event.preventDefault();
      return menuAtCursor();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = moved(view, layout, cursor, event.key);
    if (next !== null) {
      store.setState({ cursor: next });
    } else if (event.key === 'Enter') {
      void selecting.pick(cursor);
    } else if (event.key === 'm' || event.key === 'ContextMenu') {
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
      className="page-grid"
      style={{ width: layout.width, height: layout.height }}
      onKeyDown={press}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onPointerMove={point}
      onPointerLeave={() => {
        setTip(null);
        store.setState({ hover: null });
      }}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const pfn = pfnAt(layout, event.clientX - box.left, event.clientY - box.top);
        if (pfn !== null) store.setState({ cursor: blockAt(view, pfn).pfn });
      }}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const pfn = pfnAt(layout, event.clientX - box.left, event.clientY - box.top);
        if (pfn !== null) void selecting.pick(pfn);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const pfn = pfnAt(layout, event.clientX - box.left, event.clientY - box.top);
        if (pfn !== null) void openMenu(pfn, { x: event.clientX, y: event.clientY });
      }}
    >
      <PageCanvas view={view} marks={marks} layout={layout} />
      <CurrentRow view={view} cursor={cursor} id={id} />
      {tip !== null && tip[0] < view.pages && <Tip view={view} pfn={tip[0]} at={[tip[1], tip[2]]} />}
    </div>
  );
}
