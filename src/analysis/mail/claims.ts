/** The claims of the mail, a row each: what the sentences of sentences.ts are said to be about. */

/** What each row is about, in the order of the mail. */
export const CLAIM_ROWS = {
  scheme: 'The scheme before: moving pages, and kernel pointers to them',
  others: 'The other two proposals of that week',
  order0: 'Order-0 allocations come from slab',
  bootstrap: 'What comes before the caches',
  slabs: 'Slabs of 2^MAX_GFP_ORDER pages, three caches',
  user: 'order0-user: any userspace allocation',
  rmap: 'Trivially reclaimable with rmap',
  reclaim: 'Select one slab and reclaim it',
  lru: 'LRU ordering breaks',
  daemon: 'The defrag daemon and MAX_DEFRAG_SCAN',
  kreclaim: 'order0-kreclaim: dentries and their like',
  shrinker: 'The extended set_shrinker() callback',
  knoreclaim: 'order0-knoreclaim: what stays',
  globs: 'Easy-to-search globs',
  percpu: 'Per-CPU allocation and caching',
  freeing: 'Freeing is discarding the pages of one slab',
  pointers: 'No updating of pointers or page tables',
  mempool: 'Ditching the mempool interface',
  simple: 'Seems simple',
  after: 'What came of it',
} as const;

export type ClaimId = keyof typeof CLAIM_ROWS;
