/**
 * Hot pages evicted. An inversion says only that some colder page stayed, and one forgotten page is enough for that:
 * under LRU reclaim too nearly every eviction counts, since its two lists know second chances, not touches. A hot
 * page is hotter than half of memory: it was touched later than the median user page of its zone, as they stood when
 * the operation evicted the first page of that zone.
 */
import { NONE, type Pfn, type ZoneIndex } from '../base/units.ts';
import { PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { zoneOf } from '../engine/zone.ts';

/** User pages looked at for a median; of more, evenly spaced frames. */
const LOOKED_AT = 2048;

/** What a watched machine has lost so far. */
export interface HotPages {
  /** Evicted pages that were hotter than the median. */
  readonly evicted: number;
  /** A new operation begins. */
  next(): void;
}

/**
 * Watches a machine while operations are applied to it: it listens to evictions and changes nothing. Call `next`
 * before every operation.
 */
export function watchHotPages(m: Machine): HotPages {
  const medians = m.config.zones.map(() => NONE);
  let isFresh = true;
  let evicted = 0;
  m.evicted.heard = (pfn: Pfn) => {
    const zone = zoneOf(m.config, pfn);
    isFresh = false;
    if (medians[zone] === NONE) medians[zone] = medianTouch(m, zone);
    if (m.lastTouch[pfn]! > medians[zone]!) evicted++;
  };
  return {
    get evicted() {
      return evicted;
    },
    next() {
      if (isFresh) return;
      medians.fill(NONE);
      isFresh = true;
    },
  };
}

/** Last touch of the median user page of a zone, in operations; 0 where there is none. */
export function medianTouch(m: Machine, zone: ZoneIndex): number {
  const { start, end } = m.config.zones[zone]!;
  const stride = Math.max(1, Math.ceil((end - start) / LOOKED_AT));
  const touches = new Uint32Array(Math.ceil((end - start) / stride));
  let n = 0;
  for (let pfn = start; pfn < end; pfn += stride) {
    const kind = m.kind[pfn]!;
    if (kind === PAGE.anon || kind === PAGE.file) touches[n++] = m.lastTouch[pfn]!;
  }
  return touches.subarray(0, n).sort()[n >> 1] ?? 0;
}
