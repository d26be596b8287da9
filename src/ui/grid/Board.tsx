/** The hero: addresses, grid, ledger and legend, placed by one layout. */
import './board.css';
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { cellY, isColumn as isOneColumn, type Layout, MAX_CELL, PAD } from '../../render/layout.ts';
import { isOverview } from '../../render/level.ts';
import { TILE_PAGES } from '../../render/page-view.ts';
import type { LabState } from '../../store/state.ts';
import { useLab, useLabState } from '../lab-context.ts';
import { later } from '../later.tsx';
import { BlockTable } from './BlockTable.tsx';
import { type BoardLayout, type BoardSpace, layOutBoard, planBoard, SMALLEST_LINE } from './board-plan.ts';
import type { FollowingView } from './following-view.ts';
import { GridTools } from './GridTools.tsx';
import { createGridView, type GridView } from './grid-view.ts';
import { Ledger } from './Ledger.tsx';
import { Legend } from './Legend.tsx';
import { chosenWindow } from './marks.ts';
import { PhysicalMemory } from './PhysicalMemory.tsx';
import { PfnRail, ZoneBrackets } from './Rails.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { useOverlay } from './use-overlay.ts';
import { useZoom } from './use-zoom.ts';
import { ZoneNames } from './ZoneNames.tsx';

/** Only who zooms in needs it. */
const MinimapPane = lazy(async () => ({ default: (await import('./MinimapPane.tsx')).MinimapPane }));

const OverlayLegend = later(
  async () => (await import('./OverlayLegend.tsx')).OverlayLegend,
  (state) => state.overlay !== 'none',
  { overlay: 'none' },
);

/**
 * Height of the words on placement, in pixels: obtainable blocks and pageblocks where they are asked for, scanners
 * where the policy has some.
 */
const placementRoom = ({ overlay, opened }: LabState) =>
  (overlay === 'obtainable' || overlay === 'pageblocks' ? 64 : 0) +
  (opened?.policy === 'page-moving' || opened?.policy === 'mobility-compaction' ? 36 : 0);

const Placement = later(
  async () => (await import('../placement/Placement.tsx')).Placement,
  (state) => placementRoom(state) > 0,
  { overlay: 'none' },
);

const hasTiles = (state: LabState) => (state.opened?.machine.pages ?? 0) > TILE_PAGES;
const Lens = later(async () => (await import('./Lens.tsx')).Lens, hasTiles, {});
const RowSides = later(async () => (await import('./RowSides.tsx')).RowSides, hasTiles, {});
const RowWords = later(async () => (await import('./RowSides.tsx')).RowWords, hasTiles, {});

/** A reclaim comes after the first picture, and its notes are there by then. */
const ScanNotes = later(
  async () => (await import('./ScanNotes.tsx')).ScanNotes,
  ({ detail }) => detail !== null,
  {},
);

const SelectionInView = later(
  async () => (await import('./SelectionInView.tsx')).SelectionInView,
  (state) => state.trail.length > 0,
  { trail: [] },
);

/** The picture of the moment: the frame's buffers with the machine's facts. */
function usePageView(): FollowingView | null {
  const machine = useLabState((state) => state.opened?.machine ?? null);
  const pixels = useLabState((state) => state.frame?.view ?? null);
  return useMemo(() => {
    if (machine === null || pixels === null || pixels.state.length !== machine.pages) return null;
    const { pages, zones, slabOrder } = machine;
    const { state, detail, levels, dirty, follows } = pixels;
    return { pages, zones, slabOrder, state, detail, levels, dirty, follows };
  }, [machine, pixels]);
}

/** The accent frame around the chosen row, across grid and ledger. */
function RowFrame({
  layout,
  pfn,
  pages,
  width,
}: {
  layout: Layout;
  pfn: number;
  pages: number;
  width: number;
}) {
  const top = cellY(layout, pfn);
  const bottom = cellY(layout, Math.min(layout.pages, pfn + pages) - 1) + layout.cell;
  return (
    <div
      className="row-frame"
      aria-hidden="true"
      style={{ left: PAD - 4, top: top - 2.5, width, height: bottom - top + 5 }}
    />
  );
}

interface BoardProps {
  readonly space: BoardSpace;
}

export function Board({ space }: BoardProps) {
  const view = usePageView();
  const machine = useLabState((state) => state.opened?.machine ?? null);
  const wanted = useLabState((state) => state.layoutMode);
  const below = useLabState(placementRoom);
  const board = useMemo(
    () => machine && layOutBoard(machine, wanted, { ...space, below }),
    [machine, wanted, space, below],
  );
  const [camera] = useState(createGridView);
  useGridKeys(camera, view, board?.layout.mode ?? null);
  useZoom(camera, view);

  if (view === null || board === null) {
    const { maxWidth, maxHeight } = planBoard(space, 32);
    return <div className="board-empty" style={{ width: maxWidth, height: Math.min(maxHeight, maxWidth) }} />;
  }
  return <Filled view={view} board={board} camera={camera} space={space} />;
}

interface FilledProps extends BoardProps {
  readonly view: FollowingView;
  readonly board: BoardLayout;
  readonly camera: GridView;
}

/** Tells the store whether blocks are drawn instead of pages: the engine makes them where it is asked to. */
function useFarView({ mode, cell }: Layout): void {
  const { store } = useLab();
  const isFar = mode === 'z' && cell < 1;
  useEffect(() => store.setState({ isFar }), [store, isFar]);
}

function Filled({ view, board, camera, space }: FilledProps) {
  const detail = useLabState((state) => state.detail);
  const overlay = useOverlay(view.pages);
  const { seen } = useSyncExternalStore(camera.subscribe, camera.sight);
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  const { plan, layout } = board;
  const shown = seen ?? layout;
  useFarView(shown);
  const fits = seen === null;
  const isColumn = isOneColumn(layout);
  const account = detail?.reclaim?.outcome === 'running' ? detail.reclaim : null;
  const chosen = account === null ? chosenWindow(detail) : null;
  const withLedger = fits && isColumn && plan.ledger !== 'none' && layout.cell >= SMALLEST_LINE;
  const isRow = fits && isColumn && chosen !== null && chosen.pages % 32 === 0;
  const reach = withLedger && detail?.served == null ? layout.width + plan.ledgerWidth : layout.width + 2;
  // Where the hero has the window's height, one legend stands there: the overlay's, whose colours are seen.
  const isTold = overlay.kind === 'none' || (space.layout !== 'wide' && space.layout !== 'large');
  const lens = !fits || plan.lens === 0 ? 0 : isOverview(layout.cell) ? TILE_PAGES : TILE_PAGES / 4;
  const sides = fits ? plan.sides : 0;
  const left = isColumn ? plan.rail : sides;
  const { close, minimap: map } = board;
  const minimap = fits ? null : (
    <div className={map.beside ? 'board-minimap' : 'board-minimap over'}>
      <Suspense fallback={null}>
        <MinimapPane
          view={view}
          layout={layout}
          overlay={overlay}
          camera={camera}
          width={map.width}
          height={map.height}
        />
      </Suspense>
    </div>
  );
  return (
    <div className="board">
      <div className="board-body" style={{ paddingLeft: left, paddingRight: sides }}>
        <GridTools
          camera={camera}
          zoomed={!fits}
          mode={layout.mode}
          closest={shown.cell >= MAX_CELL}
          left={left}
        />
        {fits && isColumn && plan.rail > 0 && (
          <>
            <ZoneBrackets layout={layout} />
            <PfnRail
              layout={layout}
              chosen={account?.slabPfn != null ? [account.slabPfn] : isRow ? [chosen.pfn] : []}
              only={account?.scan.map(({ pfn }) => pfn) ?? null}
            />
          </>
        )}
        <div className="board-grid">
          <PhysicalMemory
            view={view}
            layout={layout}
            closeRoom={close}
            outlineWindow={!isRow}
            lens={lens}
            overlay={overlay}
            camera={camera}
            seen={seen}
          />
          <Placement layout={shown} width={shown.width} height={shown.height} foot={foot} />
          {!isColumn && <ZoneNames layout={shown} />}
          {sides > 0 && <RowSides layout={layout} width={sides} />}
          {!map.beside && minimap}
          <SelectionInView layout={shown} camera={camera} />
          {isRow && <RowFrame layout={layout} pfn={chosen.pfn} pages={chosen.pages} width={reach} />}
        </div>
        {map.beside && minimap}
        {lens > 0 && <Lens view={view} width={plan.lens} height={plan.maxHeight} pages={lens} />}
        {withLedger && (
          <div className="board-ledger" style={{ width: plan.ledgerWidth }}>
            {account === null ? (
              <Ledger layout={layout} short={plan.ledger === 'short'} />
            ) : (
              <ScanNotes layout={layout} />
            )}
          </div>
        )}
      </div>
      <div
        className={isColumn && plan.rail > 0 ? 'board-foot railed' : 'board-foot'}
        ref={setFoot}
        style={{ marginLeft: left }}
      >
        <OverlayLegend />
        {isTold && (
          <Legend
            view={view}
            size={space.big ? 18 : 14}
            far={shown.cell < 3}
            without={space.layout === 'phone' ? ['boot'] : []}
          />
        )}
        {sides > 0 && <RowWords width={layout.width} room={plan.maxHeight - layout.height} />}
        <BlockTable view={view} />
      </div>
    </div>
  );
}
