/**
 * The mail that is the subject of this project, sentence by sentence, each with its claim and the scenes that show it.
 * Mel Gorman to linux-kernel, 25 June 2003, <20030625092938.GA13771@skynet.ie>, in the thread "[RFC] My research agenda for
 * 2.7"; spelling as sent.
 */
import type { ClaimId } from './claims.ts';
import type { Scene } from './scene.ts';

export interface Sentence {
  readonly id: string;
  /** As it stands in the mail, line breaks apart. */
  readonly text: string;
  /** How it begins: a paragraph, an item of a list, or in the run of the paragraph before. */
  readonly starts: 'paragraph' | 'item' | 'run';
  readonly claim: ClaimId;
  readonly scenes: readonly Scene[];
}

export const MAIL_AUTHOR = 'Mel Gorman';
export const MAIL_DATE = '25 June 2003';
/** What follows the last sentence: the signature and the list's own foot. */
export const MAIL_FOOT =
  '-- Mel Gorman - To unsubscribe from this list: send the line "unsubscribe linux-kernel" in the body of a message to majordomo@vger.kernel.org More majordomo info at http://vger.kernel.org/majordomo-info.html Please read the FAQ at http://www.tux.org/lkml/';

/** Every sentence, in the order of the mail. */
export const SENTENCES: readonly Sentence[] = [
  {
    id: 'complicated',
    text: "It might be just me, but this scheme sounds a bit complicated (I'm still absorbing the other two).",
    starts: 'paragraph',
    claim: 'others',
    scenes: [
      {
        preset: 'claim-large-objects',
        policy: 'buddy-2.6',
        step: 4301,
        view: 'why',
        name: 'Why larger pieces need room',
        look: 'The request for 32 pages fails with more than 32 pages free: the why table says what stands in each window.',
      },
      {
        preset: 'claim-kernel-pointers',
        policy: 'page-moving',
        step: 4300,
        event: 72,
        view: 'memory',
        name: 'This scheme: moving pages',
        look: 'The daemon has looked at every window, and now moves all pages out of the one with the least to move.',
      },
    ],
  },
  {
    id: 'kernel-pointer',
    text: 'I find it difficult to see what happens when a page used by a kernel pointer changes for any case other than vmalloc() but I probably am missing something.',
    starts: 'run',
    claim: 'scheme',
    scenes: [
      {
        preset: 'claim-kernel-pointers',
        policy: 'buddy-2.6',
        step: 4301,
        view: 'why',
        name: 'Kernel pages in the way',
        look: 'Each blocked window names the kernel pages that block it; click one to see what points to it.',
      },
      {
        preset: 'claim-kernel-pointers',
        policy: 'page-moving',
        step: 4300,
        event: 197,
        view: 'memory',
        name: 'The case of vmalloc()',
        look: 'Page 0x760 of a vmalloc area was copied and one entry changed; no other kernel page could have followed.',
      },
    ],
  },
  {
    id: 'how-about',
    text: 'How about: Move order-0 allocations to slab',
    starts: 'paragraph',
    claim: 'order0',
    scenes: [
      {
        preset: 'boot-and-desktop',
        step: 1,
        event: 11,
        view: 'memory',
        name: 'The first slab',
        look: 'The first single page that anybody asks for makes its cache grow by one slab of 32 pages.',
      },
      {
        preset: 'boot-and-desktop',
        step: 16384,
        view: 'slabinfo',
        name: 'The caches in slabinfo',
        look: 'Three caches of 4,096-byte objects hold nearly all pages that are in use.',
      },
    ],
  },
  {
    id: 'bootstrap',
    text: "(ignoring bootstrap issues for now but shouldn't be hard anyway)",
    starts: 'run',
    claim: 'bootstrap',
    scenes: [
      {
        preset: 'boot-and-desktop',
        step: 0,
        view: 'boot',
        name: 'Before the first request',
        look: 'The hatched pages at the bottom were taken before any allocator existed, and belong to no cache.',
      },
      {
        preset: 'boot-and-desktop',
        step: 16384,
        view: 'caches',
        name: 'Descriptors outside the caches',
        look: 'Descriptors of slabs need pages themselves, and those cannot come from the cache that is growing.',
      },
    ],
  },
  {
    id: 'slab-size',
    text: 'Each cache slab is 2^MAX_GFP_ORDER large and there is three caches',
    starts: 'paragraph',
    claim: 'slabs',
    scenes: [
      {
        preset: 'one-slab',
        step: 2182,
        view: 'caches',
        name: 'The slabs of each cache',
        look: 'Every tile is a slab of 32 pages, on the full, partial or free list of its cache.',
      },
    ],
  },
  {
    id: 'item-user',
    text: 'o order0-user',
    starts: 'item',
    claim: 'slabs',
    scenes: [
      {
        preset: 'file-server',
        step: 12288,
        view: 'caches',
        name: 'order0-user full of file pages',
        look: 'The largest cache by far is order0-user: clean file pages, dirty ones, anonymous memory.',
      },
    ],
  },
  {
    id: 'item-kreclaim',
    text: 'o order0-kreclaim',
    starts: 'item',
    claim: 'slabs',
    scenes: [
      {
        preset: 'updatedb',
        step: 26214,
        view: 'caches',
        name: 'order0-kreclaim after updatedb',
        look: 'Dentries and inodes fill slabs of order0-kreclaim and no other.',
      },
    ],
  },
  {
    id: 'item-knoreclaim',
    text: 'o order0-knoreclaim',
    starts: 'item',
    claim: 'slabs',
    scenes: [
      {
        preset: 'page-table-creep',
        step: 10240,
        view: 'caches',
        name: 'order0-knoreclaim full of page tables',
        look: 'Page tables and other kernel pages lie together in the slabs of order0-knoreclaim.',
      },
    ],
  },
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
  {
    id: 'kreclaim',
    text: 'order0-kreclaim is for kernel allocations which are trivially reclaimable and that can be safely discared knowing that no pointer exists to them.',
    starts: 'paragraph',
    claim: 'kreclaim',
    scenes: [
      {
        preset: 'claim-shrinker',
        step: 10155,
        view: 'memory',
        name: 'A slab of dentries is gone',
        look: 'One slab of order0-kreclaim was discarded whole: no dentry in it was in use.',
      },
    ],
  },
  {
    id: 'dentries',
    text: "This is most likely to be usable for slab allocations of caches like dentry's which can be safely thrown out.",
    starts: 'run',
    claim: 'kreclaim',
    scenes: [
      {
        preset: 'updatedb',
        step: 26214,
        view: 'memory',
        name: 'The night of updatedb',
        look: 'Pages marked R hold dentries and inodes, read once and hardly wanted again.',
      },
      {
        preset: 'claim-shrinker',
        step: 11462,
        event: 46,
        view: 'memory',
        name: 'One dentry in use',
        look: 'A single dentry in use keeps its page, and the page keeps the slab of 32.',
      },
    ],
  },
  {
    id: 'one-page-slabs',
    text: 'A quick look of /proc/slabinfo shows that most slabs are just 1 page large.',
    starts: 'run',
    claim: 'kreclaim',
    scenes: [
      {
        preset: 'updatedb',
        step: 26214,
        view: 'slabinfo',
        name: 'The quick look, again',
        look: 'The column pagesperslab is 1 for dentry_cache and ext2_inode_cache.',
      },
    ],
  },
  {
    id: 'set-shrinker',
    text: 'Slabs already have a set_shrinker() callback for the removal of objects so it is likely that this could be extended for telling caches to clear all objects and discard a particular slab.',
    starts: 'run',
    claim: 'shrinker',
    scenes: [
      {
        preset: 'claim-shrinker',
        step: 10154,
        event: 48,
        view: 'memory',
        name: 'The extended shrinker at work',
        look: 'Page by page all objects of this one slab are cleared, and after 31 pages the slab is empty.',
      },
      {
        preset: 'claim-shrinker',
        policy: 'buddy-2.6',
        step: 10155,
        view: 'memory',
        name: 'The stock shrinker, same moment',
        look: 'It freed 128 objects wherever they lay, no window became empty, and the same request fails.',
      },
    ],
  },
  {
    id: 'knoreclaim',
    text: 'order0-knoreclaim is for kernel allocations which cannot be easily reclaimed and have pointers to the allocation which are difficult to reclaim.',
    starts: 'paragraph',
    claim: 'knoreclaim',
    scenes: [
      {
        preset: 'month-of-uptime',
        step: 24576,
        view: 'memory',
        name: 'A month of leftovers, in slabs',
        look: 'Pages marked K stand together in a few slabs; press 7 to see them alone.',
      },
      {
        preset: 'month-of-uptime',
        policy: 'buddy-2.6',
        step: 24576,
        view: 'memory',
        name: 'The same month under plain buddy',
        look: 'The same pages lie in most windows of 32, and each keeps its window from being emptied.',
      },
    ],
  },
  {
    id: 'swapping-kernel',
    text: 'For all intents and purposes, these are not reclaimable without impementing swapping in kernel space.',
    starts: 'run',
    claim: 'knoreclaim',
    scenes: [
      {
        preset: 'page-table-creep',
        step: 10240,
        view: 'plots',
        plot: 'held',
        name: 'Page tables that only grow',
        look: 'The plot of what holds memory shows kernel pages rising in three steps and never falling back.',
      },
    ],
  },
  {
    id: 'things-for-it',
    text: 'This has a couple of things going for it',
    starts: 'paragraph',
    claim: 'after',
    scenes: [
      {
        preset: 'parallel-make',
        step: 16384,
        view: 'plots',
        plot: 'requests',
        name: 'No request failed',
        look: 'All requests above order 0 were served; choose buddy-2.6 as the policy, and eight of them fail.',
      },
    ],
  },
  {
    id: 'globs',
    text: 'o Reclaimable pages are in easy to search globs',
    starts: 'item',
    claim: 'globs',
    scenes: [
      {
        preset: 'file-server',
        step: 7369,
        event: 19,
        view: 'memory',
        name: 'Eight slabs looked at',
        look: 'The scan reads eight slabs, 256 pages, to find one that can go whole.',
      },
      {
        preset: 'file-server',
        policy: 'buddy-2.6',
        step: 12288,
        view: 'vmstat',
        name: 'The LRU lists searched',
        look: 'The line pgscan_direct counts pages that LRU reclaim looked at, and only two blocks came of it.',
      },
    ],
  },
  {
    id: 'percpu',
    text: 'o Gets nifty per-cpu alloc and caching that comes with slab automatically',
    starts: 'item',
    claim: 'percpu',
    scenes: [
      {
        preset: 'four-cpus',
        step: 7778,
        view: 'cpus',
        name: 'Four arrays and a shared one',
        look: 'The bars are pages parked in each per-CPU array, which most requests are served from.',
      },
      {
        preset: 'four-cpus',
        step: 7778,
        event: 23,
        view: 'memory',
        name: 'A parked page keeps a slab',
        look: 'The slab is refused: one of its pages is parked in an array of another CPU.',
      },
    ],
  },
  {
    id: 'freeing',
    text: 'o Freeing high order pages is a case of discarding pages in one slab',
    starts: 'item',
    claim: 'freeing',
    scenes: [
      {
        preset: 'file-server',
        step: 7615,
        view: 'memory',
        name: 'Thirty-two pages, one block',
        look: 'Thirty-two pages of one slab were evicted, no other page was touched, and the block was handed out.',
      },
      {
        preset: 'file-server',
        policy: 'buddy-2.6',
        step: 7615,
        view: 'memory',
        name: 'The same request in LRU order',
        look: 'More pages were evicted from six windows, and the request failed.',
      },
    ],
  },
  {
    id: 'pointers',
    text: "o Doesn't require fancy pants updating of pointers or page tables",
    starts: 'item',
    claim: 'pointers',
    scenes: [
      {
        preset: 'one-slab',
        step: 2183,
        view: 'memory',
        name: 'Unmapped, not updated',
        look: 'Entries were removed and none was changed to another frame; nothing was copied.',
      },
      {
        preset: 'claim-move',
        step: 6345,
        view: 'memory',
        name: 'Moving instead',
        look: 'To move the same kind of slab 29 pages are copied, and every mapping of them is changed.',
      },
    ],
  },
  {
    id: 'mempool',
    text: 'o Possible ditch the mempool interface as slab already has similar functionality',
    starts: 'item',
    claim: 'mempool',
    scenes: [
      {
        preset: 'claim-mempool',
        step: 3964,
        event: 5,
        view: 'pools',
        name: 'The slab runs dry',
        look: "The slab's free objects are gone, and the request fails that a mempool would have served.",
      },
      {
        preset: 'claim-mempool',
        step: 3961,
        event: 34,
        view: 'pools',
        name: 'The pool does not',
        look: 'The same failure of the allocator, and the mempool gives a page from its reserve.',
      },
      {
        preset: 'claim-pool-sleep',
        step: 2621,
        event: 5,
        view: 'pools',
        name: 'One who may wait sleeps',
        look: 'The pool is empty too, and its caller sleeps until an element comes back.',
      },
    ],
  },
  {
    id: 'simple',
    text: 'o Seems simple',
    starts: 'item',
    claim: 'simple',
    scenes: [
      {
        preset: 'no-swap',
        step: 3276,
        event: 20,
        view: 'limits',
        name: 'The honest page',
        look: 'Twenty limits, each with a scenario and a number; behind it a slab that one page keeps.',
      },
      {
        preset: 'pinned-pair',
        step: 5324,
        event: 122,
        view: 'memory',
        name: 'One locked page, two slabs',
        look: 'A pair of slabs was to be emptied for 64 pages, and is given up after one half was: the other holds a locked page.',
      },
    ],
  },
  {
    id: 'opinions',
    text: 'Opinions?',
    starts: 'paragraph',
    claim: 'after',
    scenes: [
      {
        preset: 'limit-vehicle',
        policy: 'mobility-lumpy',
        step: 10240,
        view: 'memory',
        name: '2007: grouping and lumpy reclaim',
        look: 'Page blocks are grouped by mobility, and a request evicts the pages around one.',
      },
      {
        preset: 'limit-vehicle',
        policy: 'mobility-compaction',
        step: 10240,
        view: 'memory',
        name: 'Today: grouping and compaction',
        look: 'The classification of the mail is there, and the slab is not; pages are moved, not evicted.',
      },
    ],
  },
];
