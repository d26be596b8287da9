/**
 * Emptying one slab: the proposal's central act. Page by page in PFN order each page is unmapped through rmap, then
 * dropped, written or swapped, or moved into another slab; an object slab's page is cleared through the extended shrinker. The first page that
 * cannot go fails the slab, and what was evicted until then was for nothing. Linux 2.6.9 functions it would call:
 * try_to_unmap, pageout, add_to_swap, __remove_from_page_cache, and a slab_destroy of the whole slab.
 */
import { NONE, type Pfn } from '../../base/units.ts';
import { charge } from '../charge.ts';
import { wipePages } from '../claim.ts';
import { C } from '../counters.ts';
import { FLAG, PAGE } from '../frames.ts';
import { GFP } from '../gfp.ts';
import { bump, K, type Machine } from '../machine.ts';
import { clearObjectSlab } from '../objects/object-slab.ts';
import { EV, emit, REASON, type Reason } from '../trace-event.ts';
import { noteEvicted } from '../user/evicted.ts';
import { lruDel } from '../user/lru.ts';
import { movePage } from '../user/move.ts';
import { removeFilePage } from '../user/page-cache.ts';
import { clearYoung, swapSlotOf, tryToUnmap, UNMAP } from '../user/rmap.ts';
import { addToSwap, removeFromSwapCache } from '../user/swap.ts';
import { destroySlab, returnToSlab, takeIdlePage } from './cache.ts';
import { bumpCache, LIST, linkSlab, unlinkSlab } from './slab-list.ts';

/** Slabs from `first` to `last` that are being emptied together: none of them takes another's pages. */
export interface SlabRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Tries to empty a slab and give its pages back to buddy.
 * @param group the slabs emptied with it
 * @returns whether the slab was discarded
 */
export function evictSlab(
  m: Machine,
  slab: number,
  gfp: number,
  group: SlabRange = { first: slab, last: slab },
): boolean {
  const order = m.config.slabOrder;
  const pages = 1 << order;
  const cache = m.slabCache[slab]! - 1;
  const first = slab << order;
  bump(m, C.slabsTried);
  unlinkSlab(m, cache, slab);
  bumpCache(m, cache, K.freeObjects, m.slabInUse[slab]! - pages);
  const done: Done = { evicted: 0, moved: 0 };
  for (let pfn = first; pfn < first + pages; pfn++) {
    if (m.kind[pfn] === PAGE.slabIdle) continue;
    const reason = clearFrame(m, slab, pfn, gfp, done, group);
    if (reason === REASON.none) continue;
    emit(m, EV.refuse, 0, pfn, 0, 0, reason);
    giveUp(m, cache, slab, done);
    return false;
  }
  destroySlab(m, cache, slab, m.config.policy.returnPages === 'single');
  bump(m, C.slabsDiscarded);
  emit(m, EV.slabDiscarded, order, first, done.evicted, done.moved);
  return true;
}

/** User pages of a slab that are gone from it. */
interface Done {
  evicted: number;
  moved: number;
}

/** Makes one page of the slab idle: an object slab cleared, a user page evicted or moved; else says what forbids it. */
function clearFrame(m: Machine, slab: number, pfn: Pfn, gfp: number, done: Done, group: SlabRange): Reason {
  const kind = m.kind[pfn]!;
  if (kind === PAGE.objSlab) return discardObjects(m, slab, pfn, gfp);
  if (kind === PAGE.slabParked) return REASON.parked;
  if (kind !== PAGE.anon && kind !== PAGE.file) return REASON.kernel;
  if (m.pins[pfn] !== 0) return REASON.pinned;
  if (m.flags[pfn]! & FLAG.writeback) return REASON.writeback;
  const move = m.config.policy.action === 'move';
  const reason = move ? moveAway(m, slab, pfn, group) : evictPage(m, slab, pfn, gfp);
  if (reason !== REASON.none) return reason;
  if (move) done.moved++;
  else done.evicted++;
  return REASON.none;
}

/** Puts a slab that could not be emptied back on its list. */
function giveUp(m: Machine, cache: number, slab: number, { evicted, moved }: Done): void {
  const pages = 1 << m.config.slabOrder;
  const free = pages - m.slabInUse[slab]!;
  bumpCache(m, cache, K.freeObjects, free);
  linkSlab(m, cache, slab, free === 0 ? LIST.full : LIST.partial, true);
  bump(m, C.slabsRefused);
  bump(m, C.movedForNothing, moved);
  emit(m, EV.slabRefused, m.config.slabOrder, slab << m.config.slabOrder, evicted, moved);
}

/** The page's frame becomes an idle object of its slab. */
function makeIdle(m: Machine, slab: number, pfn: Pfn): void {
  wipePages(m, pfn, 0, PAGE.slabIdle);
  returnToSlab(m, slab, pfn);
}

function discardObjects(m: Machine, slab: number, pfn: Pfn, gfp: number): Reason {
  if (!(gfp & GFP.fs)) return REASON.needsFs;
  const cleared = clearObjectSlab(m, pfn);
  if (cleared < 0) return REASON.liveObject;
  makeIdle(m, slab, pfn);
  emit(m, EV.clearObjects, 0, pfn, cleared);
  return REASON.none;
}

/**
 * Moves a user page into a partial slab of its own cache, so that it stays in its zone and on its list. A locked page
 * is moved as well: mlock promises that a page is resident, not where it lies. Needs no I/O, whoever asks.
 */
function moveAway(m: Machine, slab: number, pfn: Pfn, group: SlabRange): Reason {
  const to = takeIdlePage(m, m.slabCache[slab]! - 1, group.first, group.last);
  if (to === NONE) return REASON.noMemory;
  const entries = movePage(m, pfn, to);
  makeIdle(m, slab, pfn);
  emit(m, EV.movePage, 0, pfn, to, entries);
  return REASON.none;
}

function evictPage(m: Machine, slab: number, pfn: Pfn, gfp: number): Reason {
  const anon = m.kind[pfn] === PAGE.anon;
  if (!anon && m.flags[pfn]! & FLAG.dirty && !(gfp & GFP.fs)) return REASON.needsFs;
  if (anon && !(gfp & GFP.io)) return REASON.needsIo;
  return anon ? swapOut(m, slab, pfn) : dropFilePage(m, slab, pfn);
}

/** Removes all mappings; the young bits are cleared and ignored: LRU order is not the prime concern here. */
function unmapAll(m: Machine, pfn: Pfn, slot: number): boolean {
  const mapped = m.mapcount[pfn]!;
  if (mapped === 0) return true;
  clearYoung(m, pfn);
  const ok = tryToUnmap(m, pfn, slot, true) === UNMAP.success;
  if (ok) emit(m, EV.unmap, 0, pfn, mapped, m.kind[pfn]);
  return ok;
}

function dropFilePage(m: Machine, slab: number, pfn: Pfn): Reason {
  if (!unmapAll(m, pfn, NONE)) return REASON.mlocked;
  const file = m.owner[pfn]!;
  const page = m.index[pfn]!;
  if (m.flags[pfn]! & FLAG.dirty) {
    bump(m, C.pagesWritten);
    charge(m, 'writePage');
    emit(m, EV.writePage, 0, pfn, file, page);
  } else {
    bump(m, C.pagesDropped);
  }
  charge(m, 'dropPage');
  noteEvicted(m, pfn);
  lruDel(m, pfn);
  removeFilePage(m, file, page, true);
  makeIdle(m, slab, pfn);
  emit(m, EV.drop, 0, pfn, file, page);
  return REASON.none;
}

function swapOut(m: Machine, slab: number, pfn: Pfn): Reason {
  let slot = swapSlotOf(m, pfn);
  if (slot === NONE) slot = addToSwap(m, pfn);
  if (slot === NONE) return REASON.noSwap;
  if (!unmapAll(m, pfn, slot)) {
    // no entry names the slot: it was taken for nothing and goes back (try_to_free_swap)
    if (m.swapCount[slot] === 1) removeFromSwapCache(m, pfn, slot);
    return REASON.mlocked;
  }
  const owner = m.owner[pfn]!;
  const page = m.index[pfn]!;
  if (m.flags[pfn]! & FLAG.dirty) {
    bump(m, C.pagesSwapped);
    charge(m, 'swapOut');
    emit(m, EV.swapPage, 0, pfn, slot);
  } else {
    bump(m, C.pagesDropped);
  }
  charge(m, 'dropPage');
  noteEvicted(m, pfn);
  lruDel(m, pfn);
  removeFromSwapCache(m, pfn, slot);
  makeIdle(m, slab, pfn);
  emit(m, EV.drop, 0, pfn, owner, page);
  return REASON.none;
}
