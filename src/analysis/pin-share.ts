/**
 * The pin curve: when a share p of pages cannot go, and they lie independently, a block of 2^k pages is free of them
 * with probability (1 − p)^(2^k). Linus Torvalds, 2005: "if 99.8% of memory is cleanable, the 0.2% is still enough to
 * make pretty much _every_ hugepage in the system pinned down."
 */
import type { Order } from '../base/units.ts';

/** (1 − p)^(2^order): squared `order` times, so that it is the same in every browser. */
export function cleanShare(p: number, order: Order): number {
  let share = 1 - p;
  for (let i = 0; i < order; i++) share *= share;
  return share;
}
