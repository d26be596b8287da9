import { describe, expect, it } from 'vitest';
import { NONE } from '../../src/base/units.ts';
import { claimPages, wipePages } from '../../src/engine/claim.ts';
import { C } from '../../src/engine/counters.ts';
import { FLAG, PAGE } from '../../src/engine/frames.ts';
import { CACHE_CLASS, cacheClassOf, GFP_MASKS } from '../../src/engine/gfp.ts';
import { bump, K, type Machine, stateHash } from '../../src/engine/machine.ts';
import {
  cacheAlloc,
  cacheFree,
  drainCache,
  freeLimit,
  idlePages,
  sharedLimit,
  trimCaches,
} from '../../src/engine/order0/cache.ts';
import { descriptorBytes, descriptorsPerPage } from '../../src/engine/order0/descriptor.ts';
import { reapCaches, reapWhenDue } from '../../src/engine/order0/reap.ts';
import { cacheField } from '../../src/engine/order0/slab-list.ts';
import { REAP_PERIOD_NS } from '../../src/engine/policy/periods.ts';
import { apply, buddyinfo, counter, only, pfnsOfKind, plainMachine, reads, toyMachine } from './support.ts';

const USER = CACHE_CLASS.user;

/** A machine of one zone whose arrays and CPUs are given. */
function cacheMachine(limit: number, batchcount: number, shared = 8, cpus = 1, slabOrder = 3): Machine {
  return plainMachine({ cpus, slabOrder, arrays: { limit, batchcount, shared } });
}

function take(m: Machine, n: number): number[] {
  return Array.from({ length: n }, () => {
    const pfn = cacheAlloc(m, 0, USER, 0);
    if (pfn !== NONE) claimPages(m, pfn, 0, PAGE.kmalloc, 0, 0);
    return pfn;
  });
}

function give(m: Machine, ...pfns: readonly number[]): void {
  for (const pfn of pfns) {
    wipePages(m, pfn, 0, PAGE.free);
    cacheFree(m, pfn);
  }
}

function slabs(m: Machine, cache = 0): string {
  return [K.fullSlabs, K.partialSlabs, K.freeSlabs].map((field) => cacheField(m, cache, field)).join('/');
}

describe('the cache of a request', () => {
  it('follows from its flags', () => {
    expect(
      (['highuser', 'user', 'reclaimable', 'kernel', 'atomic'] as const).map((name) =>
        cacheClassOf(GFP_MASKS[name]),
      ),
    ).toEqual([0, 0, 1, 2, 2]);
  });
});

describe('allocation', () => {
  it('refills an array that was not used since the last reap with 16 at most', () => {
    const m = cacheMachine(40, 20, 0, 1, 6);
    take(m, 1);
    expect(m.arrayCount[0]).toBe(15);
    take(m, 15);
    expect(m.arrayCount[0]).toBe(0);
    // touched by now: the whole batch
    take(m, 1);
    expect(m.arrayCount[0]).toBe(19);
  });

  it('hands pages out descending within each batch: 11 to 0, then 23 to 12', () => {
    const m = cacheMachine(24, 12, 96, 1, 5);
    const down = (from: number) => Array.from({ length: 12 }, (_, i) => from - i);
    expect(take(m, 24)).toEqual([...down(11), ...down(23)]);
  });

  it('gives the page freed last first', () => {
    const m = cacheMachine(6, 3);
    const [a, b, c] = take(m, 3) as [number, number, number];
    give(m, b, a);
    expect(take(m, 2)).toEqual([a, b]);
    give(m, c);
    expect(take(m, 1)).toEqual([c]);
  });

  it('refills from partial slabs before empty ones', () => {
    const m = cacheMachine(1, 1);
    const pages = take(m, 9);
    expect(slabs(m)).toBe('1/1/0');
    // page 3 of the first slab goes back to its slab when the array overflows
    give(m, pages[3]!, pages[8]!);
    expect(slabs(m)).toBe('0/2/0');
    expect(take(m, 2)).toEqual([pages[8], 17]);
  });

  it('has none when buddy has no slab above the mark', () => {
    const m = cacheMachine(1, 1);
    expect(cacheAlloc(m, 0, USER, 505)).toBe(NONE);
    expect(counter(m, 'cacheGrowthsFailed')).toBe(1);
    expect(cacheAlloc(m, 0, USER, 504)).not.toBe(NONE);
  });

  it('counts what it could still give without buddy', () => {
    const m = cacheMachine(6, 3);
    take(m, 4);
    expect(idlePages(m, 0, USER)).toBe(4);
  });
});

describe('freeing', () => {
  it('flushes the oldest batch to the shared array, where another CPU finds it', () => {
    const m = cacheMachine(4, 2, 8, 2);
    const pages = take(m, 6);
    give(m, ...pages.slice(0, 5));
    expect(cacheField(m, 0, K.sharedCount)).toBe(2);
    m.cpu = 1;
    expect(take(m, 2)).toEqual([pages[1], pages[0]]);
    expect(counter(m, 'sharedHits')).toBe(1);
  });

  it('fills the shared array only as far as it has room', () => {
    const m = cacheMachine(6, 3, 2, 2);
    give(m, ...take(m, 8).slice(0, 7));
    expect(cacheField(m, 0, K.sharedCount)).toBe(2);
    expect(m.arrayCount[0]).toBe(5);
  });

  it('has no shared array on a single CPU: the oldest go to the tail of the partial slabs', () => {
    const m = cacheMachine(2, 1);
    expect(sharedLimit(m)).toBe(0);
    const pages = take(m, 17);
    expect(slabs(m)).toBe('2/1/0');
    give(m, pages[0]!, pages[8]!, pages[9]!, pages[10]!);
    // arrays keep the newest two; pages 0 and 16 went to slabs 0 and 2, behind slab 3 at the list's tail
    expect(slabs(m)).toBe('0/3/0');
    const order: number[] = [];
    for (let slab = cacheField(m, 0, K.partialHead); slab !== NONE; slab = m.slabNext[slab]!)
      order.push(slab);
    expect(order).toEqual([3, 0, 2]);
  });

  it('makes the page freed last the first of its slab', () => {
    const m = cacheMachine(1, 1);
    const pages = take(m, 8);
    give(m, pages[2]!, pages[5]!, pages[7]!);
    expect(m.slabFree[0]).toBe(pages[5]);
    expect(m.next[pages[5]!]).toBe(pages[2]);
  });
});

describe('empty slabs', () => {
  it.each([
    [1, 5, 56],
    [2, 5, 68],
    [4, 5, 92],
    [2, 2, 40],
    [2, 10, 1060],
  ])('are kept up to the limit: %i CPUs, slabs of order %i: %i free pages', (cpus, slabOrder, limit) => {
    const arrays = { limit: 24, batchcount: 12, shared: 96 };
    expect(freeLimit(toyMachine({ cpus, slabOrder, arrays }))).toBe(limit);
  });

  it('go back to buddy as one block once free pages pass the limit', () => {
    const m = cacheMachine(1, 1);
    const before = buddyinfo(m);
    const pages = take(m, 16);
    expect(freeLimit(m)).toBe(10);
    give(m, ...pages);
    // eight free of the first slab stay; with the seventh of the second the limit is not passed, one is parked
    expect(slabs(m)).toBe('0/1/1');
    drainCache(m, 0);
    expect(slabs(m)).toBe('0/0/1');
    expect(counter(m, 'slabsDestroyed')).toBe(1);
    trimCaches(m);
    expect(slabs(m)).toBe('0/0/1');
    for (let i = 0; i < 4; i++) reapCaches(m);
    expect(slabs(m)).toBe('0/0/0');
    expect(before).toBe('0 0 0 0 0 0 0 0 0 1 0');
  });

  it('are reaped every second time, unless a refill has taken one since', () => {
    const m = cacheMachine(1, 1);
    give(m, ...take(m, 8));
    drainCache(m, 0);
    expect(slabs(m)).toBe('0/0/1');
    const seen = Array.from({ length: 4 }, () => {
      reapCaches(m);
      return slabs(m);
    });
    expect(seen).toEqual(['0/0/1', '0/0/1', '0/0/1', '0/0/0']);
  });

  it('go two at a time where slabs are small beside the limit', () => {
    // 2 CPUs, slabs of 4 pages, batches of 12: limit 40, so 40 / (5 * 4) = 2
    const m = plainMachine({ cpus: 2, slabOrder: 2, arrays: { limit: 24, batchcount: 12, shared: 96 } });
    const pages = take(m, 36);
    give(m, ...pages);
    drainCache(m, 0);
    expect(slabs(m)).toBe('0/0/9');
    for (let i = 0; i < 4; i++) reapCaches(m);
    expect(slabs(m)).toBe('0/0/7');
  });
});

describe('reaping arrays', () => {
  it('spares an array used since, then takes a fifth of its limit, at most half of what is there', () => {
    const m = cacheMachine(10, 5);
    give(m, ...take(m, 5));
    expect(m.arrayCount[0]).toBe(5);
    const seen = Array.from({ length: 5 }, () => {
      reapCaches(m);
      return m.arrayCount[0];
    });
    expect(seen).toEqual([5, 3, 1, 0, 0]);
  });

  it('gives the same state after a long time, whether or not reaps that find nothing are counted off', () => {
    for (const periods of [1, 3, 6, 7, 8, 9, 40, 41]) {
      const [all, one] = [cacheMachine(10, 5), cacheMachine(10, 5)];
      for (const m of [all, one]) give(m, ...take(m, 13));
      for (let i = 0; i < periods; i++) {
        bump(one, C.reapDueNs, REAP_PERIOD_NS);
        reapCaches(one);
      }
      for (const m of [all, one]) m.counters[C.clockNs] = REAP_PERIOD_NS * periods;
      reapWhenDue(all);
      expect(stateHash(all)).toBe(stateHash(one));
    }
  });
});

describe('descriptors', () => {
  it.each([
    [2, 32, 128],
    [5, 128, 32],
    [10, 4096, 1],
  ])('of slabs of order %i are objects of %i bytes, %i a page', (order, bytes, perPage) => {
    expect([descriptorBytes(order), descriptorsPerPage(order)]).toEqual([bytes, perPage]);
  });

  it('are accounted: one page for the first slab, no more until it is full', () => {
    const m = cacheMachine(1, 1);
    take(m, 8 * 5);
    expect([counter(m, 'slabsTotal'), counter(m, 'descriptorPages')]).toEqual([5, 1]);
    expect(m.kind[8]).toBe(PAGE.kmalloc);
  });
});

describe('growth that fails', () => {
  /** Free memory is all in blocks below the slab order. */
  function splintered(growth: 'single-pages' | 'reclaim-first' | 'fail'): Machine {
    const m = plainMachine({ policyChange: { growth } });
    for (let id = 0; id < 40; id++)
      apply(m, { op: 'alloc', id, order: 2, gfp: GFP_MASKS.atomic, tag: 'network' });
    apply(m, { op: 'createFile', file: 0, pages: 400 }, ...reads(0, 0, 200));
    for (let id = 40; ; id++) {
      apply(m, { op: 'alloc', id, order: 3, gfp: GFP_MASKS.atomic, tag: 'network' });
      if (m.allocPfn[id] === 0) break;
    }
    for (let id = 0; id < 40; id += 2) apply(m, { op: 'free', id });
    return m;
  }

  it('takes single pages from buddy, stranded outside every slab', () => {
    const m = splintered('single-pages');
    const events = apply(m, ...reads(0, 200, 220));
    const stranded = only(events, 'stranded');
    expect(stranded.length).toBeGreaterThan(0);
    expect(counter(m, 'strandedPages')).toBe(stranded.length);
    for (const { pfn } of stranded) expect(m.flags[pfn]! & (FLAG.stranded | FLAG.inSlab)).toBe(FLAG.stranded);
  });

  it('strands none under fail, and leaves the request to LRU reclaim', () => {
    const m = splintered('fail');
    apply(m, ...reads(0, 200, 220));
    expect(counter(m, 'strandedPages')).toBe(0);
    expect(counter(m, 'directReclaims')).toBeGreaterThan(0);
    expect(counter(m, 'slabReclaims')).toBe(0);
  });

  it('empties a slab before anything else under reclaim-first', () => {
    const m = splintered('reclaim-first');
    apply(m, ...reads(0, 200, 220));
    expect(counter(m, 'strandedPages')).toBe(0);
    expect(counter(m, 'slabReclaims')).toBeGreaterThan(0);
    expect(pfnsOfKind(m, PAGE.file).length).toBeGreaterThan(0);
  });
});
