/**
 * `page-moving`: contiguity by moving pages, on the page allocator of 2.6.9.
 *
 * `daemon-2003`: "this scheme" of the mail, active defragmentation as Daniel Phillips proposed it the day before
 * ("[RFC] My research agenda for 2.7", linux-kernel, 25 June 2003): a daemon beside the allocator moves user pages
 * through rmap. Pages of vmalloc areas go with them, the one kind of kernel page whose pointer does not change.
 *
 * `on-failure-2004`: Alok Mooley and others, linux-kernel, February 2004: a request above order 0 that finds no block
 * moves anonymous pages, before reclaim is tried; nothing else moves. (2.6.9's kswapd runs at an operation's end here,
 * so "just before kswapd" is the slow path's first act; a request that may not wait makes no block.)
 *
 * Neither was merged; page migration (2.6.16) and compaction (2.6.35) are what came of them.
 */
import { GFP } from '../gfp.ts';
import type { Machine } from '../machine.ts';
import { runMovingDaemon } from '../moving/daemon.ts';
import { makeBlock } from '../moving/make-block.ts';
import { buddy26 } from './buddy-2.6.ts';
import type { Policy } from './policy.ts';

const isDaemon = (m: Machine): boolean => m.config.policy.variant === 'daemon-2003';

export const pageMoving: Policy = {
  ...buddy26,
  id: 'page-moving',
  beforeReclaim: (m, order, gfp, zones) =>
    !isDaemon(m) && order > 0 && (gfp & GFP.wait) !== 0 && makeBlock(m, order, zones),
  afterOperation(m, failedOrder) {
    if (isDaemon(m)) runMovingDaemon(m, failedOrder);
  },
};
