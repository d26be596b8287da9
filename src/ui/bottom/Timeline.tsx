/** One time axis: events, free pages by order, unusable index, and the slider that is the scrubber. */
import './timeline.css';
import { memo, type PointerEvent, useMemo } from 'react';
import type { Series } from '../../worker/protocol.ts';
import { LifeTicks } from '../inspector/LifeTicks.tsx';
import { useLab, useLabState } from '../lab-context.ts';
import type { LayoutName } from '../use-layout.ts';
import { useSize } from '../use-size.ts';
import { count, pagesText, thousandths } from '../words.ts';
import { EventTicks } from './EventTicks.tsx';
import {
  axisSpan,
  freeAreas,
  indexRow,
  markersWithNotes,
  rangeScale,
  type StepScale,
  sampleAt,
  stepScale,
} from './plots.ts';

/** Vertical places of the rows, in pixels. */
const TICKS_Y = 12;
const FREE = { top: 24, height: 30 };
const INDEX = { top: 60, pitch: 7, height: 6 };
const NO_NOTES: readonly never[] = [];
const BANDS = ['small', 'middle', 'large'] as const;

interface PlotsProps {
  readonly series: Series;
  readonly x: StepScale;
}

const Plots = memo(function Plots({ series, x }: PlotsProps) {
  const x0 = x.range()[0] ?? 0;
  const last = series.orders.length - 1;
  return (
    <>
      <g className="free-areas">
        {freeAreas(series, x, FREE.top, FREE.height).map((d, i) => (
          <path key={BANDS[i]} className={BANDS[i] ?? ''} d={d} />
        ))}
      </g>
      {series.orders.map((order, row) => (
        <g key={order} className="index-row">
          {indexRow(series, row, x, INDEX.top + row * INDEX.pitch, INDEX.height).map(({ level, d }) => (
            <path key={level} d={d} opacity={0.06 + 0.8 * level} />
          ))}
          {(row === 0 || row === last) && (
            <text className="mono order" x={x0 - 8} y={INDEX.top + row * INDEX.pitch + 6.5}>
              {order}
            </text>
          )}
        </g>
      ))}
    </>
  );
});

function Labels() {
  return (
    <g className="labels">
      <text y={TICKS_Y + 4}>Events</text>
      <text y={FREE.top + 11}>Free pages by order</text>
      <text className="note" y={FREE.top + 23}>
        0–1, 2–3, 4 and up
      </text>
      <text y={INDEX.top + 11}>Unusable index</text>
      <text className="note" y={INDEX.top + 22}>
        per order, dark = 1.000
      </text>
    </g>
  );
}

/** What the series say at a step. */
function reading(series: Series, step: number): string {
  const i = sampleAt(series, step);
  const free = [series.freeSmall[i], series.freeMiddle[i], series.freeLarge[i]].map((n) => n ?? 0);
  const [small = 0, middle = 0, large = 0] = free;
  const indices = series.orders
    .map((order, row) => `${order}: ${thousandths(series.unusable[row]?.[i] ?? 0)}`)
    .join('  ');
  return `step ${count(step)} · ${pagesText(small + middle + large)} free: ${count(small)}, ${count(middle)}, ${count(large)} · unusable ${indices}`;
}

export function Timeline({ layout }: { readonly layout: LayoutName }) {
  const { session, player, store } = useLab();
  const series = useLabState((state) => state.opened?.series ?? null);
  const length = useLabState((state) => state.opened?.length ?? 0);
  const step = useLabState((state) => state.position.step);
  const line = useLabState((state) => state.detail?.narration.current.text ?? '');
  const [box, size] = useSize<HTMLDivElement>();
  const hover = useLabState((state) => state.plotHover);
  const notes = useLabState((state) => state.opened?.notes ?? NO_NOTES);
  const plotsOpen = useLabState((state) => state.plotsOpen);
  const range = useLabState((state) => state.plotRange);
  const setHover = (plotHover: number | null) => store.setState({ plotHover });
  const isPhone = layout === 'phone';
  const { x0, x1 } = axisSpan(layout, size.width, plotsOpen);
  const height = isPhone ? 26 : INDEX.top + 4 * INDEX.pitch + 4;
  // While the plots are open the strip below shows the same steps as they do.
  const shown = plotsOpen ? range : null;
  const whole = useMemo(() => stepScale(length, x0, x1), [length, x0, x1]);
  const x = useMemo(
    () => (shown === null ? whole : rangeScale(shown.from, shown.to, x0, x1)),
    [shown, whole, x0, x1],
  );
  const markers = useMemo(() => markersWithNotes(series?.markers ?? [], notes), [series, notes]);
  const at = x(step);
  const end = x.range()[1] ?? 0;

  const stepAt = (event: PointerEvent<HTMLElement>) =>
    Math.round(x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const seek = (to: number) => {
    player.pause();
    void session.seek({ step: to, event: 0 });
  };

  return (
    <div
      ref={box}
      className="timeline"
      style={{ height }}
      onPointerMove={(event) => {
        if (event.buttons & 1) seek(stepAt(event));
        setHover(stepAt(event));
      }}
      onPointerLeave={() => setHover(null)}
    >
      <svg width={size.width} height={height} aria-hidden="true">
        {series !== null && size.width > 0 && (
          <>
            <EventTicks markers={markers} x={x} y={isPhone ? 16 : TICKS_Y} />
            {!isPhone && <Plots series={series} x={x} />}
            <LifeTicks x={x} y={isPhone ? 18 : TICKS_Y + 2} />
            <rect className="future" x={at} y={0} width={Math.max(0, end - at + 4)} height={height} />
            {shown !== null && (
              <path className="shown-range" d={`M${whole(shown.from)} 1.5H${whole(shown.to)}`} />
            )}
            {hover !== null && !isPhone && <path className="hover-line" d={`M${x(hover)} 0V${height}`} />}
            <path className="scrub-line" d={`M${at} 0V${height}`} />
            <path className="scrub-head" d={`M${at - 6} 0h12v7l-6 6-6-6z`} />
          </>
        )}
        {!isPhone && <Labels />}
      </svg>
      <input
        type="range"
        aria-label="Timeline"
        aria-valuetext={`Step ${count(step)} of ${count(length)}${line && `: ${line}`}`}
        min={shown?.from ?? 0}
        max={shown?.to ?? length}
        step={1}
        value={step}
        style={{ left: x0 - 8, width: Math.max(0, end - x0 + 16) }}
        onChange={(event) => seek(event.currentTarget.valueAsNumber)}
      />
      {hover !== null && series !== null && !isPhone && !plotsOpen && (
        <span
          className="reading"
          aria-hidden="true"
          style={{ left: Math.min(x(hover) + 10, Math.max(0, end - 470)) }}
        >
          {reading(series, hover)}
        </span>
      )}
    </div>
  );
}
