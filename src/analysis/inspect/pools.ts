/**
 * Mempools and the slabs that stand in for them: what is set apart, who holds an element, who sleeps, who failed.
 * Linux 2.6.9 mm/mempool.c; "Possible ditch the mempool interface as slab already has similar functionality".
 */
import type { Pfn } from '../../base/units.ts';
import { PAGE } from '../../engine/frames.ts';
import { CACHE_CLASS, gfpText } from '../../engine/gfp.ts';
import type { Machine } from '../../engine/machine.ts';
import { PER_POOL, perPoolCount } from '../../engine/measures.ts';
import { P, POOL_FIELDS, POOL_KIND, POOL_MOST, POOL_OWNER, poolField } from '../../engine/mempool.ts';
import { idlePages } from '../../engine/order0/cache.ts';
import { hasSlabs, type Nothing, nothing } from './owner.ts';

/** A request asleep until an element comes back. */
export interface PoolSleeper {
  readonly allocation: number;
  readonly gfp: string;
}

export interface PoolReport {
  readonly pool: number;
  /** A mempool, or a slab in its place. */
  readonly kind: 'mempool' | 'slab';
  /** Elements set apart when it was made; a slab only made as many objects and let them go. */
  readonly minNr: number;
  readonly order: number;
  /** Elements in reserve now, the newest last: it goes next. A slab in a pool's place has none. */
  readonly reserve: readonly Pfn[];
  /** Elements its users hold, which come back to it; not known of a slab. */
  readonly held: readonly { readonly allocation: number; readonly pfn: Pfn }[];
  /** First to begin again first. */
  readonly sleepers: readonly PoolSleeper[];
  readonly served: number;
  readonly fromReserve: number;
  readonly slept: number;
  readonly woken: number;
  readonly failed: number;
}

export interface PoolsReport {
  readonly view: 'pools';
  readonly pools: readonly PoolReport[];
  /** Free objects of order0-knoreclaim that anybody may take: a slab's whole reserve. Null without slabs. */
  readonly idle: number | null;
}

/** All mempools, or that there are none. */
export function inspectPools(m: Machine): PoolsReport | Nothing {
  const pools: PoolReport[] = [];
  for (let pool = 0; (pool + 1) * POOL_FIELDS <= m.pool.length; pool++) {
    if (poolField(m, pool, P.kind) !== POOL_KIND.none) pools.push(poolReport(m, pool));
  }
  if (pools.length === 0) return nothing('no mempool has been made');
  const idle = hasSlabs(m)
    ? m.config.zones.reduce((sum, _, zone) => sum + idlePages(m, zone, CACHE_CLASS.knoreclaim), 0)
    : null;
  return { view: 'pools', pools, idle };
}

function poolReport(m: Machine, pool: number): PoolReport {
  const base = pool * POOL_MOST;
  const list = (n: number, of: (place: number) => number) =>
    Array.from({ length: n }, (_, i) => of(base + i));
  const figure = (field: number) => perPoolCount(m, pool, field);
  return {
    pool,
    kind: poolField(m, pool, P.kind) === POOL_KIND.slab ? 'slab' : 'mempool',
    minNr: poolField(m, pool, P.minNr),
    order: poolField(m, pool, P.order),
    reserve: list(poolField(m, pool, P.currNr), (at) => m.poolElements[at]! - 1),
    held: heldOf(m, pool),
    sleepers: list(poolField(m, pool, P.waiting), (at) => at).map((at) => ({
      allocation: m.poolWaiters[at]! - 1,
      gfp: gfpText(m.poolWaitGfp[at]!),
    })),
    served: figure(PER_POOL.served),
    fromReserve: figure(PER_POOL.fromReserve),
    slept: figure(PER_POOL.slept),
    woken: figure(PER_POOL.woken),
    failed: figure(PER_POOL.failed),
  };
}

function heldOf(m: Machine, pool: number): PoolReport['held'] {
  const held: { allocation: number; pfn: Pfn }[] = [];
  for (let id = 0; id < m.allocPfn.length; id++) {
    if (m.allocPool[id] === pool + 1 && m.allocPfn[id] !== 0)
      held.push({ allocation: id, pfn: m.allocPfn[id]! - 1 });
  }
  return held;
}

/** How a page belongs to a mempool: in its reserve, or held by a user who gives it back to it. */
export interface PoolRef {
  readonly pool: number;
  readonly state: 'in reserve' | 'held';
}

/** The mempool a page is of; null for any other page. */
export function poolRefOf(m: Machine, pfn: Pfn): PoolRef | null {
  const kind = m.kind[pfn];
  if (kind !== PAGE.kmalloc && kind !== PAGE.highOrder) return null;
  const owner = m.owner[pfn]!;
  if (owner !== POOL_OWNER) {
    const pool = (m.allocPool[owner] ?? 0) - 1;
    return pool >= 0 && m.allocPfn[owner] !== 0 ? { pool, state: 'held' } : null;
  }
  for (let pool = 0; (pool + 1) * POOL_FIELDS <= m.pool.length; pool++) {
    const pages = 2 ** poolField(m, pool, P.order);
    for (let i = 0; i < poolField(m, pool, P.currNr); i++) {
      const first = m.poolElements[pool * POOL_MOST + i]! - 1;
      if (pfn >= first && pfn < first + pages) return { pool, state: 'in reserve' };
    }
  }
  return null;
}
