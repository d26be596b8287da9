/** The hero: addresses, grid, ledger and legend, placed by one layout. */
import './board.css';
import { useMemo } from 'react';
import { COLUMN_PAGES, cellY, type Layout, PAD } from '../../render/layout.ts';
import type { PageView } from '../../render/page-view.ts';
import { useLabState } from '../lab-context.ts';
import { BlockTable } from './BlockTable.tsx';
import { type BoardSpace, layOutBoard, planBoard, SMALLEST_LINE } from './board-plan.ts';
import { Ledger } from './Ledger.tsx';
import { Legend } from './Legend.tsx';
import { Lens } from './Lens.tsx';
import { chosenWindow } from './marks.ts';
import { PhysicalMemory } from './PhysicalMemory.tsx';
import { PfnRail, ZoneBrackets } from './Rails.tsx';
import { ScanNotes } from './ScanNotes.tsx';

/** The picture of the moment: the frame's buffers with the machine's facts. */
function usePageView(): PageView | null {
  const machine = useLabState((state) => state.opened?.machine ?? null);
  const pixels = useLabState((state) => state.frame?.view ?? null);
  return useMemo(() => {
    if (machine === null || pixels === null || pixels.state.length !== machine.pages) return null;
    const { pages, zones, slabOrder } = machine;
    return { pages, zones, slabOrder, state: pixels.state, detail: pixels.detail };
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
  const detail = useLabState((state) => state.detail);
  const board = useMemo(() => machine && layOutBoard(machine, wanted, space), [machine, wanted, space]);

  if (view === null || board === null || machine === null) {
    const { maxWidth, maxHeight } = planBoard(space, 32);
    return <div className="board-empty" style={{ width: maxWidth, height: Math.min(maxHeight, maxWidth) }} />;
  }
  const { plan, layout } = board;
  const isColumn = layout.mode === 'rows' && machine.pages <= COLUMN_PAGES;
  const account = detail?.reclaim?.outcome === 'running' ? detail.reclaim : null;
  const chosen = account === null ? chosenWindow(detail) : null;
  const withLedger = isColumn && plan.ledger !== 'none' && layout.cell >= SMALLEST_LINE;
  const isRow = isColumn && chosen !== null && chosen.pages % 32 === 0;
  const reach = withLedger && detail?.served == null ? layout.width + plan.ledgerWidth : layout.width + 2;
  const ledger = account === null ? <Ledger layout={layout} short={plan.ledger === 'short'} /> : null;
  return (
    <div className="board">
      <div className="board-body" style={{ paddingLeft: isColumn ? plan.rail : 0 }}>
        {isColumn && plan.rail > 0 && (
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
          <PhysicalMemory view={view} layout={layout} outlineWindow={!isRow} lens={plan.lens > 0} />
          {isRow && <RowFrame layout={layout} pfn={chosen.pfn} pages={chosen.pages} width={reach} />}
        </div>
        {plan.lens > 0 && <Lens view={view} width={plan.lens} />}
        {withLedger && (
          <div className="board-ledger" style={{ width: plan.ledgerWidth }}>
            {account === null ? ledger : <ScanNotes account={account} layout={layout} />}
          </div>
        )}
      </div>
      <div className="board-foot" style={{ marginLeft: isColumn ? plan.rail : 0 }}>
        <Legend
          size={space.big ? 18 : 14}
          far={layout.cell < 3}
          without={space.layout === 'phone' ? ['boot'] : []}
        />
        <BlockTable view={view} />
      </div>
    </div>
  );
}
