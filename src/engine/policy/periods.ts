/** Times of periodic work, in simulated nanoseconds. */

/** Between two cache_reap runs: REAPTIMEOUT_CPUC, 2 s (Linux 2.6.9 mm/slab.c). */
export const REAP_PERIOD_NS = 2_000_000_000;
