/** The words narration uses for what the machine numbers: Linux's, lower case, ready to stand in a sentence. */
import { count, hex, plural } from '../../base/text.ts';
import { PAGE, type PageKind } from '../../engine/frames.ts';
import { CACHE_NAMES } from '../../engine/gfp.ts';
import type { Machine } from '../../engine/machine.ts';
import { REGIONS } from '../../engine/operation.ts';
import type { REASON } from '../../engine/trace-event.ts';

export { count, hex, plural };

const KIND_WORDS: Record<PageKind, string> = {
  [PAGE.hole]: 'a hole',
  [PAGE.boot]: 'boot memory',
  [PAGE.free]: 'a free page',
  [PAGE.pcp]: 'a per-CPU page',
  [PAGE.slabIdle]: 'an idle page',
  [PAGE.slabParked]: 'a parked page',
  [PAGE.anon]: 'an anonymous page',
  [PAGE.file]: 'a file page',
  [PAGE.objSlab]: 'an object slab',
  [PAGE.kmalloc]: 'a kernel page',
  [PAGE.pageTable]: 'a page table page',
  [PAGE.stack]: 'a kernel stack',
  [PAGE.vmalloc]: 'a vmalloc page',
  [PAGE.highOrder]: 'a kernel block',
  [PAGE.unknown]: 'an unknown page',
};

/** `an anonymous page` for a page kind. */
export function kindWords(kind: number): string {
  return KIND_WORDS[kind as PageKind] ?? 'a page';
}

const REASON_WORDS: Record<keyof typeof REASON, string> = {
  none: 'no reason is told',
  mlocked: 'it is mlocked',
  noSwap: 'there is no swap space',
  pinned: 'it has an extra reference',
  writeback: 'it is under writeback',
  needsFs: 'the caller may not enter the file system',
  needsIo: 'the caller may not start I/O',
  liveObject: 'an object on it is in use',
  parked: 'it is parked in a per-CPU array',
  kernel: 'a kernel pointer leads to it',
  referenced: 'it was referenced',
  dirty: 'it is dirty',
  queued: 'its write is queued',
  noContiguity: 'no free block is large enough',
  watermark: 'the watermark says no',
  noWait: 'the caller may not wait',
  noMemory: 'there is no memory left',
  notLru: 'it is on no LRU list',
  boot: 'it is boot memory',
};

/** Why a page could not go, as the end of a sentence. */
export function reasonWords(reason: keyof typeof REASON): string {
  return REASON_WORDS[reason];
}

/** `order0-user` for a cache index (zone * 3 + class). */
export function cacheWords(cache: number): string {
  return CACHE_NAMES[cache % 3] ?? 'an order-0 cache';
}

/** `ZONE_NORMAL`. */
export function zoneWords(m: Machine, zone: number): string {
  const name = m.config.zones[zone]?.name;
  return name ? `ZONE_${name.toUpperCase()}` : `zone ${zone}`;
}

/** `dentry`, for an object cache. */
export function objectCacheWords(m: Machine, cache: number): string {
  return m.config.objectCaches[cache]?.name ?? `cache ${cache}`;
}

/** `process 12` of a row of the VMA table. */
export function vmaProcess(vma: number): string {
  return `process ${count(Math.floor(vma / REGIONS))}`;
}

/** Order of the largest free block of any zone; −1 when nothing is free. */
export function largestFreeOrder(m: Machine): number {
  const orders = m.config.maxOrder + 1;
  let largest = -1;
  for (let i = 0; i < m.freeCount.length; i++) {
    if (m.freeCount[i] && i % orders > largest) largest = i % orders;
  }
  return largest;
}

/** Why a request of `order` finds no block: what the free lists have instead. */
export function shortage(m: Machine): string {
  const largest = largestFreeOrder(m);
  return largest < 0 ? 'no block is free' : `largest free block is order ${largest}`;
}

/** The first letter in upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
