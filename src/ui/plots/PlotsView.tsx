/** All plots of the run on the timeline's axis, in the page's main area. */
import '../over-main.css';
import './plots.css';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { axisSpan, markersWithNotes, rangeScale } from '../bottom/plots.ts';
import { useLab, useLabState } from '../lab-context.ts';
import type { LayoutName } from '../use-layout.ts';
import { useSize } from '../use-size.ts';
import { sentence } from '../words.ts';
import { usePlotChoice } from './choices.ts';
import { PlotRow } from './PlotRow.tsx';
import { PlotsAxis } from './PlotsAxis.tsx';
import { PlotsHead } from './PlotsHead.tsx';
import { PlotsOverlay } from './PlotsOverlay.tsx';
import { following, shownRange, zoomed } from './range.ts';
import { useBrush } from './use-brush.ts';
import { usePlots } from './use-plots.ts';
import { useSave } from './use-save.ts';

const NO_NOTES: readonly never[] = [];

/** Keeps the step inside what is shown, when it moves. */
function useFollow(length: number, step: number): void {
  const { store } = useLab();
  useEffect(() => {
    const { plotRange } = store.getState();
    const next = following(plotRange, length, step);
    if (next !== plotRange) store.setState({ plotRange: next });
  }, [store, length, step]);
}

function View({ layout }: { readonly layout: LayoutName }) {
  const { store } = useLab();
  const opened = useLabState((state) => state.opened);
  const step = useLabState((state) => state.position.step);
  const hover = useLabState((state) => state.plotHover);
  const wanted = useLabState((state) => state.plotRange);
  const choice = usePlotChoice();
  const [box, size] = useSize<HTMLElement>();
  const scroll = useRef<HTMLDivElement>(null);
  const series = opened?.series ?? null;
  const length = opened?.length ?? 0;
  const { plots, against } = usePlots(series);
  const { from, to } = shownRange(wanted, length);
  const range = useMemo(() => ({ from, to }), [from, to]);
  const { x0, x1 } = axisSpan(layout, size.width, true);
  const x = useMemo(() => rangeScale(from, to, x0, x1), [from, to, x0, x1]);
  const notes = opened?.notes ?? NO_NOTES;
  const markers = useMemo(() => markersWithNotes(series?.markers ?? [], notes), [series, notes]);
  const { brush, handlers } = useBrush(x, length);
  const save = useSave(range, against.drawn);
  useFollow(length, step);
  // It was a key or a button that put the focus here: quieter than where the person tabs to it.
  useEffect(() => {
    scroll.current?.classList.add('given');
    scroll.current?.focus();
  }, []);
  const sceneOf = useLabState((state) => state.scene?.plot ?? null);
  const isDrawn = size.width > 0;
  // Some plots come with a second run, later than the view.
  const isThere = plots.some(({ id }) => id === sceneOf);
  useEffect(() => {
    if (isDrawn && isThere && sceneOf !== null) {
      scroll.current?.querySelector(`[data-plot="${sceneOf}"]`)?.scrollIntoView({ block: 'start' });
    }
  }, [isDrawn, isThere, sceneOf]);

  const zoom = (factor: number) =>
    store.setState({ plotRange: zoomed(store.getState().plotRange, length, step, factor) });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    if (event.key === '+' || event.key === '=') zoom(0.5);
    else if (event.key === '-') zoom(2);
    else if (event.key === '0') store.setState({ plotRange: null });
    else return;
    event.preventDefault();
  };

  const at = hover ?? step;
  return (
    <section ref={box} className="plots" aria-label="Plots of the run" onKeyDown={press}>
      <PlotsHead
        plots={plots}
        choice={choice}
        against={against}
        range={range}
        step={at}
        onZoom={zoom}
        onSave={save}
      />
      {against.reason !== '' && <p className="absent-reason">{sentence(against.reason)}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
      <div
        ref={scroll}
        className="plots-scroll"
        role="group"
        aria-label="Curves"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the plots scroll
        tabIndex={0}
        onBlur={(event) => event.currentTarget.classList.remove('given')}
      >
        <div className="plots-list" {...handlers}>
          {isDrawn && (
            <>
              <PlotsAxis markers={markers} x={x} />
              {plots
                .filter(({ id }) => choice.shown.includes(id))
                .map((plot) => (
                  <PlotRow
                    key={plot.id}
                    plot={plot}
                    x={x}
                    range={range}
                    step={at}
                    pitch={layout === 'large' ? 19 : 13}
                    onSave={save}
                  />
                ))}
              <PlotsOverlay x={x} step={step} hover={hover} brush={brush} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}

export function PlotsView({ layout }: { readonly layout: LayoutName }) {
  const open = useLabState((state) => state.plotsOpen);
  return open ? <View layout={layout} /> : null;
}
