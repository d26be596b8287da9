import { describe, expect, it } from 'vitest';
import { tellingMarkers } from '../../src/store/moments.ts';
import type { Marker } from '../../src/worker/protocol.ts';

const markers = (kinds: string): Marker[] =>
  kinds.split(' ').map((kind, step) => ({ step, kind: kind as Marker['kind'] }));

describe('the ticks that tell something', () => {
  it('are all but served requests that follow no trouble', () => {
    const told = tellingMarkers(markers('served served failed reclaim served served note served oom'));
    expect(told.map(({ step }) => step)).toEqual([2, 3, 4, 6, 7, 8]);
  });

  it('are none of a run in which every request is served', () => {
    expect(tellingMarkers(markers('served served served'))).toEqual([]);
  });
});
