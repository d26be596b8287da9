/** Two to five runs of one workload side by side, locked in time. */
import './compare.css';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PageView } from '../../render/page-view.ts';
import { Legend } from '../grid/Legend.tsx';
import { useGridKeys } from '../grid/use-grid-keys.ts';
import { useLab, useLabState } from '../lab-context.ts';
import type { LayoutName } from '../use-layout.ts';
import { useSize } from '../use-size.ts';
import { CompareFoot } from './CompareFoot.tsx';
import { CompareHead, DifferenceLegend } from './CompareHead.tsx';
import { FirstDivergence } from './Divergence.tsx';
import { createLinkedViews } from './linked-views.ts';
import { OutcomeTable } from './OutcomeTable.tsx';
import { Pane } from './Pane.tsx';
import { gapOf, type PanePlan, planPanes } from './pane-plan.ts';
import { useDifferences } from './use-differences.ts';
import { type PaneModel, usePanes, usePaneView } from './use-panes.ts';

/** The most pages on one free list of any pane. */
function mostFree(panes: readonly PaneModel[]): number {
  const lists = panes.flatMap(
    ({ detail }) => detail?.summary.freeByOrder.map((blocks, order) => blocks * 2 ** order) ?? [],
  );
  return Math.max(1, ...lists);
}

interface FilledProps {
  readonly panes: readonly PaneModel[];
  readonly plan: PanePlan;
  readonly view: PageView;
}

function Filled({ panes, plan, view }: FilledProps) {
  const { store } = useLab();
  const against = useLabState((state) => state.against);
  const cameras = useMemo(() => createLinkedViews(panes.length), [panes.length]);
  const camera = cameras[0]!;
  const { seen } = useSyncExternalStore(camera.subscribe, camera.sight);
  const differences = useDifferences(panes);
  const most = mostFree(panes);
  useGridKeys(camera, view, plan.layout.mode);
  const shown = seen ?? plan.layout;
  const isFar = shown.mode === 'z' && shown.cell < 1;
  useEffect(() => store.setState({ isFar }), [store, isFar]);
  return (
    <>
      <CompareHead panes={panes} camera={camera} zoomed={seen !== null} mode={plan.layout.mode} />
      <div
        className="panes"
        style={{
          gridTemplateColumns: `repeat(${plan.columns}, minmax(0, 1fr))`,
          columnGap: gapOf(panes.length),
        }}
      >
        {panes.map((pane, i) => (
          <Pane
            key={pane.id ?? 'open'}
            pane={pane}
            plan={plan}
            camera={cameras[i]!}
            difference={differences[i] ?? null}
            most={most}
          />
        ))}
      </div>
      {against === null ? <Legend view={view} size={14} far={shown.cell < 3} /> : <DifferenceLegend />}
      <OutcomeTable panes={panes} />
      <FirstDivergence panes={panes} columns={plan.columns} />
    </>
  );
}

function Body({ layout, panes }: { readonly layout: LayoutName; readonly panes: readonly PaneModel[] }) {
  const [main, size] = useSize<HTMLElement>();
  const machine = useLabState((state) => state.opened?.machine ?? null);
  const wanted = useLabState((state) => state.layoutMode);
  const view = usePaneView(panes[0]!);
  const plan = useMemo(() => {
    if (machine === null || size.width === 0) return null;
    // On a phone the page scrolls: a grid is as high as its width allows.
    const height = layout === 'phone' ? size.width * 2 : size.height;
    return planPanes(panes.length, size.width, height, machine, wanted);
  }, [machine, size, wanted, panes.length, layout]);
  return (
    <main ref={main} className="main compare-main">
      {plan !== null && view !== null && <Filled panes={panes} plan={plan} view={view} />}
    </main>
  );
}

export function CompareView({ layout }: { readonly layout: LayoutName }) {
  const wanted = useLabState((state) => state.compareWith.length > 0);
  const panes = usePanes();
  if (!wanted) return null;
  return (
    <>
      <Body layout={layout} panes={panes} />
      <CompareFoot layout={layout} panes={panes} />
    </>
  );
}
