/** The mail up to its three caches. */
import type { Sentence } from './sentence.ts';

export const PROPOSAL: readonly Sentence[] = [
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
        preset: 'claim-folios',
        step: 6388,
        view: 'memory',
        name: 'The first of the other two: larger pieces of files',
        look: 'A file asked for a block of 32 pages and got one of 16, after 177 other pages were dropped for it.',
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
      {
        preset: 'claim-page-moving',
        step: 5121,
        view: 'memory',
        name: 'This scheme: a block made',
        look: 'The request took a block of 32 pages, and the daemon has emptied another by copying its 32 pages elsewhere.',
      },
      {
        preset: 'claim-moving-2004',
        step: 4709,
        view: 'memory',
        name: 'This scheme, as of 2004: moving on failure',
        look: 'No block of 32 pages was free, so the request itself moved 29 pages out of one window and took it.',
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
      {
        preset: 'scan-too-short',
        step: 8192,
        view: 'experiments',
        experiment: 'slab-order',
        name: 'Slabs of order 2 to 10',
        look: 'Press Run to ask nine slab orders for blocks of order 3, 5 and 7: slabs below the order asked for serve little.',
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
];
