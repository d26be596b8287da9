/** The `policy` part of a scenario file: a name, and parameters that are left open until the policy is known. */
import * as v from 'valibot';
import { POLICY_IDS, type PolicyConfig, type PolicyId } from '../engine/config.ts';
import { flag, int, oneOf } from './fields.ts';

/** What a scenario leaves open, filled in. The mail gives no numbers; these are the project's choices. */
export const POLICY_DEFAULTS = {
  maxDefragScan: 8,
  victim: 'most-clean',
  drainFirst: true,
  growth: 'single-pages',
  returnPages: 'block',
  reclaim: 'on-failure',
  daemonBudget: 1,
} as const satisfies Omit<PolicyConfig, 'name'>;

/** Parameters each policy understands; any other one is ignored with a warning. */
export const POLICY_PARAMETERS: Readonly<Record<PolicyId, readonly string[]>> = {
  'order0-slab': Object.keys(POLICY_DEFAULTS),
  'buddy-2.6': [],
  'page-moving': [],
  'mobility-lumpy': [],
  'mobility-compaction': [],
};

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
        ['most-clean', 'fewest-objects', 'cheapest', 'lru-oldest', 'first', 'random'],
        'Which of the slabs looked at is reclaimed. Default most-clean: the most clean file pages.',
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
    daemonBudget: v.exactOptional(int(1, 4096, 'Slabs the daemon may empty in one wake-up. Default 1.')),
  },
  'a map with name and parameters',
);
