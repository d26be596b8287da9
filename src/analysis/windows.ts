/**
 * Every aligned window of 2^order pages and what emptying it would take: what is free, what could go at which price,
 * what blocks it and whose it is. free + reclaimable + blocking = 2^order in each.
 */
import { hex, plural } from '../base/text.ts';
import { PAGE } from '../engine/frames.ts';
import { CACHE_NAMES } from '../engine/gfp.ts';
import type { Machine } from '../engine/machine.ts';
import { POOL_OWNER } from '../engine/mempool.ts';
import { DESCRIPTOR_OWNER } from '../engine/order0/descriptor.ts';
import { pointerTo } from './pointer-words.ts';
import type { Blocker, WhyWindow } from './why-report.ts';
import {
  BLOCKER_KINDS,
  blockingFates,
  blockingPages,
  createTally,
  evictionCost,
  FATE,
  movingCost,
  reclaimablePages,
  type Tally,
  tallyWindow,
  worstFate,
} from './window-tally.ts';

/** What all windows of one order come to, none of them listed. */
export interface WindowSurvey {
  readonly count: number;
  /** Windows that could be emptied, and the first of those for which that costs least. */
  readonly emptiable: number;
  readonly cheapest: WhyWindow | null;
  /** The others by kind of their first blocker, most windows first. */
  readonly blockedBy: readonly { readonly kind: string; readonly windows: number }[];
  /** Windows by their blocking pages, 0 to 2^order. */
  readonly spread: readonly number[];
}

/** Calls `visit` for every aligned window of the machine's zones, lowest first; those that a zone's bounds cut are left out. */
function forEachWindow(m: Machine, order: number, visit: (pfn: number, zone: string) => void): void {
  const size = 1 << order;
  for (const zone of m.config.zones) {
    for (let pfn = Math.ceil(zone.start / size) * size; pfn + size <= zone.end; pfn += size)
      visit(pfn, zone.name);
  }
}

/** All aligned windows of the machine's zones, lowest first. */
export function windowsOf(m: Machine, order: number): WhyWindow[] {
  const windows: WhyWindow[] = [];
  const anyLocked = m.vmaLocked.includes(1);
  forEachWindow(m, order, (pfn, zone) => {
    tallyWindow(m, tally, pfn, order, anyLocked);
    windows.push(windowOf(m, tally, pfn, order, zone));
  });
  return windows;
}

/** The same windows, counted. */
export function surveyWindows(m: Machine, order: number): WindowSurvey {
  const spread = new Array<number>((1 << order) + 1).fill(0);
  const worst = new Uint32Array(BLOCKER_KINDS.length);
  const anyLocked = m.vmaLocked.includes(1);
  let count = 0;
  let least = Number.POSITIVE_INFINITY;
  let best: { readonly pfn: number; readonly zone: string } | null = null;
  forEachWindow(m, order, (pfn, zone) => {
    count++;
    tallyWindow(m, tally, pfn, order, anyLocked);
    const blocking = blockingPages(tally);
    spread[blocking]!++;
    if (blocking > 0) {
      worst[worstFate(tally) - FATE.blocked]!++;
      return;
    }
    const cost = evictionCost(m, tally);
    if (cost >= least) return;
    least = cost;
    best = { pfn, zone };
  });
  return { count, emptiable: spread[0]!, cheapest: found(m, best, order), blockedBy: byKind(worst), spread };
}

function found(
  m: Machine,
  best: { readonly pfn: number; readonly zone: string } | null,
  order: number,
): WhyWindow | null {
  return best && windowAt(m, best.pfn, order, best.zone);
}

function byKind(worst: Uint32Array): { kind: string; windows: number }[] {
  return BLOCKER_KINDS.map((kind, i) => ({ kind, windows: worst[i]! }))
    .filter(({ windows }) => windows > 0)
    .sort((a, b) => b.windows - a.windows || (a.kind < b.kind ? -1 : 1));
}

/** What is counted at the moment. */
const tally = createTally();

/** One window. */
export function windowAt(m: Machine, pfn: number, order: number, zone: string): WhyWindow {
  tallyWindow(m, tally, pfn, order, m.vmaLocked.includes(1));
  return windowOf(m, tally, pfn, order, zone);
}

function windowOf(m: Machine, t: Tally, pfn: number, order: number, zone: string): WhyWindow {
  const blocking = blockingPages(t);
  const blockers = blockingFates(t).map((fate) => blockerOf(m, t, fate));
  return {
    pfn,
    order,
    zone,
    free: t.pages[FATE.free]!,
    reclaimable: reclaimablePages(t),
    blocking,
    drop: t.pages[FATE.drop]! + t.pages[FATE.clear]!,
    write: t.pages[FATE.write]!,
    swap: t.pages[FATE.swap]!,
    costNs: blocking === 0 ? evictionCost(m, t) : null,
    movable: t.movable,
    moveCostNs: t.fixed === 0 ? movingCost(m, t) : null,
    blockers,
    owner: ownerOf(m, pfn, order),
    reason: reasonOf(blockers),
  };
}

function blockerOf(m: Machine, t: Tally, fate: number): Blocker {
  const pfn = t.first[fate]!;
  const isUser = m.kind[pfn] === PAGE.anon || m.kind[pfn] === PAGE.file;
  return {
    kind: BLOCKER_KINDS[fate - FATE.blocked]!,
    pages: t.pages[fate]!,
    owner: pageOwner(m, pfn),
    pfn,
    pointer: isUser ? null : pointerTo(m, pfn),
  };
}

/** Whose a page that blocks is. */
function pageOwner(m: Machine, p: number): string {
  switch (m.kind[p]) {
    case PAGE.anon:
      return `anonymous memory ${m.owner[p]}`;
    case PAGE.file:
      return `file ${m.owner[p]}`;
    case PAGE.objSlab:
      return objectOwner(m, p);
    case PAGE.boot:
    case PAGE.hole:
      return 'boot';
    default:
      return kernelOwner(m, p);
  }
}

function objectOwner(m: Machine, p: number): string {
  return m.config.objectCaches[m.owner[p]!]!.name;
}

function kernelOwner(m: Machine, p: number): string {
  const owner = m.owner[p]!;
  switch (m.kind[p]) {
    case PAGE.pageTable:
      return `page table of process ${owner}`;
    case PAGE.stack:
      return `stack of process ${owner}`;
    case PAGE.highOrder:
      return owner === POOL_OWNER ? 'mempool reserve' : `allocation ${owner}`;
    default:
      if (owner === DESCRIPTOR_OWNER) return 'slab descriptors';
      return owner === POOL_OWNER ? 'mempool reserve' : `kmalloc ${owner}`;
  }
}

/** The cache whose slab fills the window, "boot", or "loose" where no slab does. */
function ownerOf(m: Machine, pfn: number, order: number): string {
  const k = m.config.slabOrder;
  const cache = m.slabCache[pfn >>> k]!;
  if (order <= k && cache !== 0) return CACHE_NAMES[(cache - 1) % 3]!;
  if (m.kind[pfn] === PAGE.boot) return 'boot';
  return 'loose';
}

/** "9 kernel, no slab", "1 mlocked", "4 live objects": the ledger's last column. */
function reasonOf(blockers: readonly Blocker[]): string {
  const worst = blockers[0];
  if (!worst) return '';
  if (worst.kind === 'boot' || worst.kind === 'hole') return worst.kind;
  if (worst.kind === 'live object') return plural(worst.pages, 'live object page');
  return `${worst.pages} ${worst.kind}`;
}

/** The window's name in sentences: the slab at 0x2c0, the window at 0x0a0. */
export function windowName(window: WhyWindow): string {
  return `${window.owner.startsWith('order0') ? 'slab' : 'window'} at ${hex(window.pfn)}`;
}
