/** The mail on order0-user. */
import type { Sentence } from './sentence.ts';

export const USER_PAGES: readonly Sentence[] = [
  {
    id: 'any-user',
    text: 'order0-user is for any userspace allocation.',
    starts: 'paragraph',
    claim: 'user',
    scenes: [
      {
        preset: 'parallel-make',
        step: 16384,
        view: 'memory',
        name: 'Four compilers and their sources',
        look: 'On the tinted ground of order0-user lie A, F and D side by side: anonymous, clean and dirty file pages.',
      },
    ],
  },
  {
    id: 'rmap',
    text: 'These pages should be trivially reclaimable with rmap available.',
    starts: 'run',
    claim: 'rmap',
    scenes: [
      {
        preset: 'fork-storm',
        step: 6744,
        event: 18,
        view: 'memory',
        name: 'One page, sixteen mappings',
        look: 'Page 0x281 is mapped by sixteen processes, and rmap finds and removes all sixteen entries.',
      },
      {
        preset: 'mlocked-page',
        step: 4585,
        event: 40,
        view: 'memory',
        name: 'Not so trivial: mlock',
        look: 'One page of the slab is mlocked, which unmapping it finds out after others were evicted for nothing.',
      },
    ],
  },
  {
    id: 'select-one',
    text: 'If a large order block is necessary, select one slab and reclaim it.',
    starts: 'run',
    claim: 'reclaim',
    scenes: [
      {
        preset: 'one-slab',
        step: 2182,
        view: 'memory',
        name: 'The request has just failed',
        look: 'Press Reclaim one slab, and watch its pages go one by one.',
      },
      {
        preset: 'one-slab',
        step: 2183,
        view: 'buddyinfo',
        name: 'One slab reclaimed',
        look: 'A block of order 5 is back on the free lists, where there was none.',
      },
    ],
  },
  {
    id: 'lru',
    text: 'This will break LRU ordering something rotten but I am guessing that LRU ordering is not the prime concern here.',
    starts: 'run',
    claim: 'lru',
    scenes: [
      {
        preset: 'file-server',
        step: 7370,
        view: 'zones',
        name: 'A slab reclaimed out of order',
        look: 'The pages evicted lay all along the LRU lists, while colder pages in other slabs stayed.',
      },
      {
        preset: 'file-server',
        step: 12288,
        view: 'plots',
        plot: 'lru',
        name: 'Refaults of the whole run',
        look: 'The plot of the LRU counts evicted pages that were touched later, and those that had to be read back.',
      },
    ],
  },
  {
    id: 'daemon',
    text: 'If a defrag daemon exists, scan MAX_DEFRAG_SCAN slabs and pick the one with the most clean filesystem backed pages to chuck out (least IO involved in reclaim).',
    starts: 'run',
    claim: 'daemon',
    scenes: [
      {
        preset: 'claim-daemon',
        step: 3711,
        event: 14,
        view: 'memory',
        name: 'The daemon chooses',
        look: 'Eight slabs were looked at, each with its clean file pages, and the one with the most is outlined.',
      },
      {
        preset: 'scan-too-short',
        step: 4008,
        event: 11,
        view: 'memory',
        name: 'A scan of one slab',
        look: 'The first slab is taken with 14 clean pages, where another had 32: that difference is the regret.',
      },
      {
        preset: 'fewest-objects',
        step: 5628,
        event: 25,
        view: 'memory',
        name: 'His second thought',
        look: 'Four days later he wrote "least objects": this slab has the fewest pages in use, and nine of them are swapped.',
      },
    ],
  },
];
