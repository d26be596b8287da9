import { describe, expect, it } from 'vitest';
import { type Marker, type MarkerKind, thinMarkers } from '../../src/analysis/markers.ts';

const many = (kind: MarkerKind, n: number, every: number): Marker[] =>
  Array.from({ length: n }, (_, i) => ({ step: 1 + i * every, kind }));

describe('markers', () => {
  it('all stay while there is room', () => {
    const markers = many('failed', 10, 3);
    expect(thinMarkers(markers, 10)).toEqual(markers);
  });

  it('are let in by rank, and the kind that does not fit is thinned over the whole run', () => {
    const markers = [...many('served', 500, 2), ...many('failed', 30, 7), ...many('oom', 2, 400)];
    const kept = thinMarkers(markers, 100);
    const count = (kind: MarkerKind) => kept.filter((marker) => marker.kind === kind).length;
    expect([count('oom'), count('failed'), count('served')]).toEqual([2, 30, 68]);
    const steps = kept.map((marker) => marker.step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    const served = kept.filter((marker) => marker.kind === 'served').map((marker) => marker.step);
    expect(served.at(0)).toBeLessThan(20);
    expect(served.at(-1)).toBeGreaterThan(970);
  });
});
