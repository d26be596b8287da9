/** The shape of `order0 run --json`, checked against {@link RunResult} by the compiler. */
import * as v from 'valibot';
import type { RunResult } from '../../analysis/result.ts';
import { POLICY_IDS } from '../../engine/config.ts';
import { claimEntries } from './claims.ts';
import { countOf, index, list, text } from './parts.ts';

const pagesFigure = (what: string) => countOf(`Pages: ${what}`);

const zone = v.strictObject({
  name: text('Name of the zone.'),
  node: countOf('NUMA node.'),
  managed: pagesFigure('managed by the buddy allocator.'),
  free: pagesFigure('on the buddy lists.'),
  min: pagesFigure('min watermark.'),
  low: pagesFigure('low watermark.'),
  high: pagesFigure('high watermark.'),
  freeByOrder: list(countOf('Free blocks.'), 'Free blocks by order, order 0 first.'),
  unusableIndex: list(index, 'Unusable free space index by order, thousandths.'),
  fragIndex: list(index, 'Fragmentation index by order, thousandths; -1000: a request would succeed.'),
});

const cache = v.strictObject({
  name: text('order0-user, order0-kreclaim or order0-knoreclaim.'),
  slabs: v.strictObject({
    full: countOf('Slabs without an idle page.'),
    partial: countOf('Slabs with some.'),
    free: countOf('Slabs with idle pages only.'),
  }),
  inUse: pagesFigure('in use.'),
  idle: pagesFigure('idle in slabs.'),
  parked: pagesFigure('parked in per-CPU arrays.'),
  stranded: pagesFigure('taken singly from buddy.'),
});

const RECLAIM: Record<keyof RunResult['reclaim'], string> = {
  slabsTried: 'Slabs that reclaim began to empty.',
  slabsDiscarded: 'Slabs emptied and given back.',
  slabsRefused: 'Slabs given up because of a page that could not go.',
  pagesEvicted: 'Frames lost to reclaim.',
  evictedForNothing: 'Frames lost for a request above order 0, outside the block it obtained.',
  pagesDropped: 'Evicted pages that needed no writing.',
  pagesWritten: 'Dirty file pages written.',
  pagesSwapped: 'Anonymous pages written to swap.',
  pteUnmaps: 'Page table entries removed through rmap.',
  pteUpdates: 'Page table entries changed to point elsewhere.',
  tlbFlushes: 'TLB flushes.',
  pagesCopied: 'Pages copied.',
  pagesScanned: 'Pages looked at by reclaim.',
  slabsScanned: 'Slabs looked at as victims.',
  inversions: 'Evicted pages touched later than the coldest evictable page that stayed.',
  refaults: 'Requests for a page that had been evicted.',
  directReclaims: 'Direct reclaims.',
  kswapdRuns: 'Runs of kswapd.',
  kswapdWakes: 'Zones that a request woke kswapd for.',
  oomKills: 'Processes killed for want of memory.',
};

const reclaim = v.strictObject(
  Object.fromEntries(Object.entries(RECLAIM).map(([name, what]) => [name, countOf(what)])) as Record<
    keyof RunResult['reclaim'],
    ReturnType<typeof countOf>
  >,
);

const mobility = v.pipe(
  v.strictObject({
    pageblockOrder: countOf('A pageblock is 2^pageblockOrder pages.'),
    pageblocks: list(
      v.strictObject({
        type: text('Migratetype as pagetypeinfo names it.'),
        blocks: countOf('Pageblocks of it.'),
        mixed: countOf('Those that hold a page of another type.'),
      }),
      'Pageblocks by migratetype.',
    ),
    steals: countOf("Requests served from another type's lists."),
    claims: countOf('Pageblocks that changed their type for it.'),
    lumpyTaken: pagesFigure('lumpy reclaim took as neighbours of a cold one.'),
    watermarkBoosts: countOf("Times a fallback raised a zone's marks."),
    compaction: v.strictObject({
      stall: countOf('Requests that had memory compacted.'),
      success: countOf('Those served by it.'),
      fail: countOf('Those not served by it.'),
      deferred: countOf('Attempts put off after failures.'),
      migrateScanned: pagesFigure('the migrate scanner looked at.'),
      freeScanned: pagesFigure('the free scanner looked at.'),
      isolated: pagesFigure('isolated to be moved.'),
      migrated: pagesFigure('moved.'),
      migrateFailed: pagesFigure('that could not be moved.'),
      kcompactdWakes: countOf('Times kcompactd woke for an order.'),
      proactiveRuns: countOf('Times it ran for the score alone.'),
    }),
  }),
  v.description('Only under the policies that group pages by mobility.'),
);

export const resultSchema = v.strictObject({
  title: text('Title of the scenario.'),
  policy: v.pipe(v.picklist(POLICY_IDS), v.description('Id of the policy.')),
  seed: countOf('Seed of everything random.'),
  steps: countOf('Operations applied.'),
  length: countOf('Operations the scenario has.'),
  stateHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/), v.description('64-bit hash of the whole state.')),
  engineVersion: text('Version of the engine: same version, same hash.'),
  clockNs: countOf('Simulated time, ns.'),
  pages: v.strictObject({
    total: pagesFigure('page frames, holes left out.'),
    reserved: pagesFigure('taken by boot.'),
    managed: pagesFigure('total less reserved; the figures below sum to it.'),
    free: pagesFigure('on the buddy lists.'),
    slabIdle: pagesFigure('idle in slabs of the order-0 caches.'),
    perCpu: pagesFigure('on per-CPU lists and arrays.'),
    user: pagesFigure('anonymous and file pages.'),
    kreclaim: pagesFigure('object slabs of caches that may be shrunk.'),
    knoreclaim: pagesFigure('kernel pages that cannot be reclaimed.'),
  }),
  freeByOrder: list(countOf('Free blocks.'), 'Free blocks by order over all zones, order 0 first.'),
  largestFreeOrder: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(-1),
    v.description('Order of the largest free block; -1 when nothing is free.'),
  ),
  unusableIndex: list(index, 'Unusable free space index by order, of the summed zones, thousandths.'),
  fragIndex: list(index, 'Fragmentation index by order, of the summed zones, thousandths.'),
  zones: list(zone, 'Each zone by itself.'),
  highOrder: v.strictObject({
    requested: countOf("The workload's requests above order 0."),
    served: countOf('Those served.'),
    failed: countOf('Those that failed.'),
  }),
  requests: v.strictObject({
    total: countOf('Requests of any order, those of the allocator itself included.'),
    failed: countOf('Requests that failed.'),
    absent: countOf('Operations on something that was not there.'),
  }),
  reclaim,
  caches: list(cache, 'The order-0 caches; empty where the policy has none.'),
  perCpu: v.strictObject({
    arrayHits: countOf('Pages served from a per-CPU object array.'),
    arrayRefills: countOf('Refills of such an array.'),
    arrayFlushes: countOf('Flushes of such an array.'),
    sharedHits: countOf('Refills that a shared array served.'),
    pcpHits: countOf('Pages served from a per-CPU page list.'),
    pcpRefills: countOf('Refills of such a list.'),
    pcpDrains: countOf('Drains of such a list.'),
  }),
  faults: v.strictObject({
    minor: countOf('Page faults without I/O.'),
    major: countOf('Page faults that read a device.'),
    pagesRead: countOf('Pages read from files.'),
    pagesSwappedIn: countOf('Pages read from swap.'),
  }),
  ...claimEntries,
  costNs: countOf('Modelled cost of everything done, ns.'),
  mobility: v.exactOptional(mobility),
  invariants: v.exactOptional(text('"ok", or the first broken invariant.')),
}) satisfies v.GenericSchema<unknown, RunResult>;
