/** What an operation asks, as a sentence: the form used where its events say nothing more telling. */
import { gfpText } from '../../engine/gfp.ts';
import type { Machine } from '../../engine/machine.ts';
import type { Operation } from '../../engine/operation.ts';
import type { Saying } from './line.ts';
import { count, hex, objectCacheWords, plural } from './words.ts';

type OperationOf<K extends Operation['op'], O = Operation> = O extends { readonly op: infer P }
  ? K extends P
    ? O
    : never
  : never;
type Sayings = { readonly [K in Operation['op']]: (o: OperationOf<K>, m: Machine) => Saying };

const say = (fn: string, rule: string, ...texts: string[]): Saying => ({ fn, rule, texts });
const MMAP_RULE = 'A mapping costs no page until it is touched.';
const EXIT_RULE = 'Pages that nobody else maps are given back.';
const OBJECT_RULE = 'An object in use keeps its page, and the page keeps its slab.';
const POOL_RULE = 'A mempool sets elements apart, so that its user gets one in the end.';
const LOCK_RULE = 'mlock is a property of the mapping; reclaim meets it through rmap only.';

const SAYINGS: Sayings = {
  idle: () => say('', 'Time passes; what is due is done.', 'Nothing is asked; time passes'),
  spawn: (o) =>
    say(
      'do_execve',
      'A process costs a kernel stack and a page table.',
      `Process ${count(o.process)} starts`,
    ),
  exit: (o) => say('exit_mmap', EXIT_RULE, `Process ${count(o.process)} exits`),
  fork: (o) =>
    say(
      'copy_mm',
      'A fork shares all pages until one side writes.',
      `Process ${count(o.process)} forks process ${count(o.child)}`,
    ),
  mapAnon: (o) =>
    say(
      'do_mmap',
      MMAP_RULE,
      `Process ${count(o.process)} maps ${plural(o.pages, 'anonymous page')}`,
      `A process maps ${plural(o.pages, 'anonymous page')}`,
    ),
  mapFile: (o) =>
    say(
      'do_mmap',
      MMAP_RULE,
      `Process ${count(o.process)} maps ${plural(o.pages, 'page')} of file ${count(o.file)}`,
      `Process ${count(o.process)} maps a file`,
    ),
  unmap: (o) =>
    say(
      'do_munmap',
      EXIT_RULE,
      `Process ${count(o.process)} unmaps region ${o.region}`,
      `Process ${count(o.process)} unmaps a region`,
    ),
  lock: (o) =>
    say('mlock_fixup', LOCK_RULE, `Process ${count(o.process)} locks region ${o.region} in memory`),
  unlock: (o) => say('mlock_fixup', LOCK_RULE, `Process ${count(o.process)} unlocks region ${o.region}`),
  touch: (o) =>
    say(
      'handle_mm_fault',
      'A page gets its frame when it is first touched.',
      `Process ${count(o.process)} ${o.write ? 'writes' : 'reads'} page ${count(o.page)} of region ${o.region}`,
      `Process ${count(o.process)} ${o.write ? 'writes' : 'reads'} a page`,
    ),
  zap: (o) =>
    say(
      'zap_page_range',
      EXIT_RULE,
      `Process ${count(o.process)} lets ${plural(o.pages, 'page')} of region ${o.region} go`,
      `Process ${count(o.process)} lets ${plural(o.pages, 'page')} go`,
    ),
  createFile: (o) =>
    say(
      'do_sys_open',
      'A file costs no page until it is read or written.',
      `File ${count(o.file)} is created: ${plural(o.pages, 'page')} long`,
    ),
  deleteFile: (o) =>
    say(
      'truncate_inode_pages',
      'A deleted file gives its pages back at once.',
      `File ${count(o.file)} is deleted`,
    ),
  readFile: (o) =>
    say(
      'do_generic_mapping_read',
      'Pages read stay in the page cache until reclaim takes them.',
      `Page ${count(o.page)} of file ${count(o.file)} is read`,
    ),
  writeFile: (o) =>
    say(
      'generic_file_write',
      'A written page is dirty until it is written back.',
      `Page ${count(o.page)} of file ${count(o.file)} is written`,
    ),
  truncate: (o) =>
    say(
      'truncate_inode_pages',
      'A file cut short gives its pages back at once.',
      `File ${count(o.file)} is cut: ${plural(o.pages, 'page')} from page ${count(o.page)} on`,
      `File ${count(o.file)} is cut by ${plural(o.pages, 'page')}`,
    ),
  alloc: (o) =>
    say(
      '__alloc_pages',
      'A request of order k needs a free block of order k or larger.',
      `Order ${o.order} is asked for: ${gfpText(o.gfp)}`,
      `Order ${o.order} is asked for`,
    ),
  free: (o) =>
    say('__free_pages', 'A block given back merges with its buddy.', `Allocation ${count(o.id)} is freed`),
  poolCreate: (o) =>
    say(
      'mempool_create',
      POOL_RULE,
      `Pool ${count(o.pool)} is made: ${plural(o.minNr, 'element')} of order ${o.order}`,
      `Pool ${count(o.pool)} is made`,
    ),
  poolPretend: (o) =>
    say(
      'kmem_cache_create',
      'Free objects of a slab look like a reserve, and anybody may take them.',
      `A slab stands in for pool ${count(o.pool)}: ${plural(o.minNr, 'free object')}`,
      `A slab stands in for pool ${count(o.pool)}`,
    ),
  poolAlloc: (o) => say('mempool_alloc', POOL_RULE, `Pool ${count(o.pool)} is asked for an element`),
  objectGet: (o, m) =>
    say(
      'dget',
      OBJECT_RULE,
      `${objectCacheWords(m, o.cache)} ${count(o.object)} is taken into use`,
      `Object ${count(o.object)} is taken into use`,
    ),
  objectPut: (o, m) =>
    say(
      'dput',
      OBJECT_RULE,
      `${objectCacheWords(m, o.cache)} ${count(o.object)} is let go, not freed`,
      `Object ${count(o.object)} is let go, not freed`,
    ),
  objectLookup: (o, m) =>
    say(
      'd_lookup',
      OBJECT_RULE,
      `${objectCacheWords(m, o.cache)} ${count(o.object)} is looked up`,
      `Object ${count(o.object)} is looked up`,
    ),
  objectFree: (o, m) =>
    say(
      'kmem_cache_free',
      OBJECT_RULE,
      `${objectCacheWords(m, o.cache)} ${count(o.object)} is freed`,
      `Object ${count(o.object)} is freed`,
    ),
  pin: (o) =>
    say(
      'get_user_pages',
      'An extra reference, for I/O or DMA, keeps a page where it is.',
      `Page ${count(o.page)} of ${ownerOf(o)} is pinned`,
    ),
  unpin: (o) =>
    say(
      'page_cache_release',
      'With its last extra reference gone a page may go.',
      `Page ${count(o.page)} of ${ownerOf(o)} is unpinned`,
    ),
  sync: (o) =>
    say(
      'wakeup_bdflush',
      'Dirty pages are written back and stay, clean.',
      `${plural(o.pages, 'dirty page')} at most are written back`,
    ),
  reclaimSlab: (o) =>
    say(
      'defrag_slab',
      'One slab is chosen and every page in it must go.',
      o.slab === undefined ? 'One slab is reclaimed' : `The slab of ${hex(o.slab)} is reclaimed`,
    ),
  reclaimLru: (o) =>
    say(
      'shrink_caches',
      'LRU reclaim takes the coldest pages, wherever they lie.',
      `LRU reclaim is asked for ${plural(o.pages, 'page')}`,
    ),
  dropCaches: () =>
    say('drop_pagecache', 'Clean pages nobody maps are dropped.', 'The page cache is dropped'),
  drainCpus: () =>
    say(
      'drain_local_pages',
      'Pages on per-CPU lists go back where they came from.',
      'Per-CPU lists are drained',
    ),
  failedAlloc: (o) =>
    say(
      '__alloc_pages',
      'The recording says that its own kernel had no block.',
      `Order ${o.order} is asked for, which the recorded kernel failed`,
    ),
};

function ownerOf(
  o: { readonly page: number } & ({ readonly file: number } | { readonly process: number }),
): string {
  return 'file' in o ? `file ${count(o.file)}` : `process ${count(o.process)}`;
}

/** What the operation asks of the machine. */
export function sayOperation(operation: Operation, m: Machine): Saying {
  const saying = SAYINGS[operation.op] as (o: Operation, machine: Machine) => Saying;
  return saying(operation, m);
}
