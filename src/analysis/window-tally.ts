/**
 * What the pages of one aligned window are to whoever would empty it, counted. A machine of a million pages has
 * tens of thousands of windows, so nothing is made here for each: one tally is used again.
 */
import { C } from '../engine/counters.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';
import { folioHead, folioMlocked, folioPinned } from '../engine/user/folio.ts';
import { isMovable } from './obtainable.ts';

/** What can become of a page; from `blocked` on it stays, for the reason `BLOCKER_KINDS[fate - blocked]`. */
export const FATE = { free: 0, drop: 1, write: 2, swap: 3, clear: 4, blocked: 5 } as const;

export const BLOCKER_KINDS = [
  'object without shrinker',
  'live object',
  'boot',
  'hole',
  'knoreclaim',
  'kernel, no slab',
  'pinned',
  'under writeback',
  'mlocked',
  'no swap',
] as const;
const FATES = FATE.blocked + BLOCKER_KINDS.length;

const fateOf = (kind: (typeof BLOCKER_KINDS)[number]) => FATE.blocked + BLOCKER_KINDS.indexOf(kind);
const UNSHRINKABLE = fateOf('object without shrinker');
const LIVE = fateOf('live object');
const BOOT = fateOf('boot');
const HOLE = fateOf('hole');
const IN_SLAB = fateOf('knoreclaim');
const LOOSE = fateOf('kernel, no slab');
const PINNED = fateOf('pinned');
const WRITEBACK = fateOf('under writeback');
const MLOCKED = fateOf('mlocked');
const NO_SWAP = fateOf('no swap');

export interface Tally {
  /** Pages by fate, and the first page of each fate that has any. */
  readonly pages: Uint32Array;
  readonly first: Uint32Array;
  /** Page table entries that map what could go. */
  maps: number;
  /** Objects that the extended shrinker would clear. */
  objects: number;
  /** Pages that could move, with their entries; pages that could neither move nor be cleared. */
  movable: number;
  moveEntries: number;
  fixed: number;
}

/** An empty tally. */
export function createTally(): Tally {
  return {
    pages: new Uint32Array(FATES),
    first: new Uint32Array(FATES),
    maps: 0,
    objects: 0,
    movable: 0,
    moveEntries: 0,
    fixed: 0,
  };
}

/**
 * Counts the pages `pfn` to `pfn + 2^order`, in place of what was counted before.
 * @param anyLocked whether some region of the machine is mlocked; only then rmap is walked
 */
export function tallyWindow(m: Machine, t: Tally, pfn: number, order: number, anyLocked: boolean): void {
  t.pages.fill(0);
  t.maps = 0;
  t.objects = 0;
  t.movable = 0;
  t.moveEntries = 0;
  t.fixed = 0;
  // where a policy has slabs, an object slab's unused objects are cleared by it; nobody moves one
  const clears = m.config.policy.name === 'order0-slab';
  let swapLeft = m.config.swapPages - m.counters[C.swapUsed]!;
  const { kind, flags } = m;
  for (let p = pfn; p < pfn + (1 << order); p++) {
    const fate = pageFate(m, p, kind[p]!, swapLeft, anyLocked);
    if (t.pages[fate]!++ === 0) t.first[fate] = p;
    if (fate === FATE.clear) t.objects += m.objSlabInUse[m.index[p]!]!;
    else if (fate === FATE.drop || fate === FATE.write) t.maps += m.mapcount[p]!;
    else if (fate === FATE.swap) {
      t.maps += m.mapcount[p]!;
      if ((flags[p]! & FLAG.swapCache) === 0) swapLeft--;
    }
    if (fate !== FATE.free && !(clears && fate === FATE.clear)) addMove(m, t, p);
  }
}

/** What moving would make of the page: neither mlock nor missing swap is in its way, a pin or a write under way is. */
function addMove(m: Machine, t: Tally, p: number): void {
  if (!isMovable(m, p)) {
    t.fixed++;
    return;
  }
  t.movable++;
  t.moveEntries += m.kind[p] === PAGE.vmalloc ? 1 : m.mapcount[p]!;
}

function pageFate(m: Machine, p: number, kind: number, swapLeft: number, anyLocked: boolean): number {
  switch (kind) {
    case PAGE.free:
    case PAGE.slabIdle:
    case PAGE.slabParked:
    case PAGE.pcp:
      return FATE.free;
    case PAGE.anon:
    case PAGE.file:
      return userFate(m, p, kind, swapLeft, anyLocked);
    case PAGE.objSlab:
      if (!m.config.objectCaches[m.owner[p]!]!.shrinker) return UNSHRINKABLE;
      return liveObjects(m, p) > 0 ? LIVE : FATE.clear;
    case PAGE.boot:
      return BOOT;
    case PAGE.hole:
      return HOLE;
    default:
      return (m.flags[p]! & FLAG.inSlab) !== 0 ? IN_SLAB : LOOSE;
  }
}

function userFate(m: Machine, p: number, kind: number, swapLeft: number, anyLocked: boolean): number {
  const head = folioHead(m, p);
  if (folioPinned(m, head)) return PINNED;
  const flags = m.flags[p]!;
  if (flags & FLAG.writeback) return WRITEBACK;
  if (anyLocked && folioMlocked(m, head)) return MLOCKED;
  if (kind === PAGE.file) return flags & FLAG.dirty ? FATE.write : FATE.drop;
  return (flags & FLAG.swapCache) === 0 && swapLeft <= 0 ? NO_SWAP : FATE.swap;
}

/** Pages that keep the window from being emptied. */
export function blockingPages({ pages }: Tally): number {
  let blocking = 0;
  for (let fate = FATE.blocked; fate < FATES; fate++) blocking += pages[fate]!;
  return blocking;
}

/** Pages that could go. */
export function reclaimablePages({ pages }: Tally): number {
  return pages[FATE.drop]! + pages[FATE.write]! + pages[FATE.swap]! + pages[FATE.clear]!;
}

/** Fates of the pages that block, those of most pages first, of equals the one met first. */
export function blockingFates({ pages, first }: Tally): number[] {
  const found: number[] = [];
  for (let fate = FATE.blocked; fate < FATES; fate++) if (pages[fate]! > 0) found.push(fate);
  return found.sort((a, b) => pages[b]! - pages[a]! || first[a]! - first[b]!);
}

/** The first of {@link blockingFates}, or −1 where nothing blocks. */
export function worstFate({ pages, first }: Tally): number {
  let worst = -1;
  for (let fate = FATE.blocked; fate < FATES; fate++) {
    const count = pages[fate]!;
    if (count === 0) continue;
    const most = worst < 0 ? 0 : pages[worst]!;
    if (count > most || (count === most && first[fate]! < first[worst]!)) worst = fate;
  }
  return worst;
}

/** Modelled price in ns of evicting all that can go. */
export function evictionCost(m: Machine, t: Tally): number {
  const { cost } = m.config;
  return (
    (reclaimablePages(t) - t.pages[FATE.clear]!) * cost.dropPage +
    t.pages[FATE.write]! * cost.writePage +
    t.pages[FATE.swap]! * cost.swapOut +
    t.objects * cost.clearObject +
    t.maps * (cost.unmapPte + cost.tlbFlush)
  );
}

/** Modelled price in ns of moving it elsewhere; objects are cleared, since they do not move. */
export function movingCost(m: Machine, t: Tally): number {
  const { cost } = m.config;
  return (
    t.movable * cost.copyPage +
    t.moveEntries * (cost.updatePte + cost.tlbFlush) +
    t.objects * cost.clearObject
  );
}
