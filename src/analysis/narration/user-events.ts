/** Sentences for the events of processes, files and kernel objects. */
import type { TraceEvent } from '../../engine/trace-event.ts';
import type { EventSaying } from './allocation-events.ts';
import { count, hex, objectCacheWords, plural, sentence, vmaProcess } from './words.ts';

/** How a fault finds its page, by the number the event carries as its order. */
const FAULT_ENDS = [
  (pfn: string) => `${pfn} is mapped`,
  (pfn: string) => `read from disk into ${pfn}`,
  (pfn: string) => `read from swap into ${pfn}`,
  (pfn: string) => `${pfn}, zeroed`,
  (pfn: string) => `copied to ${pfn}`,
];

const OBJECT_RULE = 'An object in use keeps its page, and the page keeps its slab.';

export const userEvents = {
  refault: (e) => ({
    rule: 'An evicted page asked for again must be read back.',
    fn: 'do_page_fault',
    texts: [`Page ${count(e.b)} was evicted and is asked for again: a refault`],
  }),
  fault: (e) => ({
    rule: 'A page gets its frame when it is first touched.',
    fn: 'handle_mm_fault',
    texts: [
      `${sentence(vmaProcess(e.a))} faults on page ${count(e.b)}: ${(FAULT_ENDS[e.order] ?? FAULT_ENDS[0]!)(hex(e.pfn))}`,
      `${sentence(vmaProcess(e.a))} faults: ${hex(e.pfn)}`,
    ],
  }),
  access: (e) => ({
    rule: 'A page used again is marked referenced.',
    fn: 'mark_page_accessed',
    texts: [`Page ${count(e.b)} of file ${count(e.a)} is used: ${hex(e.pfn)}`],
  }),
  fork: (e) => ({
    rule: 'A fork shares all pages until one side writes.',
    fn: 'copy_mm',
    texts: [`Process ${count(e.a)} forks process ${count(e.b)}`],
  }),
  exit: (e) => ({
    rule: 'An exit gives back all pages that nobody else maps.',
    fn: 'exit_mmap',
    texts: [`Process ${count(e.a)} exits`],
  }),
  spawn: (e) => ({
    rule: 'A process costs a kernel stack and a page table.',
    fn: 'do_execve',
    texts: [`Process ${count(e.a)} starts`],
  }),
  mmap: (e) => ({
    rule: 'A mapping costs no page until it is touched.',
    fn: 'do_mmap',
    texts: [`Process ${count(e.a)} maps a region of ${plural(e.b, 'page')}`],
  }),
  munmap: (e) => ({
    rule: 'Unmapping gives back the pages that nobody else maps.',
    fn: 'do_munmap',
    texts: [`${sentence(vmaProcess(e.a))} unmaps a region of ${plural(e.b, 'page')}`],
  }),
  absent: () => ({
    rule: 'An operation on something that is gone is counted and does nothing.',
    fn: '',
    texts: ['Nothing is there: counted, nothing done'],
  }),
  objectAlloc: (e, m) => ({
    rule: 'Objects of one cache share one-page object slabs.',
    fn: 'kmem_cache_alloc',
    texts: [`${objectCacheWords(m, e.a)} ${count(e.b)} is allocated`, `Object ${count(e.b)} is allocated`],
  }),
  objectFree: (e, m) => ({
    rule: 'An object slab without objects gives its page back.',
    fn: 'kmem_cache_free',
    texts: [`${objectCacheWords(m, e.a)} ${count(e.b)} is freed`, `Object ${count(e.b)} is freed`],
  }),
  objectPin: (e, m) => ({
    rule: OBJECT_RULE,
    fn: 'dget',
    texts: [
      `${objectCacheWords(m, e.a)} ${count(e.b)} is in use: it pins its page`,
      `Object ${count(e.b)} is in use: it pins its page`,
    ],
  }),
  objectUnpin: (e, m) => ({
    rule: OBJECT_RULE,
    fn: 'dput',
    texts: [
      `${objectCacheWords(m, e.a)} ${count(e.b)} is unused: it may be cleared`,
      `Object ${count(e.b)} is unused: it may be cleared`,
    ],
  }),
  truncate: (e) => ({
    rule: 'A file cut short gives its pages back at once.',
    fn: 'truncate_inode_pages',
    texts: [`File ${count(e.a)} lets ${plural(e.b, 'page')} go`],
  }),
  zap: (e) => ({
    rule: 'PTEs are cleared; pages that nobody else maps go.',
    fn: 'zap_page_range',
    texts: [`${sentence(vmaProcess(e.a))} lets ${plural(e.b, 'page')} go`],
  }),
  lock: (e) => ({
    rule: 'mlock is a property of the mapping; reclaim meets it through rmap only.',
    fn: 'mlock_fixup',
    texts: [`${sentence(vmaProcess(e.a))} locks a region in memory`],
  }),
  unlock: (e) => ({
    rule: 'Pages of an unlocked region may be unmapped again.',
    fn: 'mlock_fixup',
    texts: [`${sentence(vmaProcess(e.a))} unlocks a region`],
  }),
  pin: (e) => ({
    rule: 'An extra reference, for I/O or DMA, keeps a page where it is.',
    fn: 'get_user_pages',
    texts: [`${hex(e.pfn)} is pinned: it cannot go until let loose`],
  }),
  unpin: (e) => ({
    rule: 'With its last extra reference gone a page may go.',
    fn: 'page_cache_release',
    texts: [`${hex(e.pfn)} is unpinned`],
  }),
  pageTable: (e) => ({
    rule: 'Page tables grow with mappings and cannot be reclaimed.',
    fn: 'pte_alloc_map',
    texts: [`Process ${count(e.a)} gets a page table page: ${hex(e.pfn)}`],
  }),
  readFolio: (e) => ({
    rule: 'A folio of order k is 2^k pages of a file in one block: read, evicted and written as one.',
    fn: 'filemap_alloc_folio',
    texts:
      e.order === e.b
        ? [
            `File ${count(e.a)} is read into a folio of order ${e.order} at ${hex(e.pfn)}`,
            `A folio of order ${e.order} is read at ${hex(e.pfn)}`,
          ]
        : [
            `No block for a folio of order ${e.b}: file ${count(e.a)} gets order ${e.order}`,
            `No block for a folio of order ${e.b}: order ${e.order} instead`,
          ],
  }),
  splitFolio: (e) => ({
    rule: 'Where part of a folio goes, its pages become single ones first.',
    fn: 'split_folio',
    texts: [
      `Folio ${hex(e.pfn)} is split into ${plural(2 ** e.order, 'single page')}`,
      `Folio ${hex(e.pfn)} is split into single pages`,
    ],
  }),
} satisfies Partial<Record<TraceEvent['type'], EventSaying>>;
