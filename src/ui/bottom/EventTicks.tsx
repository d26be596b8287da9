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

/** What is worth its room most, where marks would lie on each other. */
const RANK: Readonly<Record<Marker['kind'], number>> = {
  oom: 0,
  failed: 1,
  note: 2,
  reclaim: 3,
  discard: 3,
  served: 4,
};
/** Pixels from mark to mark. */
const APART = 9;

/** Of marks that would overlap the most important, the earlier of equals; in order of their steps. */
export function placeMarks(markers: readonly Marker[], x: (step: number) => number): readonly Marker[] {
  const taken = new Set<number>();
  const byRank = markers.map((marker, i) => ({ marker, i, at: Math.round(x(marker.step)) }));
  byRank.sort((a, b) => RANK[a.marker.kind] - RANK[b.marker.kind] || a.i - b.i);
  const placed = byRank.filter(({ marker, at }) => {
    // A note is a line: it stands close to what it is about.
    const reach = marker.kind === 'note' ? 2 : APART - 1;
    for (let near = at - reach; near <= at + reach; near++) if (taken.has(near)) return false;
    taken.add(at);
    return true;
  });
  return placed.sort((a, b) => a.i - b.i).map(({ marker }) => marker);
}

interface EventTicksProps {
  readonly markers: readonly Marker[];
  readonly x: StepScale;
  readonly y: number;
}

export const EventTicks = memo(function EventTicks({ markers, x, y }: EventTicksProps) {
  const [from = 0, to = 0] = x.range();
  const [first = 0, last = 0] = x.domain();
  const inside = (marker: Marker) => marker.step >= first && marker.step <= last;
  const telling = new Set(placeMarks(tellingMarkers(markers).filter(inside), x));
  const others = markers.filter((marker) => inside(marker) && !telling.has(marker));
  return (
    <g className="ticks">
      <line className="axis" x1={from} x2={to} y1={y} y2={y} />
      <path className="other" d={others.map(({ step }) => `M${x(step).toFixed(1)} ${y - 3}v3`).join('')} />
      {[...telling].map(({ step, kind }) => (
        <path key={`${step}-${kind}`} className={kind} d={SHAPES[kind](x(step), y)} />
      ))}
    </g>
  );
});
