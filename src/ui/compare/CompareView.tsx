/** Two to five runs of one workload side by side, locked in time. */
import './compare.css';
import { useMemo, useSyncExternalStore } from 'react';
import { difference } from '../../render/difference.ts';
import type { PageView } from '../../render/page-view.ts';
import { Legend } from '../grid/Legend.tsx';
import { useGridKeys } from '../grid/use-grid-keys.ts';
import { useLabState } from '../lab-context.ts';
import type { LayoutName } from '../use-layout.ts';
import { useSize } from '../use-size.ts';
import { CompareFoot } from './CompareFoot.tsx';
import { CompareHead, DifferenceLegend } from './CompareHead.tsx';
import { FirstDivergence } from './Divergence.tsx';
import { createLinkedViews } from './linked-views.ts';
import { OutcomeTable } from './OutcomeTable.tsx';
import { Pane, type PaneDifference } from './Pane.tsx';
import { gapOf, type PanePlan, planPanes } from './pane-plan.ts';
import { type PaneModel, usePanes, usePaneView } from './use-panes.ts';

/** The most pages on one free list of any pane. */
function mostFree(panes: readonly PaneModel[]): number {
  const lists = panes.flatMap(
    ({ detail }) => detail?.summary.freeByOrder.map((blocks, order) => blocks * 2 ** order) ?? [],
  );
  return Math.max(1, ...lists);
}

/** What each pane is laid over with; of two panes both are laid against the other. */
function useDifferences(panes: readonly PaneModel[]): readonly (PaneDifference | null)[] {
  const against = useLabState((state) => state.against);
  return useMemo(() => {
    const stateOf = (i: number | null) => (i === null ? undefined : panes[i]?.frame?.view.state);
    return panes.map((_, i) => {
      if (against === null) return null;
      const other = i !== against ? against : panes.length === 2 ? 1 - i : null;
      const here = stateOf(i);
      const there = stateOf(other);
      if (other === null || !here || !there || here.length !== there.length) return null;
      const { bytes, ...counts } = difference(here, there);
      return { overlay: { kind: 'differs', bytes }, from: panes[other]!.name, counts };
    });
  }, [panes, against]);
}

interface FilledProps {
  readonly panes: readonly PaneModel[];
  readonly plan: PanePlan;
  readonly view: PageView;
}

function Filled({ panes, plan, view }: FilledProps) {
  const against = useLabState((state) => state.against);
  const cameras = useMemo(() => createLinkedViews(panes.length), [panes.length]);
  const camera = cameras[0]!;
  const { seen } = useSyncExternalStore(camera.subscribe, camera.sight);
  const differences = useDifferences(panes);
  const most = mostFree(panes);
  useGridKeys(camera, view, plan.layout.mode);
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
      {against === null ? (
        <Legend view={view} size={14} far={(seen ?? plan.layout).cell < 3} />
      ) : (
        <DifferenceLegend />
      )}
      <FirstDivergence panes={panes} />
      <OutcomeTable panes={panes} />
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
