/** Which free pages of a recorded kernel are on the buddy lists and which on per-CPU lists. */
import { type EventTable, EventType } from '../../kernel-text/event-table.ts';

export interface ListRules {
  /**
   * The recording has mm_page_alloc_zone_locked and mm_page_pcpu_drain, which move blocks between the lists. Without
   * them every free page counts as on the buddy lists.
   */
  exact: boolean;
  /** Orders of blocks that a free puts on a per-CPU list. */
  perCpuOrders: ReadonlySet<number>;
}

/** mm/page_alloc.c, pcp_allowed_order: orders up to PAGE_ALLOC_COSTLY_ORDER and the huge page's, since 5.14. */
const COSTLY_ORDER = 3;
const HUGE_ORDER = 9;

/**
 * Tells the rules from the events: kernels before 5.14 keep order 0 alone on per-CPU lists, which shows in that no
 * larger block is ever drained or refilled.
 */
export function listRulesOf(table: EventTable): ListRules {
  let exact = false;
  let large = false;
  const perCpuOrders = new Set([0]);
  for (let row = 0; row < table.length; row++) {
    const drain = table.type[row] === EventType.pcpuDrain;
    if (!drain && table.type[row] !== EventType.zoneLocked) continue;
    exact = true;
    const refill = table.extra[row] === 1;
    if (table.order[row]! > 0 && (drain || refill)) {
      large = true;
      perCpuOrders.add(table.order[row]!);
    }
  }
  if (large) for (const order of [1, 2, COSTLY_ORDER, HUGE_ORDER]) perCpuOrders.add(order);
  return { exact, perCpuOrders };
}
