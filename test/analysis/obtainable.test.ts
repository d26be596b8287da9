/**
 * The placement property: reclaim to exhaustion obtains exactly the aligned blocks without an immovable page. Where the
 * pages lie decides, not how hard one tries. Stated for each policy by what its own means make of a page:
 *
 * - evicting in LRU order, with caches dropped and per-CPU lists drained (every policy): the blocks with no page that
 *   cannot be evicted. 2.6.9's count-driven shrinker alone would give less: it counts a cache of fewer than 100 unused
 *   objects as empty, so their pages stay until caches are dropped. Part of a slab comes only with the rest of it.
 * - emptying slabs alone (order0-slab): of those, the blocks that a slab of its caches fills, and those free already.
 *   A block of loose pages has no slab to empty, whatever lies in it. The scan must be long enough for it: see the last
 *   test of this file for what a short one leaves.
 * - moving (page-moving): of a zone's blocks with no obstacle as many as it has free pages for, since moving frees
 *   none. Object slabs are obstacles to it, so unused objects go first.
 *
 * Objects held by a parent of their own cache are left out: a directory is in use until its last entry has gone.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { immovableReason, obtainable } from '../../src/analysis/obtainable.ts';
import { bootMachine } from '../../src/engine/boot.ts';
import type { PolicyConfig } from '../../src/engine/config.ts';
import { C } from '../../src/engine/counters.ts';
import { PAGE } from '../../src/engine/frames.ts';
import { GFP, GFP_MASKS } from '../../src/engine/gfp.ts';
import { checkInvariants } from '../../src/engine/invariants.ts';
import { K, type Machine } from '../../src/engine/machine.ts';
import type { Operation } from '../../src/engine/operation.ts';
import { DESCRIPTOR_OWNER } from '../../src/engine/order0/descriptor.ts';
import { cacheField } from '../../src/engine/order0/slab-list.ts';
import { AVAILABLE_POLICIES } from '../../src/engine/policy/table.ts';
import { apply, counter, randomOperations, toyConfig } from '../engine/support.ts';
import { exhaust, freeBlocks, run, runLog } from './exhaust.ts';

const PAGES = 512;
const SLAB_ORDER = 3;

/** A machine after a few hundred operations; swap for everything, or none. */
const history = fc.record({
  seed: fc.integer({ min: 1, max: 100_000 }),
  steps: fc.integer({ min: 60, max: 900 }),
  swap: fc.boolean(),
  growth: fc.constantFrom<PolicyConfig['growth']>('single-pages', 'fail'),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

function build(
  { seed, steps, swap, growth }: History,
  policy: Partial<PolicyConfig>,
  dma = PAGES / 4,
): Machine {
  const marks = { min: 0, low: 0, high: 0 };
  const m = bootMachine(
    toyConfig({
      pages: PAGES,
      zones: [
        ...(dma > 0 ? [{ name: 'DMA' as const, start: 0, end: dma, ...marks }] : []),
        { name: 'Normal', start: dma, end: PAGES, ...marks },
      ],
      maxOrder: 7,
      slabOrder: SLAB_ORDER,
      swapPages: swap ? 4 * PAGES : 0,
      seed,
      policyChange: { reclaim: 'on-request', growth, ...policy },
    }),
  );
  runLog(m, randomOperations(seed, steps, PAGES));
  return m;
}

const LRU: readonly Operation[] = [
  { op: 'reclaimLru', pages: PAGES },
  { op: 'dropCaches' },
  { op: 'drainCpus' },
  // empty slabs that a cache keeps go back
  { op: 'reclaimSlab', order: SLAB_ORDER },
];

const firstPages = (m: Machine, order: number) =>
  obtainable(m, order).flatMap(({ pfn, obtainable: can }) => (can ? [pfn] : []));

/** The same where the policy may not move anything. */
function evictable(m: Machine, order: number): number[] {
  const { policy } = m.config;
  const name = policy.name === 'order0-slab' ? policy.name : 'buddy-2.6';
  return firstPages({ ...m, config: { ...m.config, policy: { ...policy, name, action: 'evict' } } }, order);
}

/** The machine with the pages of slab descriptors taken for free: each goes with the last slab it describes. */
function withoutDescriptors(m: Machine): Machine {
  const isDescriptor = (pfn: number) => m.kind[pfn] === PAGE.kmalloc && m.owner[pfn] === DESCRIPTOR_OWNER;
  return { ...m, kind: m.kind.map((kind, pfn) => (isDescriptor(pfn) ? PAGE.free : kind)) };
}

/** Operations that leave pages of every cache in the arrays, in no time: some of the kernel's, objects and files go. */
function parking(m: Machine): Operation[] {
  const held = Array.from(m.allocPfn.keys()).filter((id) => m.allocPfn[id] !== 0);
  const frees = held.flatMap((id, i) =>
    i % 2 ? [{ op: 'free', id, cpu: (i >> 1) % 2, dt: 0 } as const] : [],
  );
  const objects = Array.from({ length: PAGES }, (_, object) => object).flatMap((object) =>
    object % 3 ? [{ op: 'objectFree', cache: object % 2, object, cpu: object % 2, dt: 0 } as const] : [],
  );
  const files = [0, 1, 2, 3].map((file) => ({ op: 'deleteFile', file, cpu: file % 2, dt: 0 }) as const);
  return [...frees, ...objects, ...files];
}

/** Adds up what lies in the arrays. */
function countParked(m: Machine, kept: { cpu: number; shared: number; caches: Set<number> }): void {
  for (let cache = 0; cache < 3 * m.config.zones.length; cache++) {
    const shared = cacheField(m, cache, K.sharedCount);
    const own = m.arrayCount
      .subarray(cache * m.config.cpus, (cache + 1) * m.config.cpus)
      .reduce((a, b) => a + b, 0);
    kept.cpu += own;
    kept.shared += shared;
    if (own + shared > 0) kept.caches.add(cache);
  }
}

describe('reclaim to exhaustion', () => {
  it.each(AVAILABLE_POLICIES)(
    'in LRU order obtains the blocks with no page that cannot be evicted (%s)',
    (name) => {
      fc.assert(
        fc.property(history, fc.integer({ min: 1, max: 5 }), (past, order) => {
          const m = build(past, { name });
          // vm.compaction_proactiveness 0: kcompactd would move what cannot be evicted out of the way
          m.counters[C.kcompactdDueNs] = Number.MAX_SAFE_INTEGER;
          const expected = evictable(m, order);
          exhaust(m, LRU);
          expect(freeBlocks(m, order)).toEqual(expected);
          expect(checkInvariants(m)).toBeNull();
        }),
        { numRuns: 25 },
      );
    },
  );

  it('of slabs alone obtains those of them that a slab fills, and the blocks that were free', () => {
    fc.assert(
      fc.property(history, (past) => {
        const m = build(past, { name: 'order0-slab', maxDefragScan: PAGES });
        const was = new Set(freeBlocks(m, SLAB_ORDER));
        const expected = firstPages(m, SLAB_ORDER).filter(
          (pfn) => was.has(pfn) || m.slabCache[pfn >>> SLAB_ORDER] !== 0,
        );
        exhaust(m, [{ op: 'reclaimSlab', order: SLAB_ORDER }]);
        expect(freeBlocks(m, SLAB_ORDER)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it.each(AVAILABLE_POLICIES)(
    'for requests gives no block that had a page which stays, by whatever means (%s)',
    (name) => {
      let served = 0;
      fc.assert(
        fc.property(history, fc.integer({ min: 3, max: 5 }), (past, order) => {
          const m = build(past, { name, reclaim: 'daemon', aligned: true });
          const allowed = new Set(firstPages(withoutDescriptors(m), order));
          for (let id = 0; id < 40; id++) {
            // NORETRY: nobody is killed for it, so that what stays stays
            const gfp = GFP_MASKS.kernel | GFP.noRetry;
            const before = counter(m, 'highOrderServed');
            apply(m, { op: 'alloc', id: 90_000 + id, order, gfp, tag: 'hugePage' });
            if (counter(m, 'highOrderServed') === before) continue;
            served++;
            expect(allowed).toContain(m.allocPfn[90_000 + id]! - 1);
          }
          expect(checkInvariants(m)).toBeNull();
        }),
        { numRuns: 15 },
      );
      expect(served).toBeGreaterThan(20);
    },
    240_000,
  );

  // Where no time passes nothing is reaped: what sits in an array stays there until somebody drains it.
  it.each([
    ['drainCpus', false, [{ op: 'drainCpus', dt: 0 }]],
    ['drainFirst', true, []],
  ] as const)(
    'empties the per-CPU arrays and the shared one, of every cache, by %s alone',
    (_how, drainFirst, drain: readonly Operation[]) => {
      const kept = { cpu: 0, shared: 0, caches: new Set<number>() };
      fc.assert(
        fc.property(history, fc.constantFrom(PAGES / 4, (3 * PAGES) / 4), (past, dma) => {
          const policy = { name: 'order0-slab', drainFirst, maxDefragScan: PAGES } as const;
          // where Normal is small DMA's caches are used as well
          const m = build({ ...past, swap: false }, policy, dma);
          run(m, { op: 'sync', pages: PAGES }, { op: 'idle', dt: 60_000_000 });
          run(m, ...parking(m));
          countParked(m, kept);
          const expected = evictable(m, SLAB_ORDER);
          // kernel slabs that are in no scan come free as soon as their last page is in no array
          for (let round = 0; round < PAGES / 8; round++) {
            const acts = LRU.filter(({ op }) => op !== 'drainCpus').map((act) => ({ ...act, dt: 0 }));
            run(m, ...acts.slice(0, -1), ...drain, acts.at(-1)!);
          }
          expect(freeBlocks(m, SLAB_ORDER)).toEqual(expected);
        }),
        // always the same, so that what was in the arrays is too
        { numRuns: 60, seed: 5 },
      );
      // each of the six caches, and either kind of array, had something that mattered
      expect([...kept.caches].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(Math.min(kept.cpu, kept.shared)).toBeGreaterThan(20);
    },
  );

  it('by moving obtains of a zone what obstacles and free pages leave', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 5 }), (past, order) => {
        const m = build(past, { name: 'page-moving', daemonThresholds: {} }, 0);
        // no write is under way, no object is unused, and no page sits on a per-CPU list
        run(m, { op: 'idle', dt: 60_000_000 }, { op: 'dropCaches' }, { op: 'drainCpus' });
        const open = obtainable(m, order).filter((block) => block.obtainable).length;
        const free = pagesOfKind(m, PAGE.free);
        const before = m.allocOrder.filter((at) => at === order).length;
        // a request that cannot wait reclaims nothing: each that fails wakes the daemon, and is asked again
        let id = 1000;
        for (let failures = 0; failures < 2 && pagesOfKind(m, PAGE.free) >= 1 << order; id++) {
          run(m, { op: 'alloc', id, order, gfp: GFP_MASKS.atomic, tag: 'kmalloc' });
          failures = m.allocPfn[id] ? 0 : failures + 1;
        }
        const got = m.allocOrder.filter((at) => at === order).length - before;
        expect(got).toBe(Math.min(open, Math.floor(free / (1 << order))));
        expect(checkInvariants(m)).toBeNull();
      }),
      { numRuns: 25 },
    );
  });
});

/** The scan counts slabs over all zones of the zonelist, so a zone with enough slabs that refuse hides those behind it. */
describe('a scan of MAX_DEFRAG_SCAN slabs', () => {
  it.each([
    [8, 'never looks at DMA when Normal has 8 slabs that refuse', 0],
    [64, 'frees a slab of DMA when it is longer', 1],
  ] as const)('of %i %s', (maxDefragScan, _what, freed) => {
    const m = build(
      { seed: 1, steps: 0, swap: true, growth: 'fail' },
      { name: 'order0-slab', maxDefragScan },
    );
    const pages = PAGES - 80;
    run(
      m,
      { op: 'createFile', file: 20, pages },
      { op: 'spawn', process: 9 },
      { op: 'mapFile', process: 9, region: 0, file: 20, pages },
      { op: 'lock', process: 9, region: 0 },
      // Normal is filled with locked pages, then DMA with clean ones that nobody maps
      ...Array.from({ length: 350 }, (__, page) => ({ op: 'touch', process: 9, region: 0, page }) as const),
      ...Array.from({ length: 70 }, (__, i) => ({ op: 'readFile', file: 20, page: 350 + i }) as const),
    );
    const inDma = (slab: number) => slab << SLAB_ORDER < PAGES / 4 && m.slabInUse[slab]! > 0;
    expect(Array.from(m.slabCache.keys()).filter(inDma).length).toBeGreaterThan(4);
    const before = m.counters[C.slabsDiscarded]!;
    exhaust(m, [{ op: 'reclaimSlab', order: SLAB_ORDER }]);
    expect(Math.sign(m.counters[C.slabsDiscarded]! - before)).toBe(freed);
  });
});

const pagesOfKind = (m: Machine, kind: number): number => m.kind.filter((one) => one === kind).length;

describe('obtainable', () => {
  it('names the first page that keeps each block, and the pointer where it is the kernel', () => {
    const m = build({ seed: 7, steps: 900, swap: true, growth: 'single-pages' }, { name: 'page-moving' });
    const blocks = obtainable(m, 4);
    expect(blocks).toHaveLength(PAGES >> 4);
    for (const { pfn, blocker } of blocks) {
      const reasons = Array.from({ length: 16 }, (_, i) => immovableReason(m, pfn + i));
      const first = reasons.findIndex((why) => why !== null);
      expect(blocker === null ? -1 : blocker.pfn - pfn).toBe(first);
      if (blocker?.why === 'kernel') expect(blocker.pointer).toMatch(/process \d|allocation \d/);
    }
    expect(blocks[0]!.blocker).toEqual({
      pfn: 0,
      why: 'boot',
      pointer: 'the kernel image, at addresses fixed when it was linked',
    });
  });
});
