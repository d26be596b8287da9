import { describe, expect, it } from 'vitest';
import type { PolicyConfig } from '../../src/engine/config.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import type { Machine } from '../../src/engine/machine.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { apply, counter, only, pfnsOfKind, plainMachine, touches } from './support.ts';

/** 64 pages in one zone without marks, blocks up to order 5, one CPU: pages are handed out rising from page 0. */
function machine(policyChange: Partial<PolicyConfig> = {}, swapPages = 0): Machine {
  return plainMachine({
    pages: 64,
    zones: [{ name: 'Normal', start: 0, end: 64, min: 0 }],
    maxOrder: 5,
    ptesPerTable: 64,
    objectCaches: [],
    swapPages,
    policyChange: { name: 'page-moving', ...policyChange },
  });
}

const kernel = (id: number, order = 0, tag: 'kmalloc' | 'vmalloc' = 'kmalloc'): Operation => ({
  op: 'alloc',
  id,
  order,
  // orders up to 3 would be asked for again and again, until the OOM killer makes room
  gfp: GFP_MASKS.kernel | GFP.noRetry,
  tag,
});

/** A process with `pages` anonymous pages; its stack and page table lie at the first two page frames. */
const process = (pages: number): Operation[] => [
  { op: 'spawn', process: 0 },
  { op: 'mapAnon', process: 0, region: 0, pages },
  ...touches(0, 0, 0, pages),
];

/** Lets every other of the process's pages go, from `from` to `to`. */
const holes = (from: number, to: number): Operation[] =>
  Array.from({ length: Math.ceil((to - from) / 2) }, (_, i) => ({
    op: 'zap',
    process: 0,
    region: 0,
    page: from + 2 * i,
    pages: 1,
  }));

const drain: Operation = { op: 'drainCpus' };

describe('the daemon of June 2003', () => {
  it('moves the pages of a window after a request has failed, so that the next one is served', () => {
    const m = machine();
    apply(m, ...process(62), ...holes(0, 62), drain);
    const events = apply(m, kernel(1, 3));
    expect(only(events, 'allocFailed')).toHaveLength(1);
    const [freed] = only(events, 'windowFreed');
    expect(freed).toMatchObject({ order: 3, a: 4, b: 4 });
    const moves = only(events, 'movePage');
    expect(moves).toHaveLength(4);
    for (const { pfn, a } of moves) {
      expect(pfn >>> 3).toBe(freed!.pfn >>> 3);
      expect(a >>> 3).not.toBe(freed!.pfn >>> 3);
    }
    const [served] = only(apply(m, kernel(1, 3)), 'pageAlloc');
    expect(served!.pfn).toBe(freed!.pfn);
    expect(counter(m, 'pagesEvicted')).toBe(0);
  });

  it('counts a copy a page, and an entry and a flush for every mapping', () => {
    const m = machine();
    apply(m, ...process(62), ...holes(0, 62), { op: 'fork', process: 0, child: 1 }, drain);
    const before = counter(m, 'costNs');
    const [freed] = only(apply(m, kernel(1, 3)), 'windowFreed');
    expect(freed).toMatchObject({ a: 4, b: 8 });
    expect(counter(m, 'pagesMoved')).toBe(4);
    expect(counter(m, 'pagesCopied')).toBe(4);
    expect(counter(m, 'pteUpdates')).toBe(8);
    expect(counter(m, 'tlbFlushes')).toBe(8);
    const { copyPage, updatePte, tlbFlush } = m.config.cost;
    expect(counter(m, 'costNs') - before).toBeGreaterThanOrEqual(4 * copyPage + 8 * (updatePte + tlbFlush));
  });

  it('moves a page of a vmalloc area through the one entry of the kernel that maps it', () => {
    const m = machine();
    const ids = Array.from({ length: 64 }, (_, id) => id);
    apply(m, ...ids.map((id) => kernel(id, 0, 'vmalloc')));
    apply(m, ...ids.filter((id) => id % 2 === 1).map((id) => ({ op: 'free', id }) as const), drain);
    const at = m.allocPfn.slice(0, 64);
    const [freed] = only(apply(m, kernel(99, 3)), 'windowFreed');
    expect(freed).toMatchObject({ a: 4, b: 4 });
    expect(counter(m, 'pteUpdates')).toBe(4);
    expect(ids.filter((id) => m.allocPfn[id] !== at[id])).toHaveLength(4);
    // the allocation is still its user's: freed by the name he knows it by
    apply(m, ...ids.filter((id) => id % 2 === 0).map((id) => ({ op: 'free', id }) as const));
    expect(pfnsOfKind(m, PAGE.vmalloc)).toEqual([]);
  });

  it('passes over every window with a kernel page in it, and names the first', () => {
    const m = machine();
    apply(m, ...Array.from({ length: 60 }, (_, id) => kernel(id)));
    for (let id = 0; id < 60; id++) if (id % 4 !== 0) apply(m, { op: 'free', id });
    apply(m, drain);
    const events = apply(m, kernel(99, 3));
    expect(only(events, 'movePage')).toEqual([]);
    expect(only(events, 'noWindow')).toEqual([expect.objectContaining({ a: 8, order: 3 })]);
    for (const { pfn, b } of only(events, 'scanWindow')) {
      expect(m.kind[b - 1]).toBe(PAGE.kmalloc);
      expect((b - 1) >>> 3).toBe(pfn >>> 3);
    }
    expect(counter(m, 'obstaclesMet')).toBe(only(events, 'scanWindow').length);
  });

  it('meets a pin only when it tries, goes on with the next best window, and counts what it copied for nothing', () => {
    const m = machine();
    apply(m, ...process(62), ...holes(0, 62), drain);
    const [first] = only(apply(m, kernel(1, 3), { op: 'free', id: 1 }), 'chooseWindow');
    const fresh = machine();
    apply(fresh, ...process(62), ...holes(0, 62), drain);
    // the last page of the window that would be chosen is pinned
    const last = [...fresh.kind.keys()].findLast(
      (p) => p >>> 3 === first!.pfn >>> 3 && fresh.kind[p] === PAGE.anon,
    )!;
    apply(fresh, { op: 'pin', process: 0, region: 0, page: fresh.index[last]! });
    const events = apply(fresh, kernel(1, 3));
    expect(only(events, 'refuse')).toEqual([expect.objectContaining({ pfn: last, reason: 'pinned' })]);
    expect(only(events, 'windowKept')).toEqual([
      expect.objectContaining({ pfn: first!.pfn, a: 3, reason: 'pinned' }),
    ]);
    expect(only(events, 'windowFreed')).toHaveLength(1);
    expect(counter(fresh, 'movedForNothing')).toBe(3);
  });

  it('moves mlocked pages, which are promised to be resident and not to lie anywhere', () => {
    const m = machine();
    apply(m, ...process(62), ...holes(0, 62), { op: 'lock', process: 0, region: 0 }, drain);
    expect(only(apply(m, kernel(1, 3)), 'windowFreed')).toHaveLength(1);
  });

  it('wakes for a threshold without any request, sleeps for its period, and stops at its budget', () => {
    const m = machine({ daemonThresholds: { 3: 3 }, daemonPeriodMs: 10, daemonBudget: 2 });
    const events = apply(m, ...process(62), ...holes(0, 62), drain);
    const wakes = only(events, 'daemonWake');
    expect(wakes.length).toBeGreaterThan(0);
    expect(wakes[0]).toMatchObject({ order: 3, b: 3 });
    apply(m, { op: 'idle', dt: 20_000 });
    const before = counter(m, 'daemonWakes');
    apply(m, { op: 'idle', dt: 1 });
    expect(counter(m, 'daemonWakes')).toBe(before);
    for (const { a } of only(apply(m, { op: 'idle', dt: 20_000 }), 'daemonSleep'))
      expect(a).toBeLessThanOrEqual(2);
  });

  it('starts no window whose pages would find no frames outside it', () => {
    const m = machine();
    apply(m, ...process(62));
    // two free pages, both in one window: each other window is full
    apply(m, { op: 'zap', process: 0, region: 0, page: 30, pages: 2 }, drain);
    const events = apply(m, kernel(1, 3));
    expect(only(events, 'movePage')).toEqual([]);
    expect(only(events, 'scanWindow')).toEqual([]);
    expect(only(events, 'noWindow')).toEqual([expect.objectContaining({ a: 0, reason: 'noMemory' })]);
  });

  it('has no slab to reclaim, and says so', () => {
    const m = machine();
    expect(only(apply(m, { op: 'reclaimSlab', order: 3 }), 'notHere')).toHaveLength(1);
  });
});

describe('the scheme of February 2004', () => {
  const variant = 'on-failure-2004';

  it('moves inside the failing request, which is then served, before anything is reclaimed', () => {
    const m = machine({ variant });
    apply(m, ...process(62), ...holes(0, 62), drain);
    const events = apply(m, kernel(1, 3));
    expect(only(events, 'allocFailed')).toEqual([]);
    expect(only(events, 'directReclaimBegin')).toEqual([]);
    expect(only(events, 'pageAlloc')[0]).toMatchObject({
      order: 3,
      pfn: only(events, 'windowFreed')[0]!.pfn,
    });
    expect(only(events, 'daemonWake')).toEqual([]);
  });

  it('moves anonymous pages alone: a file page is an obstacle to it, and none to the daemon', () => {
    const setUp: Operation[] = [
      { op: 'createFile', file: 0, pages: 60 },
      ...Array.from({ length: 60 }, (_, page) => ({ op: 'readFile', file: 0, page }) as const),
      ...Array.from({ length: 30 }, (_, i) => ({ op: 'truncate', file: 0, page: 2 * i, pages: 1 }) as const),
      drain,
    ];
    const patch = machine({ variant });
    apply(patch, ...setUp);
    expect(only(apply(patch, kernel(1, 3)), 'movePage')).toEqual([]);
    const daemon = machine();
    apply(daemon, ...setUp, { op: 'alloc', id: 5, order: 5, gfp: GFP_MASKS.atomic, tag: 'kmalloc' });
    expect(counter(daemon, 'pagesMoved')).toBeGreaterThan(0);
  });

  it('does nothing for a request that may not wait', () => {
    const m = machine({ variant });
    apply(m, ...process(62), ...holes(0, 62), drain);
    const atomic = { ...kernel(1, 3), gfp: GFP_MASKS.atomic } as Operation;
    const events = apply(m, atomic);
    expect(only(events, 'allocFailed')).toHaveLength(1);
    expect(only(events, 'movePage')).toEqual([]);
  });
});
