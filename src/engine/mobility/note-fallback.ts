/** What is counted and told of a request that was served from another migratetype's lists. */
import type { Order, Pfn } from '../../base/units.ts';
import { C } from '../counters.ts';
import { bump, type Machine } from '../machine.ts';
import { EV, emit } from '../trace-event.ts';
import { blockType } from './types.ts';

/**
 * Books a request that was served from another type's lists (mm_page_alloc_extfrag).
 * @param before type of the pageblock before the request
 */
export function noteFallback(
  m: Machine,
  pfn: Pfn,
  order: Order,
  from: Order,
  type: number,
  other: number,
  before: number,
): void {
  const claimed = before !== type && blockType(m, pfn) === type;
  bump(m, C.pageblockSteals);
  if (claimed) bump(m, C.pageblockClaims);
  emit(m, EV.extfrag, order, pfn, from, type * 16 + other + (claimed ? 256 : 0));
}
