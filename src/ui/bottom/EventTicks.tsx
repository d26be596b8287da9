/** The timeline's first row: what happened when, told by shape. */
import { memo } from 'react';
import { tellingMarkers } from '../../store/moments.ts';
import type { Marker } from '../../worker/protocol.ts';
import type { StepScale } from './plots.ts';

const SHAPES: Readonly<Record<Marker['kind'], (x: number, y: number) => string>> = {
  failed: (x, y) => `M${x - 4} ${y - 4}l8 8m0-8l-8 8`,
  oom: (x, y) => `M${x - 4} ${y - 4}l8 8m0-8l-8 8`,
  served: (x, y) => `M${x - 3.6} ${y}a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z`,
  reclaim: (x, y) => `M${x - 4} ${y}l4-5 4 5-4 5z`,
  discard: (x, y) => `M${x - 4} ${y}l4-5 4 5-4 5z`,
  note: (x, y) => `M${x} ${y - 6}v12`,
};

interface EventTicksProps {
  readonly markers: readonly Marker[];
  readonly x: StepScale;
  readonly y: number;
}

export const EventTicks = memo(function EventTicks({ markers, x, y }: EventTicksProps) {
  const [from = 0, to = 0] = x.range();
  const [first = 0, last = 0] = x.domain();
  const telling = tellingMarkers(markers).filter(({ step }) => step >= first && step <= last);
  const others = markers.filter(
    (marker) => marker.step >= first && marker.step <= last && !telling.includes(marker),
  );
  return (
    <g className="ticks">
      <line className="axis" x1={from} x2={to} y1={y} y2={y} />
      <path className="other" d={others.map(({ step }) => `M${x(step).toFixed(1)} ${y - 3}v3`).join('')} />
      {telling.map(({ step, kind }) => (
        <path key={`${step}-${kind}`} className={kind} d={SHAPES[kind](x(step), y)} />
      ))}
    </g>
  );
});
