/** struct page as columns indexed by PFN: 32 bytes a page, with what each sentinel means. */
import { NONE } from '../base/units.ts';

/** What a page frame holds (`kind` column). */
export const PAGE = {
  hole: 0,
  boot: 1,
  free: 2,
  pcp: 3,
  slabIdle: 4,
  slabParked: 5,
  anon: 6,
  file: 7,
  objSlab: 8,
  kmalloc: 9,
  pageTable: 10,
  stack: 11,
  vmalloc: 12,
  highOrder: 13,
  unknown: 14,
} as const;
export type PageKind = (typeof PAGE)[keyof typeof PAGE];

/** Names of the kinds by number. */
export const PAGE_NAMES = Object.keys(PAGE) as (keyof typeof PAGE)[];

/** Bits of the `flags` column. */
export const FLAG = {
  dirty: 0x0001,
  referenced: 0x0002,
  active: 0x0004,
  lru: 0x0008,
  writeback: 0x0010,
  swapCache: 0x0020,
  /** The page is one object of an order-0 cache's slab. */
  inSlab: 0x0040,
  /** Taken singly from buddy because no slab could be had. */
  stranded: 0x0080,
  /** Write under way for reclaim: the page goes to the inactive tail when it ends (PG_reclaim). */
  reclaim: 0x0100,
} as const;

/**
 * `order` column: low nibble 0..10 at the head of a block, {@link NO_HEAD} elsewhere; bit 7 tells an allocated
 * block from a free one; bits 4-6 are the migratetype of a free block's list.
 */
export const NO_HEAD = 0x0f;
export const ALLOCATED = 0x80;
/** Mask that compares equal to a plain order exactly at the head of a free block of that order. */
export const FREE_HEAD_MASK = 0x8f;

export interface Frames {
  kind: Uint8Array;
  order: Uint8Array;
  flags: Uint16Array;
  /** One of: buddy list, per-CPU list, LRU; idle page: next free object of its slab. NONE ends a list. */
  next: Uint32Array;
  prev: Uint32Array;
  /** file: file; anon: anonymous family; objSlab: object cache; kernel: allocation id, process or NONE. */
  owner: Uint32Array;
  /** Page within the owner; objSlab: row of the object-slab table. */
  index: Uint32Array;
  mapcount: Uint16Array;
  /** References that are no mappings: I/O, DMA. */
  pins: Uint16Array;
  /** Operation number of the last touch. */
  lastTouch: Uint32Array;
  /** Operation number of the allocation. */
  allocOp: Uint32Array;
}

/** Columns for `pages` page frames, all holes. */
export function createFrames(pages: number): Frames {
  const frames: Frames = {
    kind: new Uint8Array(pages),
    order: new Uint8Array(pages).fill(NO_HEAD),
    flags: new Uint16Array(pages),
    next: new Uint32Array(pages).fill(NONE),
    prev: new Uint32Array(pages).fill(NONE),
    owner: new Uint32Array(pages).fill(NONE),
    index: new Uint32Array(pages),
    mapcount: new Uint16Array(pages),
    pins: new Uint16Array(pages),
    lastTouch: new Uint32Array(pages),
    allocOp: new Uint32Array(pages),
  };
  return frames;
}
