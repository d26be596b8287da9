/**
 * The twenty limits of the proposal, said plainly: what it costs and where it fails. Each names where it is known
 * from, the preset that shows it where one does, and the figure of a run to look at.
 */
import type { RunResult } from './result.ts';

/** Where a limit is known from: said on the lists at the time, read in the code of 2.6.9, or derived here. */
export type LimitSource = 'said' | 'code' | 'derived';

/** A figure of a run that shows a limit. */
export interface LimitFigure {
  readonly label: string;
  readonly read: (result: RunResult) => number;
}

export interface Limit {
  /** 1 to 20; numbers stay. */
  readonly id: number;
  readonly title: string;
  /** One sentence. */
  readonly sentence: string;
  readonly source: readonly LimitSource[];
  /** Id of the preset that shows it; null where the model has nothing to show. */
  readonly scenario: string | null;
  /** Null where no figure of a run tells it. */
  readonly figure: LimitFigure | null;
}

const figure = (label: string, read: LimitFigure['read']): LimitFigure => ({ label, read });

/** All limits by id. */
export const LIMITS: readonly Limit[] = [
  {
    id: 1,
    title: 'A few pins pin everything',
    sentence:
      'If 0.2 % of pages cannot go and lie anywhere, two of three blocks of order 9 hold one of them.',
    source: ['said', 'derived'],
    scenario: 'mlocked-page',
    figure: figure('slabs refused', (r) => r.reclaim.slabsRefused),
  },
  {
    id: 2,
    title: 'LRU order is broken',
    sentence: 'A slab goes whole, so pages in use go with it while colder ones elsewhere stay.',
    source: ['said'],
    scenario: 'file-server',
    figure: figure('evicted pages warmer than one that stayed', (r) => r.reclaim.inversions),
  },
  {
    id: 3,
    title: 'Too much is reclaimed',
    sentence:
      'Reclaim by place kept evicting for large blocks until Linux had to give it up, as lumpy reclaim.',
    source: ['said'],
    scenario: 'huge-pages',
    figure: figure('pages evicted', (r) => r.reclaim.pagesEvicted),
  },
  {
    id: 4,
    title: 'User pages are not trivially reclaimable',
    sentence: 'A locked page, one under writeback, or an anonymous one without swap keeps its whole slab.',
    source: ['code'],
    scenario: 'no-swap',
    figure: figure('slabs refused', (r) => r.reclaim.slabsRefused),
  },
  {
    id: 5,
    title: 'The guarantee is none',
    sentence:
      'A slab is free only if every one of its pages goes, and what went before a refusal went for nothing.',
    source: ['said'],
    scenario: 'mlocked-page',
    figure: figure('pages evicted for nothing', (r) => r.reclaim.evictedForNothing),
  },
  {
    id: 6,
    title: 'One slab is one order',
    sentence:
      'A block above the slab order needs neighbouring slabs, and nothing in the mail makes slabs neighbours.',
    source: ['derived'],
    scenario: 'limit-above-slab',
    figure: figure('groups of neighbouring slabs emptied', (r) => r.groups.freed),
  },
  {
    id: 7,
    title: 'Single pages now need large blocks',
    sentence:
      'A cache grows by a block of the slab order, so a page fault fails as large requests do, or takes a loose page.',
    source: ['code'],
    scenario: 'month-of-uptime',
    figure: figure('loose pages outside every slab', (r) => r.caches.reduce((sum, c) => sum + c.stranded, 0)),
  },
  {
    id: 8,
    title: 'Parked pages pin slabs',
    sentence: 'Pages in per-CPU arrays count as in use, and each may keep another slab until it is drained.',
    source: ['code'],
    scenario: 'four-cpus',
    figure: figure('pages parked', (r) => r.caches.reduce((sum, c) => sum + c.parked, 0)),
  },
  {
    id: 9,
    title: 'No high memory',
    sentence: 'Slab hands out kernel addresses, and pages above 896 MiB of an i386 have none.',
    source: ['code'],
    scenario: null,
    figure: figure('pages of high memory', (r) =>
      r.zones.reduce((sum, z) => sum + (z.name === 'HighMem' ? z.managed : 0), 0),
    ),
  },
  {
    id: 10,
    title: 'Two users of one field',
    sentence: "Slab keeps its own pointers in page->lru, the very field that a user page's list needs.",
    source: ['code'],
    scenario: null,
    figure: null,
  },
  {
    id: 11,
    title: 'Counts are on the head page',
    sentence:
      'A block of several pages has one reference count, so its pages cannot be got and put one by one.',
    source: ['code'],
    scenario: null,
    figure: null,
  },
  {
    id: 12,
    title: 'Descriptors cost memory',
    sentence: 'Every slab has a descriptor outside it, and above order 6 the kernel forbids such slabs.',
    source: ['said', 'code', 'derived'],
    scenario: 'one-slab',
    figure: figure('bytes of descriptors', (r) => r.overhead.descriptorBytes),
  },
  {
    id: 13,
    title: 'Idle pages look used',
    sentence: 'Up to 31 of 32 pages of a slab may be idle, and buddy counts them all as taken.',
    source: ['derived'],
    scenario: 'one-slab',
    figure: figure('pages idle in slabs', (r) => r.pages.slabIdle),
  },
  {
    id: 14,
    title: 'Dentries in use stay',
    sentence: 'One dentry in use, such as a directory, keeps a page, and that page keeps a slab of 32.',
    source: ['said', 'code'],
    scenario: 'limit-directories',
    figure: figure('pages of object slabs', (r) => r.pages.kreclaim),
  },
  {
    id: 15,
    title: 'Kernel memory only grows',
    sentence: 'Pages of order0-knoreclaim cannot be taken back without swapping the kernel itself.',
    source: ['said'],
    scenario: 'page-table-creep',
    figure: figure('kernel pages that cannot be reclaimed', (r) => r.pages.knoreclaim),
  },
  {
    id: 16,
    title: 'Those in need may not shrink',
    sentence:
      'A caller without __GFP_FS or in an interrupt cannot call the shrinker, just when memory is short.',
    source: ['code'],
    scenario: 'network-bursts',
    figure: figure('large requests failed', (r) => r.highOrder.failed),
  },
  {
    id: 17,
    title: 'Mempools cannot be ditched',
    sentence: "A slab's free objects are anybody's and are reaped; only a mempool keeps min_nr for its user.",
    source: ['code'],
    scenario: 'claim-mempool',
    figure: figure('requests that failed with a slab in the place of a pool', (r) => r.pools.slabFailed),
  },
  {
    id: 18,
    title: 'Bootstrap is left out',
    sentence: 'Slab needs pages before its caches exist, and its descriptors come from slab themselves.',
    source: ['said'],
    scenario: 'boot-and-desktop',
    figure: figure(
      'pages taken before the caches, and for descriptors',
      (r) => r.pages.reserved + r.overhead.descriptorPages,
    ),
  },
  {
    id: 19,
    title: 'Slab was the wrong vehicle',
    sentence: 'What shipped was the classification alone: page blocks grouped by mobility, without a slab.',
    source: ['said'],
    scenario: null,
    figure: null,
  },
  {
    id: 20,
    title: 'A short scan chooses badly',
    sentence: 'A small MAX_DEFRAG_SCAN misses the best slab, and a large one looks at all of memory.',
    source: ['code'],
    scenario: 'scan-too-short',
    figure: figure('clean pages missed against the best of all slabs', (r) => r.search.regretPages),
  },
];
