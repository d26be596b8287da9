/** Sentences for the events of the allocator: requests, blocks, per-CPU lists, the order-0 caches. */
import { gfpText } from '../../engine/gfp.ts';
import type { Machine } from '../../engine/machine.ts';
import type { TraceEvent } from '../../engine/trace-event.ts';
import type { Saying } from './line.ts';
import { cacheWords, count, hex, kindWords, plural, reasonWords, shortage, zoneWords } from './words.ts';

/** What to say of one event; the machine is as it was when, or soon after, the event happened. */
export type EventSaying = (e: TraceEvent, m: Machine) => Saying;

const SLAB_RULE = 'An order-0 page is an object of a slab of its cache.';
const PCP_RULE = 'Order-0 pages pass through a list of each CPU, in batches.';
const ARRAY_RULE = 'Each CPU keeps an array of objects and moves them in batches.';

export const allocationEvents = {
  request: (e) => ({
    rule: 'A request asks the zones of its zonelist in turn.',
    fn: '__alloc_pages',
    texts: [`Order ${e.order} is asked for: ${gfpText(e.a)}`, `Order ${e.order} is asked for`],
  }),
  pageAlloc: (e, m) =>
    e.order === 0
      ? {
          rule: SLAB_RULE,
          fn: m.config.policy.name === 'order0-slab' ? '__cache_alloc' : 'buffered_rmqueue',
          texts: [`${hex(e.pfn)} is handed out as ${kindWords(e.b)}`],
        }
      : {
          rule: 'A block of order k is 2^k pages in a row, aligned to its size.',
          fn: '__rmqueue',
          texts: [`Request for order ${e.order} served: block ${hex(e.pfn)}`],
        },
  allocFailed: (e, m) => ({
    rule: 'A request of order k needs a free block of order k or larger.',
    fn: '__alloc_pages',
    texts:
      e.reason === 'noContiguity' || e.reason === 'none'
        ? [`Request for order ${e.order} fails: ${shortage(m)}`]
        : [
            `Request for order ${e.order} fails: ${reasonWords(e.reason)}`,
            `Request for order ${e.order} fails`,
          ],
  }),
  pageFree: (e) => ({
    rule: 'A page given back joins its slab, its CPU list or the buddy lists.',
    fn: '__free_pages',
    texts:
      e.order === 0
        ? [`${hex(e.pfn)} is given back: it was ${kindWords(e.a)}`]
        : [`Block ${hex(e.pfn)} of order ${e.order} is given back`],
  }),
  split: (e) => ({
    rule: 'A block larger than asked is halved until it fits.',
    fn: 'expand',
    texts: [
      `Block ${hex(e.a)} splits: its half ${hex(e.pfn)} stays free at order ${e.order}`,
      `Block ${hex(e.a)} splits: its half ${hex(e.pfn)} stays free`,
    ],
  }),
  merge: (e) => ({
    rule: 'The buddy of a block of order k is at pfn ^ 2^k; both free, they merge.',
    fn: '__free_pages_bulk',
    texts: [
      `Block ${hex((e.a ^ (2 ** (e.order - 1))) >>> 0)} merges with its buddy ${hex(e.a)}: order ${e.order}`,
    ],
  }),
  listAdd: (e, m) => ({
    rule: 'A free block stands on the list of its order.',
    fn: '__free_pages_bulk',
    texts: [
      `Block ${hex(e.pfn)} joins the free list of order ${e.order} in ${zoneWords(m, e.a)}`,
      `Block ${hex(e.pfn)} joins the free list of order ${e.order}`,
    ],
  }),
  pcpRefill: (e) => ({
    rule: PCP_RULE,
    fn: 'rmqueue_bulk',
    texts: [`CPU ${e.cpu} fills its page list from buddy: ${plural(e.a, 'page')}`],
  }),
  pcpDrain: (e) => ({
    rule: PCP_RULE,
    fn: 'free_pages_bulk',
    texts: [`CPU ${e.cpu} drains its page list to buddy: ${plural(e.a, 'page')}`],
  }),
  watermarkLow: (e, m) =>
    e.reason === 'noContiguity'
      ? {
          rule: 'The watermark counts pages; a request needs them in a row.',
          fn: '__alloc_pages',
          texts: [`${zoneWords(m, e.a)}: the watermark says yes, the buddy lists say no`],
        }
      : {
          rule: 'A zone keeps pages back: a request must leave more than the mark.',
          fn: 'zone_watermark_ok',
          texts: [
            `${zoneWords(m, e.a)} refuses order ${e.order}: ${plural(e.b, 'page')} must stay free`,
            `${zoneWords(m, e.a)} refuses order ${e.order}: its watermark says no`,
            'The watermark says no',
          ],
        },
  cacheGrow: (e) => ({
    rule: 'A cache without a free object asks buddy for one slab.',
    fn: 'cache_grow',
    texts: [`${cacheWords(e.a)} grows: slab ${hex(e.pfn)}, one block of order ${e.order}`],
  }),
  slabDestroy: (e) => ({
    rule: 'An empty slab above the limit goes back to buddy.',
    fn: 'slab_destroy',
    texts: [`${cacheWords(e.a)} gives empty slab ${hex(e.pfn)} back: order ${e.order}`],
  }),
  arrayRefill: (e) => ({
    rule: ARRAY_RULE,
    fn: 'cache_alloc_refill',
    texts: [`CPU ${e.cpu} refills its ${cacheWords(e.a)} array: ${plural(e.b, 'page')}`],
  }),
  arrayFlush: (e) => ({
    rule: ARRAY_RULE,
    fn: 'cache_flusharray',
    texts: [`CPU ${e.cpu} flushes its ${cacheWords(e.a)} array: ${plural(e.b, 'page')}`],
  }),
  arraysDrained: (e) => ({
    rule: 'A page parked in a CPU array pins its slab until the array is drained.',
    fn: 'drain_cpu_caches',
    texts: [
      `Arrays of ${cacheWords(e.a)} drained: ${plural(e.b, 'page')} back in their slabs`,
      `Arrays of ${cacheWords(e.a)} drained: ${plural(e.b, 'page')}`,
    ],
  }),
  cacheReap: (e) => ({
    rule: 'Every few seconds each cache gives some empty slabs back.',
    fn: 'cache_reap',
    texts: [`${cacheWords(e.a)} is reaped: ${plural(e.b, 'empty slab')} freed`],
  }),
  stranded: (e) => ({
    rule: 'Where buddy has no block for a slab, a page comes alone and mixes with others.',
    fn: 'cache_grow',
    texts: [
      `No slab to be had: ${hex(e.pfn)} comes singly from buddy and is stranded`,
      `No slab to be had: ${hex(e.pfn)} comes singly and is stranded`,
    ],
  }),
  notHere: (e, m) =>
    m.config.policy.name === 'order0-slab'
      ? {
          rule: 'Discarding one slab frees one block of the slab order, no larger one.',
          fn: '',
          texts: [`One slab is order ${m.config.slabOrder}: it cannot become order ${e.order}`],
        }
      : {
          rule: 'A policy without slabs cannot reclaim one.',
          fn: '',
          texts: [`${m.config.policy.name} has no slabs: there is none to reclaim`],
        },
  recordedFailure: (e) => ({
    rule: 'The recording says that its own kernel had no block.',
    fn: '__alloc_pages',
    texts: [`The recorded kernel fails a request for order ${count(e.order)}`],
  }),
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;
