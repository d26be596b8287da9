/** The mail on order0-kreclaim and order0-knoreclaim. */
import type { Sentence } from './sentence.ts';

export const KERNEL_PAGES: readonly Sentence[] = [
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
      {
        preset: 'claim-inodes',
        step: 11135,
        event: 51,
        view: 'memory',
        name: 'Where a pointer does exist',
        look: 'Nobody has a file open, but the inodes of page 0x540 are in use by their dentries, in the slab at 0x340.',
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
      {
        preset: 'claim-inodes',
        step: 10809,
        view: 'memory',
        name: 'Dentries first, then their inodes elsewhere',
        look: 'The slab at 0x260 is gone: none of its inodes had a dentry left, and its own dentries let 27 inodes of three other slabs go.',
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
      {
        preset: 'month-of-uptime',
        step: 24576,
        view: 'creep',
        name: 'Thirty nights of creep',
        look: 'The curves count kernel pages and the blocks they spoil, in slabs and under plain buddy.',
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
];
