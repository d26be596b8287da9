/**
 * Mempools, Linux 2.6.9 mm/mempool.c (mempool_create, mempool_alloc, mempool_free): min_nr elements set apart, so that
 * whoever needs one to make memory free gets it in the end. Beside them the mail's hope, "possibly ditch mempool": a
 * slab in a pool's place, whose free objects are anybody's.
 *
 * Operations are atomic, so a request that sleeps waits in its pool's queue; an element that comes back wakes the
 * first, which begins again.
 */
import { idiv } from '../base/bits.ts';
import { NONE, type Order, type Pfn } from '../base/units.ts';
import { allocPages } from './alloc-path.ts';
import { claimPages } from './claim.ts';
import { C } from './counters.ts';
import { PAGE, type PageKind } from './frames.ts';
import { GFP, GFP_MASKS } from './gfp.ts';
import { bump, grown, type Machine } from './machine.ts';
import { countPerPool, MEASURED_POOLS, PER_POOL } from './measures.ts';
import { ALLOC_TAG } from './operation.ts';
import { releasePages } from './release.ts';
import { EV, emit } from './trace-event.ts';
import { syncFiles } from './user/files.ts';

/** Mempools a machine may have, and elements or sleepers of one. */
export const POOLS = MEASURED_POOLS;
export const POOL_MOST = 64;

/** Fields of one mempool in `pool`. */
export const P = { kind: 0, minNr: 1, order: 2, currNr: 3, waiting: 4 } as const;
export const POOL_FIELDS = 5;
/** `kind` field: none, a mempool, a slab in its place. */
export const POOL_KIND = { none: 0, pool: 1, slab: 2 } as const;

/** Owner of the elements in reserve in the page table. */
export const POOL_OWNER = 0xfffffffd;

/** MAX_WRITEBACK_PAGES, what one wakeup_bdflush writes at most (mm/page-writeback.c). */
const FLUSH_PAGES = 1024;

/** How a request was served. */
const BY = { allocator: 0, reserve: 1 } as const;

/** One field of a pool; 0 where there is none. */
export function poolField(m: Machine, pool: number, field: number): number {
  return m.pool[pool * POOL_FIELDS + field] ?? 0;
}

function setPoolField(m: Machine, pool: number, field: number, value: number): void {
  m.pool[pool * POOL_FIELDS + field] = value;
}

function kindOf(order: Order): PageKind {
  return order > 0 ? PAGE.highOrder : PAGE.kmalloc;
}

/** Whether a pool, or a slab in its place, is there. */
export function poolExists(m: Machine, pool: number): boolean {
  return poolField(m, pool, P.kind) !== POOL_KIND.none;
}

/**
 * mempool_create: sets `minNr` elements of 2^order pages apart. A slab in the pool's place gets as many made and given
 * back at once, as free objects of its cache.
 * @returns false when the elements cannot be had; there is no pool then
 */
export function createPool(m: Machine, pool: number, minNr: number, order: Order, slab: boolean): boolean {
  const elements: Pfn[] = [];
  while (elements.length < minNr) {
    const pfn = allocPages(m, {
      order,
      gfp: GFP_MASKS.kernel,
      kind: kindOf(order),
      owner: POOL_OWNER,
      index: 0,
    });
    if (pfn === NONE) break;
    elements.push(pfn);
  }
  const complete = elements.length === minNr;
  if (slab || !complete) for (const pfn of elements) releasePages(m, pfn, order);
  emit(m, EV.poolCreate, order, NONE, pool, complete ? minNr : 0);
  if (!complete) return false;
  m.pool = grown(m.pool, (pool + 1) * POOL_FIELDS);
  m.poolElements = grown(m.poolElements, (pool + 1) * POOL_MOST);
  m.poolWaiters = grown(m.poolWaiters, (pool + 1) * POOL_MOST);
  m.poolWaitGfp = grown(m.poolWaitGfp, (pool + 1) * POOL_MOST);
  setPoolField(m, pool, P.kind, slab ? POOL_KIND.slab : POOL_KIND.pool);
  setPoolField(m, pool, P.minNr, minNr);
  setPoolField(m, pool, P.order, order);
  if (!slab) for (const pfn of elements) pushElement(m, pool, pfn);
  return true;
}

function pushElement(m: Machine, pool: number, pfn: Pfn): void {
  const n = poolField(m, pool, P.currNr);
  m.poolElements[pool * POOL_MOST + n] = pfn + 1;
  setPoolField(m, pool, P.currNr, n + 1);
}

/** The newest element in reserve; the caller knows that there is one. */
function popElement(m: Machine, pool: number): Pfn {
  const n = poolField(m, pool, P.currNr) - 1;
  const pfn = m.poolElements[pool * POOL_MOST + n]! - 1;
  m.poolElements[pool * POOL_MOST + n] = 0;
  setPoolField(m, pool, P.currNr, n);
  return pfn;
}

/** What became of a request. */
export type PoolOutcome = 'served' | 'asleep' | 'failed';

/** A request for an element as allocation `id`, by the pool's rules or, for a slab in its place, by the allocator's alone. */
export function allocFromPool(m: Machine, pool: number, id: number, gfp: number): PoolOutcome {
  if (poolField(m, pool, P.kind) === POOL_KIND.slab) return allocFromSlab(m, pool, id, gfp);
  const outcome = tryPool(m, pool, id, gfp);
  if (outcome === 'failed') {
    bump(m, C.poolFailed);
    countPerPool(m, pool, PER_POOL.failed);
    emit(m, EV.poolFail, poolField(m, pool, P.order), NONE, pool, id);
  }
  return outcome;
}

function ask(m: Machine, pool: number, id: number, gfp: number): Pfn {
  const order = poolField(m, pool, P.order);
  return allocPages(m, { order, gfp, kind: kindOf(order), owner: id, index: 0 });
}

function allocFromSlab(m: Machine, pool: number, id: number, gfp: number): PoolOutcome {
  const pfn = ask(m, pool, id, gfp);
  if (pfn === NONE) {
    bump(m, C.slabPoolFailed);
    countPerPool(m, pool, PER_POOL.failed);
    emit(m, EV.poolFail, poolField(m, pool, P.order), NONE, pool, id);
    return 'failed';
  }
  bump(m, C.slabPoolServed);
  countPerPool(m, pool, PER_POOL.served);
  hold(m, pool, id, pfn, false);
  emit(m, EV.poolAlloc, poolField(m, pool, P.order), pfn, pool, BY.allocator);
  return 'served';
}

/** mempool_alloc: the allocator without waiting, then in earnest while half the reserve is gone, then the reserve, then sleep. */
function tryPool(m: Machine, pool: number, id: number, gfp: number): PoolOutcome {
  const order = poolField(m, pool, P.order);
  const weak = gfp & ~(GFP.wait | GFP.io);
  let pfn = ask(m, pool, id, weak | GFP.noWarn);
  const low = poolField(m, pool, P.currNr) <= idiv(poolField(m, pool, P.minNr), 2);
  if (pfn === NONE && gfp & GFP.fs && gfp !== weak && low) pfn = ask(m, pool, id, gfp);
  let by: number = BY.allocator;
  if (pfn === NONE) {
    syncFiles(m, FLUSH_PAGES);
    if (poolField(m, pool, P.currNr) === 0) return gfp & GFP.wait ? sleep(m, pool, id, gfp) : 'failed';
    pfn = popElement(m, pool);
    claimPages(m, pfn, order, kindOf(order), id, 0);
    by = BY.reserve;
    bump(m, C.poolFromReserve);
    countPerPool(m, pool, PER_POOL.fromReserve);
  }
  bump(m, C.poolServed);
  countPerPool(m, pool, PER_POOL.served);
  hold(m, pool, id, pfn, true);
  emit(m, EV.poolAlloc, order, pfn, pool, by);
  return 'served';
}

/** Books the element as allocation `id`. */
function hold(m: Machine, pool: number, id: number, pfn: Pfn, goesBack: boolean): void {
  m.allocPfn = grown(m.allocPfn, id + 1);
  m.allocOrder = grown(m.allocOrder, id + 1);
  m.allocTag = grown(m.allocTag, id + 1);
  m.allocPool = grown(m.allocPool, id + 1);
  m.allocPfn[id] = pfn + 1;
  m.allocOrder[id] = poolField(m, pool, P.order);
  m.allocTag[id] = ALLOC_TAG.kmalloc;
  m.allocPool[id] = goesBack ? pool + 1 : 0;
}

/** The request waits for an element; with too many waiting already it fails. */
function sleep(m: Machine, pool: number, id: number, gfp: number): PoolOutcome {
  const n = poolField(m, pool, P.waiting);
  if (n === POOL_MOST) return 'failed';
  m.poolWaiters[pool * POOL_MOST + n] = id + 1;
  m.poolWaitGfp[pool * POOL_MOST + n] = gfp;
  setPoolField(m, pool, P.waiting, n + 1);
  bump(m, C.poolSlept);
  countPerPool(m, pool, PER_POOL.slept);
  emit(m, EV.poolSleep, poolField(m, pool, P.order), NONE, pool, id);
  return 'asleep';
}

/** Takes place `i` out of a pool's queue; those behind move up. */
function leaveQueue(m: Machine, pool: number, i: number): void {
  const base = pool * POOL_MOST;
  const n = poolField(m, pool, P.waiting);
  m.poolWaiters.copyWithin(base + i, base + i + 1, base + n);
  m.poolWaitGfp.copyWithin(base + i, base + i + 1, base + n);
  m.poolWaiters[base + n - 1] = 0;
  m.poolWaitGfp[base + n - 1] = 0;
  setPoolField(m, pool, P.waiting, n - 1);
}

/** Ends the wait of a request that its asker has given up; false when none of that number waits. */
export function giveUpWaiting(m: Machine, id: number): boolean {
  for (let pool = 0; (pool + 1) * POOL_FIELDS <= m.pool.length; pool++) {
    for (let i = 0; i < poolField(m, pool, P.waiting); i++) {
      if (m.poolWaiters[pool * POOL_MOST + i] !== id + 1) continue;
      leaveQueue(m, pool, i);
      return true;
    }
  }
  return false;
}

/** mempool_free: into the reserve while that is not full, which wakes sleepers while there is something in it; else to the allocator. */
export function freeToPool(m: Machine, pool: number, pfn: Pfn): void {
  const order = poolField(m, pool, P.order);
  if (poolField(m, pool, P.currNr) >= poolField(m, pool, P.minNr)) return releasePages(m, pfn, order);
  claimPages(m, pfn, order, kindOf(order), POOL_OWNER, 0);
  pushElement(m, pool, pfn);
  emit(m, EV.poolRefill, order, pfn, pool, poolField(m, pool, P.currNr));
  // a sleeper whom the allocator serves by now leaves the element to the next
  while (poolField(m, pool, P.waiting) > 0 && poolField(m, pool, P.currNr) > 0) wake(m, pool);
}

/** The first sleeper begins again; one whose number somebody else has taken meanwhile is gone. */
function wake(m: Machine, pool: number): void {
  const id = m.poolWaiters[pool * POOL_MOST]! - 1;
  const gfp = m.poolWaitGfp[pool * POOL_MOST]!;
  leaveQueue(m, pool, 0);
  bump(m, C.poolWoken);
  countPerPool(m, pool, PER_POOL.woken);
  emit(m, EV.poolWake, poolField(m, pool, P.order), NONE, pool, id);
  if ((m.allocPfn[id] ?? 0) === 0) tryPool(m, pool, id, gfp);
}
