/**
 * What happened while an operation was applied. Events are named after Linux's tracepoints where there is one,
 * else after the function that does the work. They are for people, plots and texts; the machine never reads them.
 */
/** Event types. `fn` in comments is the kernel function, 2.6.9 unless said. Meaning of pfn, a, b follows. */
export const EV = {
  /** A request begins (`__alloc_pages`): order; a = gfp, b = zone mask of the zonelist. */
  request: 0,
  /** Request served (`mm_page_alloc`): pfn, order; a = gfp, b = kind. */
  pageAlloc: 1,
  /** Request failed (`mm_page_alloc` with a null page): order; a = gfp, reason. */
  allocFailed: 2,
  /** Pages given back (`mm_page_free`): pfn, order; a = kind before. */
  pageFree: 3,
  /** A block is cut in two (`expand`): pfn = the block, order = order of the halves; a = the half kept. */
  split: 4,
  /** Two buddies become one (`__free_pages_bulk`): pfn = merged block, order = its order; a = the buddy. */
  merge: 5,
  /** A block joins a free list (`__free_pages_bulk`): pfn, order; a = zone. */
  listAdd: 6,
  /** Per-CPU list refilled from buddy (`rmqueue_bulk`, `mm_page_alloc_zone_locked`): a = pages, b = zone. */
  pcpRefill: 7,
  /** Per-CPU list drained to buddy (`free_pages_bulk`, `mm_page_pcpu_drain`): a = pages, b = zone. */
  pcpDrain: 8,
  /** Watermark test failed (`__alloc_pages`): order; a = zone, b = mark; reason = which mark (0 low, 1 min). */
  watermarkLow: 9,
  /** kswapd woken (`wakeup_kswapd`): a = zone. */
  kswapdWake: 10,
  /** kswapd sleeps (`balance_pgdat` done): a = pages freed. */
  kswapdSleep: 11,
  /** Direct reclaim begins (`try_to_free_pages`): order; a = gfp. */
  directReclaimBegin: 12,
  /** Direct reclaim ends: a = pages freed, b = windows of the asked order they lay in. */
  directReclaimEnd: 13,
  /** An order-0 cache gets a slab (`cache_grow`): pfn, order = slab order; a = cache index. */
  cacheGrow: 14,
  /** A slab goes back to buddy (`slab_destroy`): pfn, order; a = cache index. */
  slabDestroy: 15,
  /** A CPU array is refilled (`cache_alloc_refill`): a = cache index, b = objects. */
  arrayRefill: 16,
  /** A CPU array is flushed (`cache_flusharray`): a = cache index, b = objects. */
  arrayFlush: 17,
  /** All arrays of a cache are emptied (`drain_cpu_caches`): a = cache index, b = objects. */
  arraysDrained: 18,
  /** Periodic reaping (`cache_reap`): a = cache index, b = slabs freed. */
  cacheReap: 19,
  /** No slab to be had: one page comes singly from buddy and is stranded (this design's fallback): pfn; a = cache index. */
  stranded: 20,
  /** A slab is looked at as a victim: pfn; a = clean file pages, b = pages in use. */
  scanSlab: 21,
  /** The victim: pfn; a = its score, b = best score of all slabs (regret = b - a). */
  chooseSlab: 22,
  /** A page's mappings are removed (`try_to_unmap`): pfn; a = PTEs, b = kind. */
  unmap: 23,
  /** A clean page leaves its cache (`__remove_from_page_cache`): pfn; a = owner, b = index. */
  drop: 24,
  /** A dirty page is written and waited for (`pageout`): pfn; a = owner, b = index. */
  writePage: 25,
  /** An anonymous page is written to swap and waited for (`add_to_swap`, `swap_writepage`): pfn; a = swap slot. */
  swapPage: 26,
  /** A page cannot go: pfn; reason = REFUSAL. */
  refuse: 27,
  /** An object slab's objects are cleared through the extended shrinker: pfn; a = objects. */
  clearObjects: 28,
  /** A victim is given up: pfn of the slab; a = pages evicted for nothing, b = pages moved for nothing. */
  slabRefused: 29,
  /** A victim is empty and goes back to buddy as one block: pfn, order; a = pages evicted, b = pages moved. */
  slabDiscarded: 30,
  /** Slab reclaim ends: order; a = slabs tried, b = 1 when a block was freed. */
  slabReclaimEnd: 31,
  /** shrink_list keeps a page: pfn; reason. */
  keep: 32,
  /** shrink_list or a fault moves a page to the active list: pfn; reason. */
  activate: 33,
  /** refill_inactive_zone moves pages to inactive: a = pages, b = zone; order = pages it looked at (at most 32). */
  deactivate: 34,
  /** An asynchronous write is queued (`pageout`): pfn; a = when it ends, µs. */
  writebackStart: 35,
  /** It ended (`end_page_writeback`): pfn; a = 1 when the page went to the inactive tail (`rotate_reclaimable_page`). */
  writebackEnd: 36,
  /** An evicted page is asked for again (`do_no_page`, `do_swap_page`): a = owner, b = index. */
  refault: 37,
  /** A page fault maps a page: pfn; a = vma, b = page; reason 0 minor, 1 from disk, 2 from swap, 3 zero page, 4 copy on write. */
  fault: 38,
  /** A read or write reaches the page cache (`mark_page_accessed`): pfn; a = file, b = page. */
  access: 39,
  /** Process events: a = process, b = other. */
  fork: 40,
  exit: 41,
  spawn: 42,
  mmap: 43,
  munmap: 44,
  /** The OOM killer (`out_of_memory`): a = process, b = its score. */
  oomKill: 45,
  /** An operation named something that is not there; counted, nothing done: a = owner, b = index. */
  absent: 46,
  /** Objects: a = cache, b = object. */
  objectAlloc: 47,
  objectFree: 48,
  objectPin: 49,
  objectUnpin: 50,
  /** The count-driven shrinker (`shrink_slab`): a = cache, b = objects scanned. */
  shrinkSlab: 51,
  /** A file's pages or a region's pages are let go: a = owner, b = pages. */
  truncate: 52,
  zap: 53,
  lock: 54,
  unlock: 55,
  pin: 56,
  unpin: 57,
  /** No candidate among the slabs scanned: a = slabs scanned. */
  noCandidate: 58,
  /** An act this policy does not have. */
  notHere: 59,
  /** One page table page: pfn; a = process. */
  pageTable: 60,
  /** A recorded kernel's own failure is noted: order. */
  recordedFailure: 61,
  /** A user page is copied to another frame (`migrate_pages`, 2.6.16): pfn; a = the new frame, b = PTEs changed. */
  movePage: 62,
  /** An aligned group of slab windows is looked at: pfn, order; a = pages that need no writing, b = pages in use. */
  scanGroup: 63,
  /** The group to empty: pfn, order; a = pages that need no writing, b = slabs with pages in use. */
  chooseGroup: 64,
  /** A group is given up: pfn, order; a = first page of the slab that stays. */
  groupRefused: 65,
  /** The defrag daemon wakes: order; a = blocks of it that are free, b = how many there should be. */
  daemonWake: 66,
  /** It sleeps again: order; a = slabs freed, b = pages looked at. */
  daemonSleep: 67,
  /** A mempool is made (`mempool_create`): order of its elements; a = pool, b = elements, 0 when they could not be had. */
  poolCreate: 68,
  /** A mempool's request is served (`mempool_alloc`): pfn, order; a = pool, b = 0 by the allocator, 1 from the reserve. */
  poolAlloc: 69,
  /** It sleeps until an element comes back: order; a = pool, b = allocation. */
  poolSleep: 70,
  /** It begins again: order; a = pool, b = allocation. */
  poolWake: 71,
  /** It fails: order; a = pool, b = allocation. */
  poolFail: 72,
  /** An element goes back into the reserve (`mempool_free`): pfn, order; a = pool, b = elements in reserve. */
  poolRefill: 73,
  /** A window is looked at for moving: pfn, order; a = pages to move, b = 0, or its first obstacle + 1. */
  scanWindow: 74,
  /** The window to empty by moving: pfn, order; a = pages to move, b = windows it was chosen from. */
  chooseWindow: 75,
  /** Its pages have moved and it is one free block: pfn, order; a = pages moved, b = PTEs changed. */
  windowFreed: 76,
  /** One page keeps it: pfn, order; a = pages moved for nothing; reason. */
  windowKept: 77,
  /** No window can be emptied by moving: order; a = windows looked at; reason noMemory: too few pages are free. */
  noWindow: 78,
  /**
   * A request is served from another migratetype's lists (`mm_page_alloc_extfrag`): pfn, order; a = order of the block
   * it was cut from; b = 16 x its type + the other type, + 256 when the pageblock became its own.
   */
  extfrag: 79,
  /** Lumpy reclaim takes a page and its neighbours (`isolate_lru_pages`): pfn = the page met, order; a = pages taken, b = neighbours. */
  lumpyIsolate: 80,
  /** Compaction begins in a zone (`mm_compaction_begin`): pfn = migrate scanner, order; a = free scanner, b = mode. */
  compactBegin: 81,
  /** It ends (`mm_compaction_end`): pfn, order, a as when it began; b = 16 x result + mode. */
  compactEnd: 82,
  /** Pages to move are isolated (`mm_compaction_isolate_migratepages`): pfn .. a - 1; b = 4,096 x pages scanned + pages taken. */
  compactIsolateMigrate: 83,
  /** Free pages to move into are isolated (`mm_compaction_isolate_freepages`): as before. */
  compactIsolateFree: 84,
  /** A batch was moved (`mm_compaction_migratepages`): a = pages moved, b = pages that stay. */
  compactMigrate: 85,
  /** Whether a zone may be compacted (`mm_compaction_suitable`): order; a = zone, b = 1 when it may. */
  compactSuitable: 86,
  /** An attempt is put off (`mm_compaction_deferred`): order; a = zone, b = attempts still to come. */
  compactDeferred: 87,
  /** After a failure the next attempts are put off (`mm_compaction_defer_compaction`): order; a = zone, b = how many. */
  compactDefer: 88,
  /** A success lets the order pass again (`mm_compaction_defer_reset`): order; a = zone, b = 1 when it was served. */
  compactDeferReset: 89,
  /** A request has its zones compacted (`mm_compaction_try_to_compact_pages`): order; a = gfp, b = mode. */
  compactTry: 90,
  /** kcompactd wakes (`mm_compaction_kcompactd_wake`): order, 0 for a proactive run; a = the node's score then. */
  kcompactdWake: 91,
  /** It sleeps (`mm_compaction_kcompactd_sleep`): order as when it woke; a = the node's score after a proactive run. */
  kcompactdSleep: 92,
  /** A folio above order 0 was wanted for a read (`filemap_alloc_folio`, 6.12): pfn, order had; a = file, b = order wanted. */
  readFolio: 93,
  /** A folio's pages become single ones (`split_folio`, 6.12): pfn, order; a = file, b = its first page. */
  splitFolio: 94,
} as const;
export type EventType = (typeof EV)[keyof typeof EV];

/** Why a page of a slab (or of the LRU) could not go, or was kept. */
export const REASON = {
  none: 0,
  mlocked: 1,
  noSwap: 2,
  pinned: 3,
  writeback: 4,
  needsFs: 5,
  needsIo: 6,
  liveObject: 7,
  parked: 8,
  kernel: 9,
  referenced: 10,
  dirty: 11,
  queued: 12,
  noContiguity: 13,
  watermark: 14,
  noWait: 15,
  noMemory: 16,
  notLru: 17,
  boot: 18,
} as const;
export type Reason = (typeof REASON)[keyof typeof REASON];

/** Events of the operations applied since the last {@link clearEvents}; not part of the machine's state. */
export interface EventLog {
  /** 0: nothing is recorded (fast replay); 1: everything. */
  level: 0 | 1;
  count: number;
  /** Throw {@link StopAtEvent} once this many events are recorded: how the page looks inside an operation. */
  stopAt: number;
  /** Called after each event is recorded, to look at the machine as it is just then; it must change nothing. */
  heard: ((i: number) => void) | null;
  type: Uint8Array;
  order: Uint8Array;
  reason: Uint8Array;
  cpu: Uint8Array;
  pfn: Uint32Array;
  a: Float64Array;
  b: Float64Array;
}

/** Thrown by {@link emit} to leave a machine half-way through an operation, for viewing only. */
export class StopAtEvent extends Error {}

/** An empty event log that records nothing until its `level` is set. */
export function createEventLog(capacity = 256): EventLog {
  return {
    level: 0,
    count: 0,
    stopAt: Number.POSITIVE_INFINITY,
    heard: null,
    type: new Uint8Array(capacity),
    order: new Uint8Array(capacity),
    reason: new Uint8Array(capacity),
    cpu: new Uint8Array(capacity),
    pfn: new Uint32Array(capacity),
    a: new Float64Array(capacity),
    b: new Float64Array(capacity),
  };
}

/** Forgets all events, keeps level and capacity. */
export function clearEvents(log: EventLog): void {
  log.count = 0;
  log.stopAt = Number.POSITIVE_INFINITY;
}

function growLog(log: EventLog): void {
  const bigger = createEventLog(log.type.length * 2);
  for (const key of ['type', 'order', 'reason', 'cpu', 'pfn', 'a', 'b'] as const) bigger[key].set(log[key]);
  const { level, count, stopAt, heard } = log;
  Object.assign(log, { ...bigger, level, count, stopAt, heard });
}

/** Records one event when the log listens. Call it only where the machine's lists are consistent. */
export function emit(
  m: { readonly log: EventLog; readonly cpu: number },
  type: EventType,
  order: number,
  pfn: number,
  a = 0,
  b = 0,
  reason: Reason = 0,
): void {
  const log = m.log;
  if (log.level === 0) return;
  if (log.count === log.type.length) growLog(log);
  const i = log.count++;
  log.type[i] = type;
  log.order[i] = order;
  log.reason[i] = reason;
  log.cpu[i] = m.cpu;
  log.pfn[i] = pfn;
  log.a[i] = a;
  log.b[i] = b;
  if (log.heard !== null) log.heard(i);
  if (log.count >= log.stopAt) throw new StopAtEvent();
}

/** One event as a plain record, for the page and for texts. */
export interface TraceEvent {
  readonly type: keyof typeof EV;
  readonly order: number;
  readonly reason: keyof typeof REASON;
  readonly cpu: number;
  readonly pfn: number;
  readonly a: number;
  readonly b: number;
}

const EVENT_NAMES = Object.keys(EV) as (keyof typeof EV)[];
const REASON_NAMES = Object.keys(REASON) as (keyof typeof REASON)[];

/** Event `i` of the log as a record. */
export function eventAt(log: EventLog, i: number): TraceEvent {
  return {
    type: EVENT_NAMES[log.type[i]!]!,
    order: log.order[i]!,
    reason: REASON_NAMES[log.reason[i]!]!,
    cpu: log.cpu[i]!,
    pfn: log.pfn[i]!,
    a: log.a[i]!,
    b: log.b[i]!,
  };
}
