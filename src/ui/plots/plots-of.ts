/** The plots of a run: which columns of its series go together, with their words and inks. */
import type { Held, PolicyRun, Series } from '../../worker/protocol.ts';
import { count, duration, thousandths } from '../words.ts';
import type { Ink, Plot, PlotLine } from './plot.ts';

/** What only a run watched from boot knows. */
export interface RunAgain {
  readonly hotEvicted: readonly number[];
  readonly prices: PolicyRun['prices'];
}

const ink = (opacity: number): Ink => ({ token: '--ink', opacity });
const colour = (token: string): Ink => ({ token, opacity: 1 });

/** A level: what held at the sample. */
const level = (id: string, name: string, tint: Ink, values: readonly number[]): PlotLine => ({
  id,
  name,
  ink: tint,
  values,
  between: (_, k) => values[k] ?? 0,
});

/** A line whose value is computed of what lies between two samples; nothing lies before the first. */
function since(
  id: string,
  name: string,
  tint: Ink,
  samples: number,
  between: (i: number, k: number) => number,
): PlotLine {
  const values = Array.from({ length: samples }, (_, k) => (k === 0 ? 0 : between(k - 1, k)));
  return { id, name, ink: tint, values, between };
}

/** What a total since boot grew by. */
const growth = (id: string, name: string, tint: Ink, total: readonly number[]) =>
  since(id, name, tint, total.length, (i, k) => (total[k] ?? 0) - (total[i] ?? 0));

/** Tints of the orders, small and light to large and dark. */
const tintOf = (order: number, orders: number) => ink(0.12 + (0.83 * order) / Math.max(1, orders - 1));

const orderName = (order: number) => `order ${order}`;

function perOrder(columns: readonly (readonly number[])[], id: string): PlotLine[] {
  return columns.map((values, order) =>
    level(`${id}_order_${order}`, orderName(order), tintOf(order, columns.length), values),
  );
}

const HELD_LOOKS: readonly (readonly [Held, string, Ink])[] = [
  ['reserved', 'reserved', colour('--B-far')],
  ['knoreclaim', 'knoreclaim', colour('--K-far')],
  ['kreclaim', 'kreclaim', colour('--R-far')],
  ['anon', 'anonymous', colour('--A-far')],
  ['dirtyFile', 'dirty file', colour('--D-far')],
  ['cleanFile', 'clean file', colour('--F-far')],
  ['perCpu', 'per-CPU', ink(0.35)],
  ['idle', 'idle in slabs', colour('--band')],
  ['free', 'free', colour('--paper')],
];

const pages = { unit: 'pages', scale: 'linear', text: count } as const;

/** Plots of levels: free lists, indices, kinds. */
function levels(series: Series): Plot[] {
  const index = { unit: 'order', shape: 'heat', scale: 'linear', reads: 'at', steps: series.steps } as const;
  return [
    {
      id: 'free',
      title: 'Free pages by order',
      note: 'pages in free blocks of each order',
      shape: 'stack',
      reads: 'at',
      steps: series.steps,
      lines: perOrder(series.freeByOrder, 'free'),
      ...pages,
    },
    {
      id: 'unusable',
      title: 'Unusable index',
      note: 'share of free memory of no use to a request',
      lines: perOrder(series.unusableByOrder, 'unusable'),
      text: thousandths,
      ...index,
    },
    {
      id: 'fragmentation',
      title: 'Fragmentation index',
      note: 'to 0 lack of memory, to 1 fragmentation',
      lines: perOrder(series.fragByOrder, 'fragmentation'),
      text: (value) => (value === -1000 ? 'would succeed' : thousandths(value)),
      ...index,
    },
    {
      id: 'held',
      title: 'Pages by kind',
      note: 'what holds each page',
      shape: 'stack',
      reads: 'at',
      steps: series.heldSteps,
      lines: HELD_LOOKS.map(([name, word, tint]) => level(`pages_${name}`, word, tint, series.held[name])),
      ...pages,
    },
  ];
}

/** Plots of what happened between two samples. */
function flows(series: Series, again: RunAgain | null): Plot[] {
  const { counted, steps } = series;
  const flow = { reads: 'since', steps } as const;
  return [
    {
      id: 'evicted',
      title: 'Evictions',
      note: 'frames lost to reclaim',
      shape: 'nested',
      lines: [
        growth('evicted', 'evicted', ink(0.3), counted.pagesEvicted),
        growth('evicted_for_nothing', 'of these for nothing', ink(0.85), counted.evictedForNothing),
      ],
      ...flow,
      ...pages,
    },
    {
      id: 'io',
      title: 'IO',
      note: 'pages that went to or came from the device',
      shape: 'stack',
      lines: [
        growth('written', 'written to files', ink(0.9), counted.pagesWritten),
        growth('swapped_out', 'swapped out', ink(0.6), counted.pagesSwapped),
        growth('swapped_in', 'swapped in', ink(0.35), counted.pagesSwappedIn),
        growth('read', 'read from files', ink(0.16), counted.pagesRead),
      ],
      ...flow,
      ...pages,
    },
    {
      id: 'lru',
      title: 'LRU order broken',
      note: 'evicted hot, or asked for again',
      shape: 'lines',
      lines: [
        growth('inversions', 'inversions', ink(0.5), counted.inversions),
        growth('refaults', 'refaults', ink(0.75), counted.refaults),
        ...(again === null ? [] : [growth('hot_evicted', 'hot pages evicted', ink(1), again.hotEvicted)]),
      ],
      ...flow,
      ...pages,
    },
    ...(again === null ? [] : [damage(series, again), refaultCost(series, again)]),
    search(series),
    {
      id: 'slabs',
      title: 'Slabs reclaimed',
      note: 'slabs taken whole, and given up',
      shape: 'stack',
      lines: [
        growth('slabs_discarded', 'discarded', ink(0.85), counted.slabsDiscarded),
        growth('slabs_refused', 'refused', ink(0.3), counted.slabsRefused),
      ],
      ...flow,
      ...pages,
      unit: 'slabs',
    },
    {
      id: 'requests',
      title: 'High-order requests',
      note: 'requests above order 0',
      shape: 'stack',
      lines: [
        growth('high_order_failed', 'failed', ink(0.9), counted.highOrderFailed),
        growth('high_order_served', 'served', ink(0.25), counted.highOrderServed),
      ],
      ...flow,
      ...pages,
      unit: 'requests',
    },
    cost(series),
  ];
}

/** What eviction has done by then; inversions are left out, since nearly every eviction is one. */
function damage({ steps, counted }: Series, { hotEvicted }: RunAgain): Plot {
  return {
    id: 'damage',
    title: 'LRU damage so far',
    note: 'hot pages evicted, and what came back',
    shape: 'lines',
    reads: 'at',
    steps,
    lines: [
      level('hot_evicted_total', 'hot pages evicted', ink(1), hotEvicted),
      level('refaults_total', 'refaults', ink(0.75), counted.refaults),
      level('for_nothing_total', 'evicted for nothing', ink(0.5), counted.evictedForNothing),
    ],
    ...pages,
  };
}

/** What reading evicted pages back cost: refaults from swap, and all others from files. */
function refaultCost({ steps, counted }: Series, { prices }: RunAgain): Plot {
  const total = steps.map((_, i) => {
    const swapped = counted.pagesSwappedIn[i] ?? 0;
    return ((counted.refaults[i] ?? 0) - swapped) * prices.readPage + swapped * prices.swapIn;
  });
  return {
    id: 'refault-cost',
    title: 'Cost of refaults',
    unit: 'modelled time',
    note: 'reading evicted pages back, since boot',
    shape: 'lines',
    scale: 'linear',
    reads: 'at',
    steps,
    lines: [level('refault_ns', 'reading back', ink(1), total)],
    text: (ns) => (ns === 0 ? '·' : duration(ns)),
  };
}

/** Since boot, since blocks are few: what one more has cost in looking so far. */
function search({ steps, searchedPages, searchedBlocks }: Series): Plot {
  const each = steps.map((_, i) => {
    const blocks = searchedBlocks[i] ?? 0;
    return blocks === 0 ? 0 : Math.round((searchedPages[i] ?? 0) / blocks);
  });
  return {
    id: 'search',
    title: 'Search for a block',
    note: 'looked at per block made, since boot',
    shape: 'lines',
    reads: 'at',
    steps,
    lines: [level('looked_per_block', 'pages per block', ink(1), each)],
    ...pages,
    text: (n) => (n === 0 ? '·' : count(n)),
  };
}

function cost({ steps, askedNs, dearestNs, counted }: Series): Plot {
  const { requests } = counted;
  const mean = (i: number, k: number) => {
    const n = (requests[k] ?? 0) - (requests[i] ?? 0);
    return n === 0 ? 0 : Math.round(((askedNs[k] ?? 0) - (askedNs[i] ?? 0)) / n);
  };
  const dearest = (i: number, k: number) => Math.max(0, ...dearestNs.slice(i + 1, k + 1));
  return {
    id: 'cost',
    title: 'Latency of requests',
    unit: 'modelled time, log scale',
    note: 'of operations that asked for memory, with the reclaim they set off',
    shape: 'nested',
    scale: 'log',
    reads: 'since',
    steps,
    lines: [
      since('dearest_operation_ns', 'dearest operation', ink(0.25), steps.length, dearest),
      since('mean_request_ns', 'mean of a request', ink(0.85), steps.length, mean),
    ],
    text: (ns) => (ns === 0 ? '·' : duration(ns)),
  };
}

/** Only where somebody asks a mempool, or a slab in its place. */
function pools({ steps, counted }: Series): Plot[] {
  const { poolServed, poolFailed, poolSlept, slabPoolServed, slabPoolFailed } = counted;
  const asked = [poolServed, poolFailed, slabPoolServed, slabPoolFailed];
  if (asked.every((total) => (total.at(-1) ?? 0) === 0)) return [];
  return [
    {
      id: 'pools',
      title: 'Mempools',
      note: 'requests to mempools, and to slabs in their place',
      shape: 'lines',
      reads: 'since',
      steps,
      lines: [
        growth('pool_served', 'pool served', ink(1), poolServed),
        growth('pool_slept', 'pool slept', ink(0.6), poolSlept),
        growth('slab_served', 'slab served', ink(0.35), slabPoolServed),
        growth('slab_failed', 'slab failed', colour('--accent'), slabPoolFailed),
      ],
      ...pages,
      unit: 'requests',
    },
  ];
}

/**
 * All plots of a run, in the order they are shown.
 * @param again what was found out by running it once more, on the same samples; null where it was not
 */
export const plotsOf = (series: Series, again: RunAgain | null = null): readonly Plot[] => [
  ...levels(series),
  ...flows(series, again),
  ...pools(series),
];
