/** Sentences for mempools, and for the slab in a pool's place. */
import type { TraceEvent } from '../../engine/trace-event.ts';
import type { EventSaying } from './allocation-events.ts';
import { count, hex, plural } from './words.ts';

const POOL_RULE = 'A mempool sets min_nr elements apart: who needs one gets it, now or after a sleep.';

export const poolEvents = {
  poolCreate: (e) => ({
    rule: POOL_RULE,
    fn: 'mempool_create',
    texts: [
      e.b > 0
        ? `Pool ${count(e.a)} begins with ${plural(e.b, 'element')}`
        : `Pool ${count(e.a)} cannot have its elements: there is none`,
    ],
  }),
  poolAlloc: (e) => ({
    rule: POOL_RULE,
    fn: 'mempool_alloc',
    texts: [
      e.b === 0
        ? `Pool ${count(e.a)} is asked: the allocator gives ${hex(e.pfn)}`
        : `Pool ${count(e.a)} gives ${hex(e.pfn)} from its reserve`,
      `Pool ${count(e.a)} is asked and serves`,
    ],
  }),
  poolSleep: (e) => ({
    rule: POOL_RULE,
    fn: 'mempool_alloc',
    texts: [
      `Pool ${count(e.a)} is empty: the request sleeps until one comes back`,
      'The pool is empty: the request sleeps until one comes back',
    ],
  }),
  poolWake: (e) => ({
    rule: POOL_RULE,
    fn: 'mempool_free',
    texts: [
      `Pool ${count(e.a)} has an element again: the first sleeper wakes`,
      'The pool has an element again: the first sleeper wakes',
    ],
  }),
  poolFail: (e) => ({
    rule: "Free objects of a slab are anybody's; only a reserve is kept for one user.",
    fn: 'mempool_alloc',
    texts: [`Nothing to be had for pool ${count(e.a)}: the request fails`],
  }),
  poolRefill: (e) => ({
    rule: POOL_RULE,
    fn: 'mempool_free',
    texts: [
      `${hex(e.pfn)} goes back into pool ${count(e.a)}: ${plural(e.b, 'element')} in reserve`,
      `An element goes back into pool ${count(e.a)}`,
    ],
  }),
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;
