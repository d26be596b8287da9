/** The axis that all plots share: events and steps. */
import { memo } from 'react';
import type { Marker } from '../../worker/protocol.ts';
import { EventTicks } from '../bottom/EventTicks.tsx';
import type { StepScale } from '../bottom/plots.ts';
import { count } from '../words.ts';

const TICKS_Y = 10;
const TICK_PIXELS = 140;

interface PlotsAxisProps {
  readonly markers: readonly Marker[];
  readonly x: StepScale;
}

export const PlotsAxis = memo(function PlotsAxis({ markers, x }: PlotsAxisProps) {
  const [from = 0, to = 0] = x.domain();
  const [x0 = 0, x1 = 0] = x.range();
  const inside = markers.filter(({ step }) => step >= from && step <= to);
  const steps = x.ticks(Math.max(2, Math.floor((x1 - x0) / TICK_PIXELS))).filter(Number.isInteger);
  return (
    <svg className="plots-axis" width="100%" height="34" aria-hidden="true">
      <EventTicks markers={inside} x={x} y={TICKS_Y} />
      {x0 > 40 && <text y={TICKS_Y + 4}>Events</text>}
      {x0 > 40 && (
        <text className="note" y="29">
          steps
        </text>
      )}
      {steps.map((step) => (
        <text key={step} className="step" x={x(step)} y="29">
          {count(step)}
        </text>
      ))}
    </svg>
  );
});
