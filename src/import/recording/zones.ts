/** Where the recorded machine's zones lie, and the free blocks of each. */
import type { BuddyinfoZone } from '../../kernel-text/buddyinfo.ts';
import type { ZoneinfoZone } from '../../kernel-text/zoneinfo.ts';
import { PageState } from './page-state.ts';

/** Page frames [start, end). */
export interface ZoneRange {
  node: number;
  zone: string;
  start: number;
  end: number;
}

/** The zones of a zoneinfo text that have pages and a known place, by address. */
export function zoneRanges(zones: readonly ZoneinfoZone[]): ZoneRange[] {
  const ranges: ZoneRange[] = [];
  for (const { node, zone, startPfn, spanned } of zones) {
    if (node === null || zone === null || startPfn === null || spanned === null || spanned === 0) continue;
    ranges.push({ node, zone, start: startPfn, end: startPfn + spanned });
  }
  return ranges.sort((a, b) => a.start - b.start);
}

/** One zone for a machine whose zones are not known. */
export function singleZone(pages: number): ZoneRange[] {
  return [{ node: 0, zone: 'Normal', start: 0, end: pages }];
}

/**
 * Free blocks by order, a zone an entry, from the pages marked as on the buddy lists alone. The buddy system merges
 * whenever both halves are free, so its blocks are the largest aligned ones and follow from the set of free pages.
 */
export function freeBlocks(state: Uint8Array, zones: readonly ZoneRange[], orders: number): BuddyinfoZone[] {
  return zones.map(({ node, zone, start, end }) => ({
    node,
    zone,
    freeByOrder: countBlocks(state, start, Math.min(end, state.length), orders),
  }));
}

function countBlocks(state: Uint8Array, start: number, end: number, orders: number): number[] {
  const counts = new Array<number>(orders).fill(0);
  for (let pfn = start; pfn < end; ) {
    if (state[pfn] !== PageState.buddy) {
      pfn++;
      continue;
    }
    // Pages [pfn, free) are free; a block that starts at pfn can double while it is aligned and still inside.
    let order = 0;
    let free = pfn + 1;
    while (order + 1 < orders && pfn % 2 ** (order + 1) === 0 && pfn + 2 ** (order + 1) <= end) {
      const stop = pfn + 2 ** (order + 1);
      while (free < stop && state[free] === PageState.buddy) free++;
      if (free < stop) break;
      order++;
    }
    counts[order]!++;
    pfn += 2 ** order;
  }
  return counts;
}
