import { describe, expect, it } from 'vitest';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP_MASKS } from '../../src/engine/gfp.ts';
import type { Machine } from '../../src/engine/machine.ts';
import { P, POOL_OWNER, poolField } from '../../src/engine/mempool.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { apply, counter, only, plainMachine, reads, touches } from './support.ts';

type PolicyName = 'order0-slab' | 'buddy-2.6';
const POLICIES: readonly PolicyName[] = ['order0-slab', 'buddy-2.6'];

function machine(name: PolicyName): Machine {
  const zones = [{ name: 'Normal', start: 0, end: 512, min: 4 }] as const;
  return plainMachine({ zones, policyChange: { name } });
}

const create = (minNr: number, order = 0) => ({ op: 'poolCreate', pool: 0, minNr, order }) as const;
const ask = (id: number, gfp: number = GFP_MASKS.noio) => ({ op: 'poolAlloc', pool: 0, id, gfp }) as const;
const free = (id: number) => ({ op: 'free', id }) as const;

/** Kernel pages until nobody who cannot wait gets one; returns the number of the last. */
function exhaust(m: Machine, from = 1000): number {
  let id = from;
  const failed = counter(m, 'requestsFailed');
  while (counter(m, 'requestsFailed') === failed) {
    apply(m, { op: 'alloc', id: id++, order: 0, gfp: GFP_MASKS.atomic, tag: 'network' });
  }
  return id - 2;
}

const reserve = (m: Machine) => poolField(m, 0, P.currNr);

describe.each(POLICIES)('a mempool under %s', (name) => {
  it('begins with min_nr elements set apart', () => {
    const m = machine(name);
    const events = apply(m, create(4, 1));
    expect(only(events, 'poolCreate')).toMatchObject([{ a: 0, b: 4, order: 1 }]);
    const own = Array.from(m.owner.keys()).filter((pfn) => m.owner[pfn] === POOL_OWNER);
    expect(own).toHaveLength(8);
    expect(own.every((pfn) => m.kind[pfn] === PAGE.highOrder)).toBe(true);
  });

  it('is not made when its elements cannot be had, and gives back those it got', () => {
    const m = machine(name);
    exhaust(m);
    const before = m.kind.slice();
    expect(only(apply(m, create(8, 2)), 'poolCreate')).toMatchObject([{ b: 0 }]);
    expect(m.kind).toEqual(before);
    expect(only(apply(m, ask(1)), 'absent')).toHaveLength(1);
  });

  it('leaves its reserve alone while the allocator has memory', () => {
    const m = machine(name);
    apply(m, create(2), ask(1), ask(2), ask(3));
    expect([reserve(m), counter(m, 'poolServed'), counter(m, 'poolFromReserve')]).toEqual([2, 3, 0]);
    // the reserve is full: what comes back goes to the allocator
    const events = apply(m, free(1));
    expect([only(events, 'poolRefill').length, only(events, 'pageFree').length]).toEqual([0, 1]);
  });

  it('gives its newest element when the allocator has none, then lets the next one sleep, until one comes back', () => {
    const m = machine(name);
    apply(m, create(2));
    exhaust(m);
    const newest = m.poolElements[1]! - 1;
    const served = only(apply(m, ask(1), ask(2)), 'poolAlloc');
    expect(served.map((event) => event.b)).toEqual([1, 1]);
    expect(m.allocPfn[1]).toBe(newest + 1);
    apply(m, ask(3), ask(4));
    expect([reserve(m), counter(m, 'poolSlept'), m.allocPfn[3]]).toEqual([0, 2, 0]);
    const events = apply(m, free(1));
    expect(only(events, 'poolWake')).toMatchObject([{ b: 3 }]);
    expect(m.allocPfn[3]).toBe(newest + 1);
    expect([counter(m, 'poolServed'), counter(m, 'poolWoken'), counter(m, 'poolFailed')]).toEqual([3, 1, 0]);
    // the other sleeps on, and its asker may give up
    expect(only(apply(m, free(4)), 'absent')).toEqual([]);
    expect(only(apply(m, free(2)), 'poolWake')).toEqual([]);
    expect(reserve(m)).toBe(1);
  });

  it('fails a request that may not sleep when the reserve is empty', () => {
    const m = machine(name);
    apply(m, create(1));
    exhaust(m);
    apply(m, ask(1, GFP_MASKS.atomic), ask(2, GFP_MASKS.atomic));
    expect([counter(m, 'poolFromReserve'), counter(m, 'poolFailed'), counter(m, 'poolSlept')]).toEqual([
      1, 1, 0,
    ]);
  });

  it('asks the allocator in earnest once half the reserve is gone, if the filesystem may be entered', () => {
    const m = machine(name);
    apply(m, create(2), { op: 'createFile', file: 0, pages: 64 }, ...reads(0, 0, 64));
    exhaust(m);
    const kernel = ask(1, GFP_MASKS.kernel);
    expect(only(apply(m, kernel), 'directReclaimBegin')).toEqual([]);
    expect(reserve(m)).toBe(1);
    const events = apply(m, { ...kernel, id: 2 });
    expect(only(events, 'directReclaimBegin').length).toBeGreaterThan(0);
    expect(counter(m, 'poolServed')).toBe(2);
  });

  it('starts the writing of dirty pages when the allocator has nothing', () => {
    const m = machine(name);
    apply(m, create(2), { op: 'createFile', file: 0, pages: 8 });
    // locked in memory, so that kswapd leaves them where they are
    apply(m, { op: 'spawn', process: 0 }, { op: 'mapFile', process: 0, region: 0, file: 0, pages: 8 });
    apply(m, { op: 'lock', process: 0, region: 0 }, ...touches(0, 0, 0, 8));
    exhaust(m);
    for (let page = 0; page < 8; page++) apply(m, { op: 'writeFile', file: 0, page });
    const written = counter(m, 'pagesWritten');
    const events = apply(m, ask(1)).map(({ type }) => type);
    expect(counter(m, 'pagesWritten') - written).toBe(8);
    expect(events.indexOf('writebackStart')).toBeLessThan(events.indexOf('poolAlloc'));
  });

  it('serves everybody in the end, where a slab in its place serves nobody', () => {
    const under = (made: Operation): Machine => {
      const m = machine(name);
      apply(m, made);
      // somebody else eats what is free, a slab's free objects with it
      exhaust(m);
      for (let i = 0; i < 30; i++) {
        apply(m, ask(i));
        if (i >= 3) apply(m, free(i - 3));
        exhaust(m, 2000 + 40 * i);
      }
      for (let i = 0; i < 30; i++) apply(m, free(i));
      return m;
    };
    const pool = under(create(3));
    expect([counter(pool, 'poolServed'), counter(pool, 'poolFailed')]).toEqual([30, 0]);
    expect(counter(pool, 'poolFromReserve')).toBeGreaterThan(20);
    const slab = under({ op: 'poolPretend', pool: 0, minNr: 3, order: 0 });
    expect(counter(slab, 'slabPoolServed')).toBe(0);
    expect(counter(slab, 'slabPoolFailed')).toBe(30);
  });
});
