/** One time axis for all panes: a lane each, the stretch they share, where they part, and the slider. */
import { type PointerEvent, useMemo } from 'react';
import type { Parting } from '../../store/panes/pane-state.ts';
import { EventTicks } from '../bottom/EventTicks.tsx';
import { type StepScale, stepScale } from '../bottom/plots.ts';
import { useLab, useLabState } from '../lab-context.ts';
import type { LayoutName } from '../use-layout.ts';
import { useSize } from '../use-size.ts';
import { count } from '../words.ts';
import { columnsOf, ticksPath } from './lanes.ts';
import type { PaneModel } from './use-panes.ts';

const LANE = 15;
/** Height of the row of divergences under the lanes. */
const PARTED = 18;
const NO_MARKERS: readonly never[] = [];

function Divergences({ parting, x, lanes }: { parting: Parting; x: StepScale; lanes: number }) {
  const outcomes = useMemo(() => columnsOf(parting.outcomes, x), [parting.outcomes, x]);
  const places = useMemo(() => columnsOf(parting.places, x), [parting.places, x]);
  const [from = 0] = x.range();
  const first = parting.outcomes[0];
  const until = x(first ?? parting.compared);
  const top = lanes * LANE;
  return (
    <g className="parted">
      <rect className="shared" x={from} y={0} width={Math.max(0, until - from)} height={top} />
      <path className="places" d={ticksPath(places, top + PARTED - 5, 4)} />
      <path className="outcomes" d={ticksPath(outcomes, top + 2, PARTED - 4)} />
      {first !== undefined && <path className="first" d={`M${until} 0V${top + PARTED}`} />}
    </g>
  );
}

interface LanesProps {
  readonly panes: readonly PaneModel[];
  readonly layout: LayoutName;
}

export function Lanes({ panes, layout }: LanesProps) {
  const { session, player } = useLab();
  const parting = useLabState((state) => state.parting);
  const step = useLabState((state) => state.position.step);
  const length = useLabState((state) => state.opened?.length ?? 0);
  const line = useLabState((state) => state.detail?.narration.current.text ?? '');
  const [box, size] = useSize<HTMLDivElement>();
  const isPhone = layout === 'phone';
  const x0 = isPhone ? 6 : layout === 'large' ? 240 : 150;
  const x1 = size.width - (isPhone ? 6 : 10);
  const x = useMemo(() => stepScale(length, x0, x1), [length, x0, x1]);
  const height = panes.length * LANE + PARTED;
  const at = x(step);
  const seek = (to: number) => {
    player.pause();
    void session.seek({ step: to, event: 0 });
  };
  const stepAt = (event: PointerEvent<HTMLElement>) =>
    Math.round(x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left));

  return (
    <div
      ref={box}
      className="timeline lanes"
      style={{ height }}
      onPointerMove={(event) => {
        if (event.buttons & 1) seek(stepAt(event));
      }}
    >
      <svg width={size.width} height={height} aria-hidden="true">
        {size.width > 0 && (
          <>
            {parting !== null && <Divergences parting={parting} x={x} lanes={panes.length} />}
            {panes.map(({ index, name, opened }) => (
              <g key={index}>
                {!isPhone && (
                  <text className="lane-name" x={x0 - 10} y={index * LANE + LANE / 2 + 3.5}>
                    {name}
                  </text>
                )}
                <EventTicks
                  markers={opened?.series.markers ?? NO_MARKERS}
                  x={x}
                  y={index * LANE + LANE / 2 + 0.5}
                />
              </g>
            ))}
            {!isPhone && (
              <text className="lane-name" x={x0 - 10} y={height - 5}>
                divergences
              </text>
            )}
            <rect className="future" x={at} y={0} width={Math.max(0, x1 - at + 4)} height={height} />
            <path className="scrub-line" d={`M${at} 0V${height}`} />
            <path className="scrub-head" d={`M${at - 6} 0h12v7l-6 6-6-6z`} />
          </>
        )}
      </svg>
      <input
        type="range"
        aria-label="Timeline"
        aria-valuetext={`Step ${count(step)} of ${count(length)}${line && `: ${line}`}`}
        min={0}
        max={length}
        step={1}
        value={step}
        style={{ left: x0 - 8, width: Math.max(0, x1 - x0 + 16) }}
        onChange={(event) => seek(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
