/** Giving page frames back: wiped, then taken by the policy. */
import type { Order, Pfn } from '../base/units.ts';
import { wipePages } from './claim.ts';
import { PAGE } from './frames.ts';
import type { Machine } from './machine.ts';
import { policyOf } from './policy/table.ts';
import { EV, emit } from './trace-event.ts';

/**
 * Frees 2^order pages that hold nothing any more: no mappings, on no list, in no cache.
 * @param cold freed by reclaim, not by their user (free_cold_page)
 */
export function releasePages(m: Machine, pfn: Pfn, order: Order, cold = false): void {
  const kind = m.kind[pfn]!;
  wipePages(m, pfn, order, PAGE.free);
  const policy = policyOf(m);
  // per-CPU lists that take a page before they drain may merge this very page: it has to be told as free by then
  if (policy.grouping) emit(m, EV.pageFree, order, pfn, kind);
  policy.give(m, pfn, order, cold);
  if (!policy.grouping) emit(m, EV.pageFree, order, pfn, kind);
}
