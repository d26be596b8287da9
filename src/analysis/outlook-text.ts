/** What reclaim to exhaustion could obtain, in a sentence: for the why panel, the overlay's legend and `order0 why`. */
import { count, plural } from '../base/text.ts';

/** What stands for a block in an outlook where no page keeps it: it could be had, or no zone holds the whole of it. */
export const OUTLOOK = { obtainable: -1, outside: -2 } as const;

/** "17 of 32 blocks of order 5 could be had if everything reclaimable went; the other 15 each hold a page that stays." */
export function outlookText(
  order: number,
  { windows, obtainable }: { readonly windows: number; readonly obtainable: number },
): string {
  const of = `${count(obtainable)} of ${plural(windows, 'block')} of order ${order}`;
  const left = windows - obtainable;
  if (windows === 0) return `No zone holds an aligned block of order ${order}.`;
  if (left === 0) return `${of} could be had if everything reclaimable went: none holds a page that stays.`;
  const rest =
    obtainable === 0
      ? 'each holds'
      : left === 1
        ? 'the other one holds'
        : `the other ${count(left)} each hold`;
  return `${of} could be had if everything reclaimable went; ${rest} a page that stays.`;
}
