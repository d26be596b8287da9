/**
 * Slabs that only parked pages keep: from being empty, where nobody uses a page of them, or from being reclaimed, where
 * every page in use could go. Reclaim refuses a parked page, and 2.6.9's slab counts it as in use.
 */
import type { Pfn } from '../../base/units.ts';
import { PAGE } from '../../engine/frames.ts';
import type { Machine } from '../../engine/machine.ts';
import { liveObjects } from '../../engine/objects/object-slab.ts';
import { isEvictable } from '../../engine/user/evicted.ts';

/** What the arrays of one cache hold back. */
export interface HeldBack {
  /** First pages of the slabs that hold parked and idle pages alone. */
  readonly slabs: readonly Pfn[];
  /** Pages of those slabs: what a drain would give back to the cache whole. */
  readonly pages: number;
  /** First pages of the slabs whose pages in use could all be evicted or cleared: a parked page alone refuses. */
  readonly blocked: readonly Pfn[];
  /** Pages parked in the arrays of all CPUs and the shared one. */
  readonly parked: number;
}

/** By cache index. Cost: one pass over the pages of slabs. */
export function heldBack(m: Machine): HeldBack[] {
  const { slabOrder, zones } = m.config;
  const size = 1 << slabOrder;
  const found = Array.from({ length: zones.length * 3 }, () => ({
    slabs: [] as Pfn[],
    blocked: [] as Pfn[],
    parked: 0,
  }));
  for (let slab = 0; slab < m.slabCache.length; slab++) {
    const of = found[m.slabCache[slab]! - 1];
    if (of === undefined) continue;
    const { parked, used, stuck } = pagesOf(m, slab << slabOrder, size);
    of.parked += parked;
    if (parked === 0 || stuck > 0) continue;
    (used === 0 ? of.slabs : of.blocked).push(slab << slabOrder);
  }
  return found.map((held) => ({ ...held, pages: held.slabs.length * size }));
}

/** Pages of a slab: parked, in use, and those in use that could not go. */
function pagesOf(m: Machine, first: Pfn, size: number): { parked: number; used: number; stuck: number } {
  let parked = 0;
  let used = 0;
  let stuck = 0;
  for (let pfn = first; pfn < first + size; pfn++) {
    if (m.kind[pfn] === PAGE.slabParked) parked++;
    else if (m.kind[pfn] !== PAGE.slabIdle) {
      used++;
      if (!mayGo(m, pfn)) stuck++;
    }
  }
  return { parked, used, stuck };
}

function mayGo(m: Machine, pfn: Pfn): boolean {
  switch (m.kind[pfn]) {
    case PAGE.anon:
    case PAGE.file:
      return isEvictable(m, pfn);
    case PAGE.objSlab:
      return m.config.objectCaches[m.owner[pfn]!]!.shrinker && liveObjects(m, pfn) === 0;
    default:
      return false;
  }
}
