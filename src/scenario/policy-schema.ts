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
} as const satisfies Omit<PolicyConfig, 'name'>;

/** Parameters each policy understands; any other one is ignored with a warning. */
export const POLICY_PARAMETERS: Readonly<Record<PolicyId, readonly string[]>> = {
  'order0-slab': Object.keys(POLICY_DEFAULTS).filter((name) => name !== 'variant'),
  'buddy-2.6': [],
  'page-moving': ['variant', 'daemonBudget', 'daemonThresholds', 'daemonPeriodMs'],
  'mobility-lumpy': [],
  'mobility-compaction': [],
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
  },
  'a map with name and parameters',
);
