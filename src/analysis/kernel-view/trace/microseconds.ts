/** Nanoseconds as the fraction of microseconds that the Chrome format has. */

/**
 * The number closest to ns / 1000 that times 1,000 and cut off is `ns` again: Perfetto reads it so, and drops a slice
 * that ends a nanosecond after the one around it.
 *
 * @param ns a whole number of at least 0, below 2^52: fifty days
 */
export function microseconds(ns: number): number {
  const us = ns / 1000;
  return Math.trunc(us * 1000) === ns ? us : us + us * Number.EPSILON;
}
