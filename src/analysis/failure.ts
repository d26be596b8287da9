/** What became of the request that an operation made. */
import type { Operation } from '../engine/operation.ts';
import type { TraceEvent } from '../engine/trace-event.ts';

/** A request that failed, and what direct reclaim had done for it. */
export interface FailedRequest {
  readonly order: number;
  readonly gfp: number;
  /** Pages direct reclaim freed, and the windows of the order asked that they lay in. */
  readonly reclaimed: number;
  readonly windowsTouched: number;
}

/** The request that `operation` made and that failed; null where it made none, or not yet. */
export function failureOf(operation: Operation | null, events: readonly TraceEvent[]): FailedRequest | null {
  if (operation?.op !== 'alloc') return null;
  const { order, gfp } = operation;
  if (!events.some((event) => event.type === 'allocFailed' && event.order === order)) return null;
  const ends = events.filter((event) => event.type === 'directReclaimEnd' && event.order === order);
  return {
    order,
    gfp,
    reclaimed: ends.reduce((sum, event) => sum + event.a, 0),
    windowsTouched: ends.reduce((sum, event) => sum + event.b, 0),
  };
}

/** The block that `operation` asked for and got; null where it asked for none, or not yet. */
export function serviceOf(
  operation: Operation | null,
  events: readonly TraceEvent[],
): { order: number; pfn: number } | null {
  if (operation?.op !== 'alloc') return null;
  const served = events.find((event) => event.type === 'pageAlloc' && event.order === operation.order);
  return served ? { order: served.order, pfn: served.pfn } : null;
}
