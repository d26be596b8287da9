/** What each scene of the mail is said to show, as a check of its moment. */
import { expect } from 'vitest';
import { type PolicyRun, policyRun } from '../../../src/analysis/policy-run.ts';
import type { PolicyId } from '../../../src/engine/config.ts';
import { findShipped } from '../../../src/experiment/shipped.ts';
import { parseScenario } from '../../../src/scenario/parse.ts';
import { resolveScenario } from '../../../src/scenario/resolve.ts';
import { presetText } from '../../scenario/run-preset.ts';
import type { Moment } from './scene-moment.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
const count = ({ events }: Moment, type: string) => events.filter((event) => event.type === type).length;
const cache = ({ detail }: Moment, name: string) => detail.summary.caches.find((one) => one.name === name)!;
const row = (text: string, name: string) => text.split('\n').find((line) => line.startsWith(name)) ?? '';
const number = (text: string, key: string) => Number(row(text, `${key} `).split(' ')[1]);

/** A preset's operations run once more from boot, as plots and the search view have it. */
function again(preset: string, policy: PolicyId): PolicyRun {
  const parsed = parseScenario(presetText(preset));
  if (!parsed.ok) throw new Error(preset);
  const { config, operations } = resolveScenario(parsed.scenario);
  return policyRun(config, operations, policy);
}

/** An experiment is set up, on this preset, and varies what the scene says. */
const setsUp =
  (id: string, path: string, values: number): Check =>
  ({ opened }) => {
    const shipped = findShipped(id)!;
    expect(opened.experiment).toEqual(shipped.choice);
    expect(opened.presetId).toBe(shipped.preset);
    expect(shipped.choice.sweeps.find((sweep) => sweep.path === path)?.values).toHaveLength(values);
  };

export type Check = (moment: Moment) => void | Promise<void>;

/** By sentence: a check for each of its scenes, in order. */
export const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  complicated: [
    ({ detail }) => {
      expect(detail.failed?.order).toBe(5);
      expect(detail.summary.pages.free).toBeGreaterThan(32);
      expect(detail.why.windows.length).toBeGreaterThan(0);
    },
    (moment) => {
      const { events, detail } = moment;
      expect(events.filter(({ type }) => type === 'readFolio')).toMatchObject([{ order: 4, b: 5 }]);
      expect([count(moment, 'drop'), detail.summary.folios.fellBack]).toEqual([177, 4]);
      expect(detail.summary.reclaim.evictedForNothing).toBeGreaterThan(0);
    },
    (moment) => {
      expect(moment.last?.type).toBe('chooseWindow');
      expect(count(moment, 'scanWindow')).toBe(64);
      expect(count(moment, 'movePage')).toBe(0);
    },
    (moment) => {
      expect(moment.detail.served?.order).toBe(5);
      expect([count(moment, 'movePage'), count(moment, 'windowFreed'), count(moment, 'drop')]).toEqual([
        32, 1, 0,
      ]);
      expect(moment.detail.summary.freeByOrder[5]).toBeGreaterThan(0);
      expect(moment.opened.policy).toBe('page-moving');
    },
    (moment) => {
      expect(moment.detail.served?.order).toBe(5);
      expect([count(moment, 'movePage'), count(moment, 'windowFreed'), count(moment, 'drop')]).toEqual([
        29, 1, 0,
      ]);
    },
  ],
  'kernel-pointer': [
    ({ detail }) => {
      expect(detail.failed?.order).toBe(5);
      const blockers = detail.why.windows.flatMap((window) => window.blockers);
      expect(blockers.filter(({ kind }) => kind.includes('kernel')).length).toBeGreaterThan(10);
    },
    (moment) => {
      expect(moment.last).toMatchObject({ type: 'movePage', pfn: 0x760, b: 1 });
      expect(moment.last?.a).not.toBe(0x760);
      expect(moment.opened.text).toContain('vmalloc: 0.5');
    },
  ],
  'how-about': [
    ({ last, detail }) => {
      expect(last).toMatchObject({ type: 'cacheGrow', order: 5 });
      expect(detail.summary.steps).toBe(2);
    },
    async (moment) => {
      const text = await moment.text('slabinfo');
      const held = ['order0-user', 'order0-kreclaim', 'order0-knoreclaim'].map((name) =>
        Number(row(text, name).split(/\s+/)[1]),
      );
      for (const name of ['order0-user', 'order0-kreclaim', 'order0-knoreclaim']) {
        expect(row(text, name).split(/\s+/).slice(3, 6)).toEqual(['4096', '32', '32']);
      }
      const { user, kreclaim } = moment.detail.summary.pages;
      expect(sum(held)).toBeGreaterThan((user + kreclaim) * 0.9);
    },
  ],
  bootstrap: [
    ({ detail }) => {
      expect(detail.summary.pages.reserved).toBeGreaterThan(0);
      expect(detail.summary.requests.total).toBe(0);
    },
    ({ detail }) => expect(detail.summary.overhead.descriptorPages).toBeGreaterThan(0),
  ],
  'slab-size': [
    ({ detail, opened }) => {
      expect(opened.machine.slabOrder).toBe(5);
      expect(detail.summary.caches.map(({ name }) => name)).toEqual([
        'order0-user',
        'order0-kreclaim',
        'order0-knoreclaim',
      ]);
      for (const { slabs, inUse, idle, parked } of detail.summary.caches) {
        expect(inUse + idle + parked).toBe(32 * (slabs.full + slabs.partial + slabs.free));
      }
    },
    setsUp('slab-order', 'machine.slabOrder', 9),
    (moment) => {
      expect(moment.events.filter(({ type }) => type === 'stranded')).toMatchObject([{ pfn: 0x280 }]);
      expect(moment.detail.summary.growth).toMatchObject({ failed: 1, stranded: 1 });
      expect(moment.detail.summary.largestFreeOrder).toBe(4);
    },
    setsUp('growth-rule', 'policy.growth', 3),
  ],
  'item-user': [
    (moment) =>
      expect(cache(moment, 'order0-user').inUse).toBeGreaterThan(moment.detail.summary.pages.managed / 2),
  ],
  'item-kreclaim': [(moment) => expect(cache(moment, 'order0-kreclaim').slabs.full).toBeGreaterThan(3)],
  'item-knoreclaim': [(moment) => expect(cache(moment, 'order0-knoreclaim').slabs.full).toBeGreaterThan(5)],
  'any-user': [
    async (moment) => {
      const text = await moment.text('vmstat');
      const { user } = moment.detail.summary.pages;
      const dirty = number(text, 'nr_dirty');
      const anon = cache(moment, 'order0-user').inUse;
      expect(dirty).toBeGreaterThan(0);
      expect(anon).toBeGreaterThan(user * 0.9);
    },
  ],
  rmap: [
    ({ last }) => expect(last).toMatchObject({ type: 'unmap', pfn: 0x281, a: 16 }),
    ({ last, events }) => {
      expect(last).toMatchObject({ type: 'refuse', reason: 'mlocked' });
      expect(events.filter(({ type }) => type === 'drop').length).toBeGreaterThan(5);
    },
  ],
  'select-one': [
    ({ detail, opened }) => {
      expect(detail.failed?.order).toBe(5);
      expect(opened.machine.reclaim).toBe('on-request');
    },
    (moment) => {
      expect(count(moment, 'slabDiscarded')).toBe(1);
      expect(moment.detail.summary.largestFreeOrder).toBeGreaterThanOrEqual(5);
      expect(moment.detail.summary.freeByOrder[5]).toBe(1);
    },
  ],
  lru: [
    (moment) => {
      expect(count(moment, 'slabDiscarded')).toBe(1);
      expect(moment.detail.lru).not.toBeNull();
    },
    async (moment) => {
      const { inversions, refaults } = moment.detail.summary.reclaim;
      const lru = (await moment.under('buddy-2.6')).summary.reclaim;
      expect(refaults).toBeGreaterThan(lru.refaults);
      expect(inversions).toBeGreaterThan(lru.inversions);
      const hot = (policy: PolicyId) => again('file-server', policy).curves?.hotEvicted.at(-1);
      expect([hot('order0-slab'), hot('buddy-2.6')]).toEqual([337, 40]);
    },
  ],
  daemon: [
    (moment) => {
      expect(moment.last?.type).toBe('chooseSlab');
      const scanned = moment.events.filter(({ type }) => type === 'scanSlab');
      expect(scanned).toHaveLength(8);
      const most = Math.max(...scanned.map(({ a }) => a));
      expect(scanned.find(({ pfn }) => pfn === moment.last?.pfn)?.a).toBe(most);
      expect(count(moment, 'daemonWake')).toBe(1);
    },
    (moment) => {
      expect(count(moment, 'scanSlab')).toBe(1);
      expect(moment.last).toMatchObject({ type: 'chooseSlab', a: 14, b: 32 });
    },
    async (moment) => {
      expect(moment.last?.type).toBe('chooseSlab');
      const scanned = moment.events.filter(({ type }) => type === 'scanSlab');
      const least = Math.min(...scanned.map(({ b }) => b));
      expect(scanned.find(({ pfn }) => pfn === moment.last?.pfn)?.b).toBe(16);
      expect(least).toBe(16);
      const most = Math.max(...scanned.map(({ a }) => a));
      expect(scanned.filter(({ a }) => a === most).map(({ b }) => b)).toEqual([32]);
      expect((await moment.next()).served?.order).toBe(5);
    },
    setsUp('scan-length', 'policy.maxDefragScan', 7),
    setsUp('victim-rule', 'policy.victim', 7),
    (moment) => {
      expect([count(moment, 'writePage'), count(moment, 'swapPage')]).toEqual([10, 11]);
      const parts = moment.detail.bill!.requests.flatMap((request) => request.parts);
      const priced = (action: string) => parts.find((part) => part.action === action);
      // a disk of 2003: 8 ms each
      expect(priced('swapOut')).toMatchObject({ times: 11, ns: 88_000_000 });
      expect(priced('writePage')).toMatchObject({ times: 10, ns: 80_000_000 });
    },
  ],
  kreclaim: [
    (moment) => {
      expect(count(moment, 'slabDiscarded')).toBe(1);
      expect(count(moment, 'clearObjects')).toBe(31);
      expect(moment.detail.reclaim?.cache).toBe('order0-kreclaim');
      expect(moment.detail.served?.order).toBe(5);
    },
    async ({ last, opened, next }) => {
      expect(last).toMatchObject({ type: 'refuse', reason: 'liveObject', pfn: 0x540 });
      expect(opened.text).toContain('held: 0\n');
      expect((await next()).failed?.order).toBe(5);
    },
  ],
  dentries: [
    (moment) => expect(moment.detail.summary.pages.kreclaim).toBeGreaterThan(250),
    ({ last }) => expect(last).toMatchObject({ type: 'refuse', reason: 'liveObject' }),
    ({ events, detail }) => {
      // the last slab tried is the one that goes: 27 inodes are let go in it, all before its one page of dentries is clear
      const from = events.findLastIndex(({ type }) => type === 'chooseSlab');
      const cleared = events.slice(from).filter(({ type }) => type === 'clearObjects');
      expect(cleared.filter(({ a }) => a === 27).map(({ pfn }) => pfn)).toEqual([0x26f]);
      expect(cleared.filter(({ a }) => a === 8).length).toBe(24);
      const unused = events.slice(from).filter(({ type }) => type === 'objectUnpin');
      expect(unused).toHaveLength(27);
      expect(new Set(unused.map(({ pfn }) => (pfn >> 5) << 5))).toEqual(new Set([0x660, 0x7c0, 0x540]));
      expect(events.findLast(({ type }) => type === 'slabDiscarded')?.pfn).toBe(0x260);
      expect(detail.served?.order).toBe(5);
    },
  ],
  'one-page-slabs': [
    async (moment) => {
      const text = await moment.text('slabinfo');
      for (const name of ['dentry_cache', 'ext2_inode_cache'])
        expect(row(text, name).split(/\s+/)[5]).toBe('1');
    },
  ],
  'set-shrinker': [
    ({ last, opened }) => {
      expect(last?.type).toBe('clearObjects');
      expect(opened.policy).toBe('order0-slab');
    },
    async (moment) => {
      expect(moment.detail.failed?.order).toBe(5);
      const shrunk = moment.events.filter(({ type }) => type === 'shrinkSlab');
      expect(sum(shrunk.map(({ b }) => b))).toBeGreaterThanOrEqual(128);
      expect((await moment.under('order0-slab')).served?.order).toBe(5);
    },
  ],
  knoreclaim: [
    (moment) => {
      const blocked = moment.detail.why.windows.filter(({ owner }) => owner === 'order0-knoreclaim');
      expect(blocked.length).toBeGreaterThan(0);
      expect(kernelWindows(moment)).toBeLessThan(24);
    },
    async (moment) => {
      const slabs = await moment.under('order0-slab');
      expect(kernelWindows(moment)).toBeGreaterThan(2 * kernelWindows({ detail: slabs }));
    },
    async (moment) => {
      const { kernel } = moment.detail.summary;
      const buddy = (await moment.under('buddy-2.6')).summary.kernel;
      expect(kernel.pagesInside).toBeGreaterThan(100);
      expect(2 * (kernel.slabsHeld + kernel.blocksPoisoned)).toBeLessThan(buddy.blocksPoisoned);
    },
  ],
  'swapping-kernel': [
    ({ detail, opened }) => {
      const { steps, held } = opened.series;
      expect(steps.length).toBeGreaterThan(10);
      expect(held).toBeDefined();
      expect(detail.summary.pages.knoreclaim).toBeGreaterThan(500);
    },
  ],
  'things-for-it': [
    async (moment) => {
      expect(moment.detail.summary.highOrder.failed).toBe(0);
      expect((await moment.under('buddy-2.6')).summary.highOrder.failed).toBe(8);
    },
  ],
  globs: [
    (moment) => {
      expect(count(moment, 'scanSlab')).toBe(8);
      expect(moment.opened.machine.maxDefragScan * 2 ** moment.opened.machine.slabOrder).toBe(256);
    },
    async (moment) => {
      const { lru } = moment.detail.summary.search;
      expect(lru.perBlock).toBeGreaterThan(1000);
      expect(lru.blocks).toBe(2);
      expect(number(await moment.text('vmstat'), 'pgscan_direct_normal')).toBeGreaterThan(0);
      expect(number(await moment.text('vmstat'), 'pgscan_kswapd_normal')).toBeGreaterThan(0);
    },
    async (moment) => {
      expect(moment.detail.summary.search.slab.perBlock).toBe(256);
      const { lru } = (await moment.under('buddy-2.6')).summary.search;
      expect(lru.perBlock).toBeGreaterThan(1000);
    },
  ],
  percpu: [
    (moment) => {
      const { arrayHits } = moment.detail.summary.perCpu;
      expect(arrayHits).toBeGreaterThan(moment.detail.summary.requests.total / 2);
      expect(cache(moment, 'order0-user').parked).toBeGreaterThan(32);
    },
    ({ last }) => expect(last).toMatchObject({ type: 'refuse', reason: 'parked' }),
  ],
  freeing: [
    ({ detail, events }) => {
      const discarded = events.find(({ type }) => type === 'slabDiscarded');
      expect(discarded?.a).toBe(32);
      expect(events.filter(({ type }) => type === 'drop')).toHaveLength(32);
      expect(detail.served?.order).toBe(5);
    },
    ({ detail, events }) => {
      expect(detail.failed).toMatchObject({ order: 5, windowsTouched: 6 });
      expect(events.filter(({ type }) => type === 'drop').length).toBeGreaterThan(32);
    },
  ],
  pointers: [
    (moment) => {
      expect(count(moment, 'unmap')).toBeGreaterThan(0);
      expect(count(moment, 'movePage')).toBe(0);
      const { pteUnmaps } = moment.detail.summary.reclaim;
      expect(pteUnmaps).toBeGreaterThan(0);
    },
    (moment) => {
      expect(count(moment, 'movePage')).toBe(29);
      expect(moment.detail.summary.reclaim.pagesCopied).toBeGreaterThanOrEqual(29);
      expect(count(moment, 'slabDiscarded')).toBe(1);
    },
  ],
  mempool: [
    ({ last }) => expect(last?.type).toBe('poolFail'),
    ({ last, events, detail }) => {
      expect(events.some(({ type }) => type === 'allocFailed')).toBe(true);
      expect(last).toMatchObject({ type: 'poolAlloc', b: 1 });
      expect(detail.summary.pools.failed).toBe(0);
    },
    ({ last }) => expect(last?.type).toBe('poolSleep'),
  ],
  simple: [
    ({ last }) => expect(last).toMatchObject({ type: 'refuse', reason: 'noSwap' }),
    async (moment) => {
      const { overhead, caches } = moment.detail.summary;
      const slabs = sum(caches.map(({ slabs: s }) => s.full + s.partial + s.free));
      // one more for each slab that is on no list while it is emptied; at rest none is
      expect(overhead.descriptorBytes).toBe(128 * slabs);
      expect(overhead.arraySteps).toBeGreaterThan(moment.detail.summary.requests.total);
      const buddy = (await moment.under('buddy-2.6')).summary.overhead;
      expect([buddy.descriptorBytes, buddy.arraySteps]).toEqual([0, 0]);
      expect(buddy.pcpSteps + buddy.buddySteps).toBeGreaterThan(0);
    },
    ({ last, events }) => {
      // the half that stays is not the first: that one is gone already
      expect(last?.type).toBe('groupRefused');
      expect(last?.a).toBe((last?.pfn ?? 0) + 32);
      expect(events.findLast(({ type }) => type === 'refuse')?.reason).toBe('mlocked');
    },
  ],
  opinions: [
    async (moment) => {
      const beside = ['buddy-2.6', 'page-moving', 'mobility-lumpy', 'mobility-compaction'] as const;
      expect(moment.opened.compare).toEqual(beside);
      const buddy = (await moment.under('buddy-2.6')).summary.highOrder;
      for (const policy of ['mobility-lumpy', 'mobility-compaction'] as const) {
        expect((await moment.under(policy)).summary.highOrder.failed).toBeLessThan(buddy.failed);
      }
    },
    (moment) => {
      expect([count(moment, 'lumpyIsolate'), count(moment, 'drop')]).toEqual([4, 112]);
      expect(moment.detail.served?.order).toBe(5);
    },
    (moment) => {
      expect([count(moment, 'movePage'), count(moment, 'drop')]).toEqual([82, 139]);
      const at = (type: string) => moment.events.findIndex((event) => event.type === type);
      expect(at('drop')).toBeLessThan(at('movePage'));
      expect(moment.detail.served?.order).toBe(5);
    },
  ],
};

/** Windows of a slab's size that kernel pages block. */
function kernelWindows({ detail }: Pick<Moment, 'detail'>): number {
  return detail.why.windows.filter(({ blockers }) =>
    blockers.some(({ kind }) => kind.includes('kernel') || kind === 'knoreclaim'),
  ).length;
}
