/** Where a recording opens: at the moment that has most to show, told by its own events. */
import { EventType } from '../../kernel-text/event-table.ts';
import type { FtraceText } from '../../kernel-text/ftrace.ts';
import type { WhatIf } from './what-if.ts';

/** Longer recordings open at their beginning: what comes before the moment has to be run first. */
const MOST_OPERATIONS = 200_000;

/**
 * The step after the first request that the recorded kernel could not serve; where it served all, the request of the
 * largest order asked for that met the fullest memory, as far as the recording saw pages handed out, or rather the
 * first page handed out after it, so that the whole recording is the subject and not that one request.
 */
export function openingMoment(
  { table }: FtraceText,
  { operations, prelude, stepOfRow }: Pick<WhatIf, 'operations' | 'prelude' | 'stepOfRow'>,
): number {
  if (operations.length > MOST_OPERATIONS) return prelude;
  const orders = new Map<number, number>();
  let used = 0;
  let largest = -1;
  let most = 0;
  let step = prelude;
  let subject = -1;
  let isSettled = true;
  for (let row = 0; row < table.length; row++) {
    // What a failed request gets here is given back in the next step.
    const after = Math.min(stepOfRow[row]! + 1, operations.length);
    const pfn = table.pfn[row]!;
    if (table.type[row] === EventType.allocFailed) return after;
    if (table.type[row] === EventType.alloc) {
      const order = table.order[row]!;
      used += 2 ** order - pagesOf(orders.get(pfn));
      orders.set(pfn, order);
      if (order === 0 && largest > 0 && !isSettled) {
        step = after;
        isSettled = true;
      }
      if (order > largest || (order === largest && used > most)) {
        [largest, most, step, subject] = [order, used, after, pfn];
        isSettled = false;
      }
    } else if (table.type[row] === EventType.free) {
      if (pfn === subject) isSettled = true;
      used -= pagesOf(orders.get(pfn));
      orders.delete(pfn);
    }
  }
  return Math.max(prelude, step);
}

const pagesOf = (order: number | undefined) => (order === undefined ? 0 : 2 ** order);
