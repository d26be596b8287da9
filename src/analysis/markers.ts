/** Ticks of the timeline, and which of them stay when there are more than can be shown. */

export type MarkerKind = 'failed' | 'served' | 'reclaim' | 'discard' | 'oom' | 'note';

/** A tick on the timeline: the operation that leads to `step`. */
export interface Marker {
  readonly step: number;
  readonly kind: MarkerKind;
}

/** Markers a timeline shows. */
export const MARKERS_LIMIT = 4000;

/** The kinds a person looks for first. */
const RANK: readonly MarkerKind[] = ['note', 'oom', 'discard', 'failed', 'reclaim', 'served'];

/**
 * At most `limit` markers, by step. Kinds are let in by rank; the kind that no longer fits is thinned evenly, so
 * that the picture of the run stays true.
 */
export function thinMarkers(markers: readonly Marker[], limit = MARKERS_LIMIT): readonly Marker[] {
  if (markers.length <= limit) return markers;
  const kept: Marker[] = [];
  for (const kind of RANK) {
    const ofKind = markers.filter((marker) => marker.kind === kind);
    const room = Math.min(limit - kept.length, ofKind.length);
    for (let i = 0; i < room; i++) kept.push(ofKind[Math.floor((i * ofKind.length) / room)]!);
  }
  return kept.sort((a, b) => a.step - b.step);
}
