/**
 * The twenty limits of the proposal, said plainly: what it costs and where it fails. Each names where it is known
 * from, the moment of a preset that shows it, and the figure of the whole run to look at.
 */
import type { Scene } from './mail/scene.ts';
import type { Figures } from './summary.ts';

/** Where a limit is known from: said on the lists at the time or later, read in the code of 2.6.9, or derived here. */
export type LimitSource = 'said' | 'code' | 'derived';

/** A figure of a run that shows a limit. */
export interface LimitFigure {
  readonly label: string;
  readonly read: (result: Figures) => number;
}

export interface Limit {
  /** 1 to 20; numbers stay. */
  readonly id: number;
  readonly title: string;
  /** One sentence. */
  readonly sentence: string;
  readonly source: readonly LimitSource[];
  /** Who said it where, or which function it is read in. */
  readonly cite: string;
  readonly scene: Scene;
  /** Of the preset's run at its end, under its own policy; its value is in limit-values.ts. */
  readonly figure: LimitFigure;
}

const NO_SLABS = { full: 0, partial: 0, free: 0 };
const NO_PAGES = { inUse: 0, idle: 0, parked: 0 };
const figure = (label: string, read: LimitFigure['read']): LimitFigure => ({ label, read });

/** All limits by id. */
export const LIMITS: readonly Limit[] = [
  {
    id: 1,
    title: 'A few pins pin everything',
    sentence:
      'If 0.2 % of pages cannot go and lie anywhere, two of three blocks of order 9 hold one of them.',
    source: ['said', 'derived'],
    cite: 'Linus Torvalds, linux-kernel, 2005: if 99.8 % of memory can be cleaned, the rest pins nearly every huge page',
    scene: {
      preset: 'mlocked-page',
      step: 8192,
      view: 'pins',
      name: 'Twenty-five locked pages',
      look: 'Each mark is a locked page, and nearly every one is in a slab of its own.',
    },
    figure: figure('slabs refused', (r) => r.reclaim.slabsRefused),
  },
  {
    id: 2,
    title: 'LRU order is broken',
    sentence: 'A slab goes whole, so pages in use go with it while colder ones elsewhere stay.',
    source: ['said'],
    cite: 'the mail itself; Andrew Morton of lumpy reclaim: pages are reclaimed that nobody wanted to reclaim',
    scene: {
      preset: 'file-server',
      step: 7370,
      view: 'zones',
      name: 'A slab out of LRU order',
      look: 'The pages evicted lay all along the LRU lists, while colder pages in other slabs stayed.',
    },
    figure: figure('evicted pages warmer than one that stayed', (r) => r.reclaim.inversions),
  },
  {
    id: 3,
    title: 'Too much is reclaimed',
    sentence:
      'Reclaim by place kept evicting for large blocks until Linux had to give it up, as lumpy reclaim.',
    source: ['said'],
    cite: 'changelog of transparent huge pages: lumpy reclaim was switched off, for it made systems unusable',
    scene: {
      preset: 'huge-pages',
      step: 16584,
      view: 'plots',
      plot: 'evicted',
      name: 'Eviction without end',
      look: 'The plot of evicted pages rises with every large request, and none of them can be served by one slab.',
    },
    figure: figure('pages evicted', (r) => r.reclaim.pagesEvicted),
  },
  {
    id: 4,
    title: 'User pages are not trivially reclaimable',
    sentence: 'A locked page, one under writeback, or an anonymous one without swap keeps its whole slab.',
    source: ['said', 'code'],
    cite: 'Daniel Phillips in the thread; 2.6.9 mm/rmap.c try_to_unmap, mm/vmscan.c shrink_list',
    scene: {
      preset: 'no-swap',
      step: 3276,
      event: 20,
      view: 'memory',
      name: 'One anonymous page, no swap',
      look: 'The slab is refused at an anonymous page that has nowhere to go.',
    },
    figure: figure('slabs refused', (r) => r.reclaim.slabsRefused),
  },
  {
    id: 5,
    title: 'The guarantee is none',
    sentence:
      'A slab is free only if every one of its pages goes, and what went before a refusal went for nothing.',
    source: ['said'],
    cite: 'Daniel Phillips in the thread: "I don\'t see that it\'s guaranteed"',
    scene: {
      preset: 'mlocked-page',
      step: 4585,
      event: 41,
      view: 'memory',
      name: 'What went for nothing',
      look: 'The slab is given up after 13 of its pages were evicted, and the account counts them as lost.',
    },
    figure: figure('pages evicted for nothing', (r) => r.reclaim.evictedForNothing),
  },
  {
    id: 6,
    title: 'One slab is one order',
    sentence:
      'A block above the slab order needs neighbouring slabs, and nothing in the mail makes slabs neighbours.',
    source: ['derived'],
    cite: 'buddy blocks are aligned: a block of 4 MiB is 32 neighbouring slabs of 128 KiB',
    scene: {
      preset: 'limit-above-slab',
      step: 5120,
      event: 30,
      view: 'memory',
      name: 'Two neighbours wanted',
      look: 'The scan outlines aligned pairs of slabs; both halves of one must be emptied for 64 pages in a row.',
    },
    figure: figure('groups of neighbouring slabs emptied', (r) => r.groups.freed),
  },
  {
    id: 7,
    title: 'Single pages now need large blocks',
    sentence:
      'A cache grows by a block of the slab order, so a page fault fails as large requests do, or takes a loose page.',
    source: ['code'],
    cite: '2.6.9 mm/slab.c cache_grow, mm/page_alloc.c __alloc_pages',
    scene: {
      preset: 'month-of-uptime',
      step: 20634,
      event: 2,
      view: 'memory',
      name: 'A page without a slab',
      look: 'No block of 32 pages is free in either zone, so this page came singly, and no slab reclaim will ever free it.',
    },
    figure: figure('loose pages outside every slab', (r) => r.caches.reduce((sum, c) => sum + c.stranded, 0)),
  },
  {
    id: 8,
    title: 'Parked pages pin slabs',
    sentence: 'Pages in per-CPU arrays count as in use, and each may keep another slab until it is drained.',
    source: ['code'],
    cite: '2.6.9 mm/slab.c enable_cpucache, ac_entry: 24 objects a CPU, 96 shared',
    scene: {
      preset: 'four-cpus',
      step: 7778,
      event: 23,
      view: 'memory',
      name: 'A parked page keeps a slab',
      look: 'The slab is refused, for one of its pages is parked in the array of a CPU.',
    },
    figure: figure('pages parked', (r) => r.caches.reduce((sum, c) => sum + c.parked, 0)),
  },
  {
    id: 9,
    title: 'No high memory',
    sentence: 'Slab hands out kernel addresses, and pages above 896 MiB of an i386 have none.',
    source: ['code'],
    cite: '2.6.9 mm/slab.c kmem_getpages, virt_to_page: an object is a kernel address',
    scene: {
      preset: 'limit-high-memory',
      step: 16384,
      view: 'zones',
      name: 'Three quarters without an address',
      look: 'Zone HighMem holds most user pages, and slab could not have handed out one of them.',
    },
    figure: figure('pages in use in high memory, without a kernel address', (r) =>
      r.zones.reduce((sum, z) => sum + (z.name === 'HighMem' ? z.managed - z.free : 0), 0),
    ),
  },
  {
    id: 10,
    title: 'Two users of one field',
    sentence: "Slab keeps its own pointers in page->lru, the very field that a user page's list needs.",
    source: ['code'],
    cite: '2.6.9 mm/slab.c SET_PAGE_CACHE and SET_PAGE_SLAB, include/linux/mm_inline.h add_page_to_active_list',
    scene: {
      preset: 'limit-list-field',
      step: 8192,
      view: 'zones',
      name: 'In a slab and on a list',
      look: 'Every page of the LRU strips that stands on slab ground would need page->lru twice.',
    },
    figure: figure('pages in a slab and on an LRU list at once', (r) => r.caches[0]?.inUse ?? 0),
  },
  {
    id: 11,
    title: 'Counts are on the head page',
    sentence:
      'A block of several pages has one reference count, so its pages cannot be got and put one by one.',
    source: ['code'],
    cite: '2.6.9 mm/page_alloc.c prep_new_page: with an MMU only the first page of a block gets a count',
    scene: {
      preset: 'limit-head-count',
      step: 10240,
      view: 'memory',
      name: 'Thirty-one pages without a count',
      look: 'Pages of one slab are mapped, shared and freed one by one, and only its first has a count in 2.6.9.',
    },
    figure: figure('pages of order0-user after the first of their block', (r) => {
      const { full, partial, free } = r.caches[0]?.slabs ?? NO_SLABS;
      const { inUse, idle, parked } = r.caches[0] ?? NO_PAGES;
      return inUse + idle + parked - full - partial - free;
    }),
  },
  {
    id: 12,
    title: 'Descriptors cost memory',
    sentence: 'Every slab has a descriptor outside it, and above order 6 the kernel forbids such slabs.',
    source: ['said', 'code', 'derived'],
    cite: 'the author on 29 June 2003; 2.6.9 mm/slab.c slab_mgmt_size, offslab_limit',
    scene: {
      preset: 'one-slab',
      step: 2182,
      view: 'caches',
      name: "What the slabs' books take",
      look: 'Each slab has a descriptor of 128 bytes in a page outside the caches.',
    },
    figure: figure('bytes of descriptors', (r) => r.overhead.descriptorBytes),
  },
  {
    id: 13,
    title: 'Idle pages look used',
    sentence: 'Up to 31 of 32 pages of a slab may be idle, and buddy counts them all as taken.',
    source: ['derived'],
    cite: '2.6.9 mm/slab.c free_limit; buddy counts pages of slabs as taken',
    scene: {
      preset: 'one-slab',
      step: 2182,
      view: 'caches',
      name: 'Idle, and not free',
      look: 'Add the idle pages of the three caches: buddyinfo shows none of them.',
    },
    figure: figure('pages idle in slabs', (r) => r.pages.slabIdle),
  },
  {
    id: 14,
    title: 'Dentries in use stay',
    sentence: 'One dentry in use, such as a directory, keeps a page, and that page keeps a slab of 32.',
    source: ['said', 'code'],
    cite: 'fs/dcache.c prune_dcache, d_alloc: an entry keeps its directory in use; said of updatedb on linux-kernel',
    scene: {
      preset: 'limit-directories',
      step: 12288,
      view: 'why',
      name: 'Directories in their slabs',
      look: 'Four of the windows that cannot be emptied hold directories in use, and objects of a cache without a shrinker.',
    },
    figure: figure(
      'windows of 32 pages kept by objects that cannot be cleared',
      (r) => r.objects.windowsHeld,
    ),
  },
  {
    id: 15,
    title: 'Kernel memory only grows',
    sentence: 'Pages of order0-knoreclaim cannot be taken back without swapping the kernel itself.',
    source: ['said'],
    cite: 'the mail itself; Ingo Molnar, linux-kernel, 2005, of kernel buffers with live pointers',
    scene: {
      preset: 'page-table-creep',
      step: 10240,
      view: 'plots',
      plot: 'held',
      name: 'Kernel pages that stay',
      look: 'The plot of what holds memory shows kernel pages rising in steps and never falling back.',
    },
    figure: figure('kernel pages that cannot be reclaimed', (r) => r.pages.knoreclaim),
  },
  {
    id: 16,
    title: 'Those in need may not shrink',
    sentence:
      'A caller without __GFP_FS or in an interrupt cannot call the shrinker, just when memory is short.',
    source: ['code'],
    cite: '2.6.9 fs/dcache.c shrink_dcache_memory: -1 for a caller without __GFP_FS',
    scene: {
      preset: 'claim-shrinker',
      step: 9665,
      event: 48,
      view: 'memory',
      name: 'A caller who may not shrink',
      look: 'The slab holds nothing but dentries that nobody uses, and this caller may not clear them.',
    },
    figure: figure('large requests failed, all of callers without __GFP_FS', (r) => r.highOrder.failed),
  },
  {
    id: 17,
    title: 'Mempools cannot be ditched',
    sentence: "A slab's free objects are anybody's and are reaped; only a mempool keeps min_nr for its user.",
    source: ['code'],
    cite: '2.6.9 mm/mempool.c mempool_alloc, mm/slab.c cache_reap',
    scene: {
      preset: 'claim-mempool',
      step: 3964,
      event: 5,
      view: 'pools',
      name: 'The slab runs dry',
      look: 'The free objects that stood for a reserve are gone, and the request fails.',
    },
    figure: figure('requests that failed with a slab in the place of a pool', (r) => r.pools.slabFailed),
  },
  {
    id: 18,
    title: 'Bootstrap is left out',
    sentence: 'Slab needs pages before its caches exist, and its descriptors come from slab themselves.',
    source: ['said'],
    cite: 'the mail itself; 2.6.9 mm/slab.c kmem_cache_init, cache_grow',
    scene: {
      preset: 'boot-and-desktop',
      step: 0,
      view: 'boot',
      name: 'Before any cache exists',
      look: 'The hatched pages were taken before the allocator existed, and no cache ever holds them.',
    },
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
    cite: 'William Lee Irwin: "Slabs are for fixed-size allocations"; Daniel Phillips: "tweak alloc_pages to know about chunks"',
    scene: {
      preset: 'limit-vehicle',
      step: 10240,
      view: 'memory',
      name: 'Blocks outside every slab',
      look: 'Kernel blocks of 2, 4 and 8 pages stand outside the slabs, in windows that they spoil.',
    },
    figure: figure(
      'kernel pages outside every slab, in blocks of their own',
      (r) => r.pages.knoreclaim - (r.caches[2]?.inUse ?? 0),
    ),
  },
  {
    id: 20,
    title: 'A short scan chooses badly',
    sentence: 'A small MAX_DEFRAG_SCAN misses the best slab, and a large one looks at all of memory.',
    source: ['code'],
    cite: 'the mail gives no number; 29 June 2003: it is related to how urgent the request is',
    scene: {
      preset: 'scan-too-short',
      step: 4008,
      event: 11,
      view: 'memory',
      name: 'The first slab met',
      look: 'The scan looks at one slab with 14 clean pages, where another had 32.',
    },
    figure: figure('clean pages missed against the best of all slabs', (r) => r.search.regretPages),
  },
];
