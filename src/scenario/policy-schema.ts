/** The `policy` part of a scenario file: a name, and parameters that are left open until the policy is known. */
import * as v from 'valibot';
import { POLICY_IDS, type PolicyConfig, type PolicyId } from '../engine/config.ts';
import { flag, int, oneOf } from './fields.ts';

/** What a scenario leaves open, filled in. The mail gives no numbers; these are the project's choices. */
export const POLICY_DEFAULTS = {
  maxDefragScan: 8,
  victim: 'most-clean',
  action: 'evict',
  drainFirst: true,
  growth: 'single-pages',
  returnPages: 'block',
  reclaim: 'on-failure',
  daemonBudget: 1,
  daemonThresholds: {},
  daemonPeriodMs: 100,
  aligned: false,
  variant: 'daemon-2003',
  fallback: 'kernel',
  noFragment: 'kernel',
  watermarkBoost: 15_000,
  pcpHighFraction: 0,
  proactiveness: 20,
  fastSearch: true,
  kswapdOrder: 'asked',
} as const satisfies Omit<PolicyConfig, 'name'>;

/** Parameters each policy understands; any other one is ignored with a warning. */
export const POLICY_PARAMETERS: Readonly<Record<PolicyId, readonly string[]>> = {
  'order0-slab': [
    'maxDefragScan',
    'victim',
    'action',
    'drainFirst',
    'growth',
    'returnPages',
    'reclaim',
    'daemonBudget',
    'daemonThresholds',
    'daemonPeriodMs',
    'aligned',
  ],
  'buddy-2.6': [],
  'page-moving': ['variant', 'daemonBudget', 'daemonThresholds', 'daemonPeriodMs'],
  'mobility-lumpy': ['fallback'],
  'mobility-compaction': [
    'fallback',
    'noFragment',
    'watermarkBoost',
    'pcpHighFraction',
    'proactiveness',
    'fastSearch',
    'kswapdOrder',
  ],
};

const ORDERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;
const blocks = v.exactOptional(int(0, 4096, 'Blocks of this order that there should be.'));
const thresholds = Object.fromEntries(ORDERS.map((order) => [order, blocks])) as Record<
  (typeof ORDERS)[number],
  typeof blocks
>;

export const policySchema = v.strictObject(
  {
    name: v.optional(
      oneOf(POLICY_IDS, 'How page frames are handed out and how high-order blocks are made again.'),
      'order0-slab',
    ),
    maxDefragScan: v.exactOptional(
      int(
        1,
        4_194_304,
        'MAX_DEFRAG_SCAN: slabs the daemon looks at before it chooses one. The mail gives no number. Default 8.',
      ),
    ),
    victim: v.exactOptional(
      oneOf(
        ['most-clean', 'fewest-objects', 'cheapest', 'lru-oldest', 'first', 'random', 'best-of-all'],
        'Which of the slabs looked at is reclaimed. Default most-clean: the most clean file pages. best-of-all looks at every slab, as a yardstick.',
      ),
    ),
    action: v.exactOptional(
      oneOf(
        ['evict', 'move'],
        "What becomes of a victim's user pages. Default evict; move copies them into other slabs through rmap.",
      ),
    ),
    drainFirst: v.exactOptional(
      flag('Whether the per-CPU arrays are emptied before choosing. Default true.'),
    ),
    growth: v.exactOptional(
      oneOf(
        ['single-pages', 'reclaim-first', 'fail'],
        'What a cache does when there is no block of the slab order. Default single-pages: it takes loose pages.',
      ),
    ),
    returnPages: v.exactOptional(
      oneOf(
        ['block', 'single'],
        'How a discarded slab goes back: as one block, as 2.6.9 does, or page by page with every merge. Default block.',
      ),
    ),
    reclaim: v.exactOptional(
      oneOf(
        ['on-request', 'on-failure', 'daemon'],
        'When a slab is reclaimed: when a step asks, inside a failing request, or by the daemon after it. Default on-failure.',
      ),
    ),
    daemonBudget: v.exactOptional(
      int(1, 4096, 'Slabs, or windows, the daemon may empty in one wake-up. Default 1.'),
    ),
    daemonThresholds: v.exactOptional(
      v.pipe(
        v.strictObject(thresholds, 'a map from orders, 1 to 10, to numbers of blocks'),
        v.description(
          'For each order, how many blocks of it free memory should be able to give: with fewer the daemon wakes. Default: none, it wakes on failure only; under page-moving one block of machine.slabOrder.',
        ),
      ),
    ),
    daemonPeriodMs: v.exactOptional(
      int(
        0,
        3_600_000,
        'Simulated milliseconds the daemon sleeps after it woke for a threshold. Default 100. A failed request wakes it at once.',
      ),
    ),
    variant: v.exactOptional(
      oneOf(
        ['daemon-2003', 'on-failure-2004'],
        'page-moving: the daemon of June 2003, which moves user pages and vmalloc pages, or the scheme of February 2004, where a failing request moves anonymous pages alone. Default daemon-2003.',
      ),
    ),
    aligned: v.exactOptional(
      flag(
        'Whether a request above the slab order may have a whole aligned group of neighbouring slabs emptied. Default false.',
      ),
    ),
    fallback: v.exactOptional(
      oneOf(
        ['kernel', 'linux-2.6.24', 'linux-6.12'],
        'mobility-lumpy, mobility-compaction: whose rule serves a request from another migratetype (mm/page_alloc.c __rmqueue_fallback). 2.6.24 always takes the largest block, 6.12 lets a movable request take the smallest. Default kernel: each policy its own.',
      ),
    ),
    noFragment: v.exactOptional(
      oneOf(
        ['kernel', 'always', 'never'],
        'mobility-compaction: whether the first pass over the zones may not break up a pageblock of another type (6.12 mm/page_alloc.c alloc_flags_nofragment). Default kernel: where zone Normal lies above a zone DMA32.',
      ),
    ),
    watermarkBoost: v.exactOptional(
      int(
        0,
        100_000,
        'mobility-compaction: vm.watermark_boost_factor of 6.12, how far a fallback that mixes pageblocks may raise the marks, in ten-thousandths of the high mark. Default 15000; 0 switches it off.',
      ),
    ),
    pcpHighFraction: v.exactOptional(
      v.pipe(
        int(0, 4096, ''),
        v.check((n) => n === 0 || n >= 8, '0, or 8 or more'),
        v.description(
          'mobility-compaction: vm.percpu_pagelist_high_fraction of 6.12. Default 0: the length of the per-CPU lists adapts between a share of the low mark and an eighth of the zone; 8 or more: a fixed share of the zone.',
        ),
      ),
    ),
    proactiveness: v.exactOptional(
      int(
        0,
        100,
        'mobility-compaction: vm.compaction_proactiveness of 6.12. kcompactd compacts all of memory when its score is above 110 less this. Default 20; 0 switches it off.',
      ),
    ),
    fastSearch: v.exactOptional(
      flag(
        'mobility-compaction: whether compaction searches the free lists before it scans page by page (5.1 mm/compaction.c fast_isolate_freepages, fast_find_migrateblock). Default true.',
      ),
    ),
    kswapdOrder: v.exactOptional(
      oneOf(
        ['asked', 'zero'],
        'mobility-compaction: what kswapd reclaims for when a request above order 0 wakes it. Default asked: up to twice the block (6.12 mm/vmscan.c kswapd_shrink_node); zero: single pages alone (3.4, commit fe2c2a10), which leaves the order to compaction.',
      ),
    ),
  },
  'a map with name and parameters',
);
