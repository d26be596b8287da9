/** Which ticks of the timeline tell something new. */
import type { Marker } from '../worker/protocol.ts';

/**
 * Failures, reclaims and notes, and of the served requests the first after each of them: where contiguous requests
 * are daily bread, a long row of served ones tells nothing.
 * @param markers in order of their steps
 */
export function tellingMarkers(markers: readonly Marker[]): readonly Marker[] {
  return markers.filter((marker, i) => {
    const before = markers[i - 1];
    return marker.kind !== 'served' || (before !== undefined && before.kind !== 'served');
  });
}
