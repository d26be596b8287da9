/** Experiments that come with the program: a question, the preset it is asked of, and what is varied. */
import type { ShippedExperiment } from './shipped-experiment.ts';
import { SHIPPED_PUBLISHED } from './shipped-published.ts';

export type { ShippedExperiment } from './shipped-experiment.ts';

/** pdflush of the preset `scan-too-short` writes one page in a run: what is dirty is left for reclaim to write. */
const FEW_WRITES = 'workload.actors[3].pages=1';

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

export const SHIPPED: readonly ShippedExperiment[] = [
  {
    id: 'scan-length',
    title: 'How far the scan has to look',
    summary:
      'MAX_DEFRAG_SCAN from 1 slab to all 64 of the machine; the mail gives no number. Hardly anything is written back meanwhile, so look at the pages written or swapped.',
    preset: 'scan-too-short',
    choice: {
      policies: ['order0-slab'],
      seeds: seeds(20),
      sets: [FEW_WRITES],
      sweeps: [{ path: 'policy.maxDefragScan', values: ['1', '2', '4', '8', '16', '32', '64'] }],
    },
    figure: 'ioPages',
  },
  {
    id: 'victim-rule',
    title: 'Which slab to take',
    summary:
      "The mail's rule, most clean pages, against six others, each with 8 slabs looked at. Look at the pages written or swapped, and at the pages evicted.",
    preset: 'scan-too-short',
    choice: {
      policies: ['order0-slab'],
      seeds: seeds(20),
      sets: [FEW_WRITES, 'policy.maxDefragScan=8'],
      sweeps: [
        {
          path: 'policy.victim',
          values: [
            'most-clean',
            'fewest-objects',
            'cheapest',
            'lru-oldest',
            'first',
            'random',
            'best-of-all',
          ],
        },
      ],
    },
    figure: 'ioPages',
  },
  {
    id: 'slab-order',
    title: 'Slab order against request order',
    summary:
      'Slabs of order 2 to 10, and requests of order 3, 5 and 7. A slab below the order asked for serves nothing; one far above it is emptied for little.',
    preset: 'scan-too-short',
    choice: {
      policies: ['order0-slab'],
      seeds: seeds(10),
      sets: ['policy.maxDefragScan=8'],
      sweeps: [
        { path: 'workload.actors[4].order', values: ['3', '5', '7'] },
        { path: 'machine.slabOrder', values: ['2', '3', '4', '5', '6', '7', '8', '9', '10'] },
      ],
    },
    figure: 'servedShare',
  },
  {
    id: 'growth-rule',
    title: 'When a cache cannot grow',
    summary:
      'No block of 32 pages is free, and a cache needs one: it takes loose pages, has a slab emptied first, or goes without. Look at the pages that are stranded, the slabs discarded and the requests that fail.',
    preset: 'claim-growth',
    choice: {
      policies: ['order0-slab'],
      seeds: seeds(20),
      sets: [],
      sweeps: [{ path: 'policy.growth', values: ['single-pages', 'reclaim-first', 'fail'] }],
    },
    figure: 'growthStranded',
  },
  {
    id: 'lru-damage',
    title: 'What slab reclaim does to LRU order',
    summary:
      '“This will break LRU ordering something rotten”: order-0 slabs and plain buddy on the same workload. Look at inversions and refaults.',
    preset: 'parallel-make',
    choice: { policies: ['order0-slab', 'buddy-2.6'], seeds: seeds(20), sets: [], sweeps: [] },
    figure: 'inversions',
  },
  ...SHIPPED_PUBLISHED,
];

export const findShipped = (id: string): ShippedExperiment | undefined =>
  SHIPPED.find((one) => one.id === id);
