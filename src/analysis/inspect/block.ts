/** The buddy block a page lies in, and why it has not merged with its buddy: what the buddy holds. */
import { hex, plural } from '../../base/text.ts';
import { NONE, type Order, type Pfn } from '../../base/units.ts';
import { freeBlockOrder } from '../../engine/buddy.ts';
import { ALLOCATED, PAGE } from '../../engine/frames.ts';
import { listTypes } from '../../engine/list-types.ts';
import type { Machine } from '../../engine/machine.ts';
import { zoneOf } from '../../engine/zone.ts';
import { cacheWords, zoneWords } from '../narration/words.ts';
import { contentWords, type Nothing, nothing } from './owner.ts';
import { type PageblockOf, pageblockOf } from './pageblocks.ts';

/** Pages in a row that hold the same. */
export interface Holder {
  readonly pfn: Pfn;
  readonly pages: number;
  /** "allocation 12", "a free page". */
  readonly what: string;
}

export interface Buddy {
  /** Head of the buddy, pfn ^ 2^order; null at the largest order. */
  readonly pfn: Pfn | null;
  readonly order: Order;
  /** Free pages in it. */
  readonly free: number;
  /** What its other pages hold, lowest first, at most {@link HOLDERS_LIMIT}. */
  readonly holds: readonly Holder[];
  readonly holdsOmitted: number;
  /** Why the two are not one block, as one sentence without a full stop. */
  readonly why: string;
}

export interface BlockReport {
  readonly view: 'block';
  /** free: on a buddy list; allocated: of order > 0; slab: one of an order-0 cache; page: any other single page. */
  readonly state: 'free' | 'allocated' | 'slab' | 'page';
  readonly pfn: Pfn;
  readonly order: Order;
  readonly pages: number;
  readonly zone: string;
  readonly what: string;
  /** Place on the free list of its order, 1 = the head, which is handed out next; null where it is not free. */
  readonly list: {
    readonly place: number;
    readonly of: number;
    readonly before: Pfn | null;
    readonly after: Pfn | null;
  } | null;
  readonly buddy: Buddy;
  /** The pageblock it lies in, or begins; null under a policy that has none. */
  readonly pageblock: PageblockOf | null;
}

/** Holders told of a buddy. */
export const HOLDERS_LIMIT = 16;

/** The free block a page is part of, null where it is not on a buddy list. */
export function freeBlockOf(m: Machine, pfn: Pfn): { pfn: Pfn; order: Order } | null {
  if (m.kind[pfn] !== PAGE.free) return null;
  for (let order = 0; order <= m.config.maxOrder; order++) {
    const head = pfn - (pfn % (1 << order));
    if (m.kind[head] === PAGE.free && freeBlockOrder(m, head) === order) return { pfn: head, order };
  }
  return null;
}

/** The allocated block of an order above 0 that a page is part of. */
export function allocatedBlockOf(m: Machine, pfn: Pfn): { pfn: Pfn; order: Order } | null {
  for (let order = 1; order <= m.config.maxOrder; order++) {
    const head = pfn - (pfn % (1 << order));
    if (m.order[head] === (ALLOCATED | order) && m.kind[head] !== PAGE.pcp) return { pfn: head, order };
  }
  return null;
}

/** The block that `pfn` lies in. */
export function inspectBlock(m: Machine, pfn: Pfn): BlockReport | Nothing {
  const kind = m.kind[pfn];
  if (kind === PAGE.hole || kind === PAGE.boot) {
    return nothing(`page ${hex(pfn)} is ${contentWords(m, pfn)}: buddy never had it`);
  }
  const { state, block } = blockAt(m, pfn);
  return {
    view: 'block',
    state,
    pfn: block.pfn,
    order: block.order,
    pages: 1 << block.order,
    zone: m.config.zones[zoneOf(m.config, pfn)]!.name,
    what: whatOf(m, block.pfn, state),
    list: state === 'free' ? listPlace(m, block.pfn, block.order) : null,
    buddy: buddyOf(m, block.pfn, block.order, state),
    pageblock: pageblockOf(m, block.pfn),
  };
}

function blockAt(m: Machine, pfn: Pfn): { state: BlockReport['state']; block: { pfn: Pfn; order: Order } } {
  const free = freeBlockOf(m, pfn);
  if (free) return { state: 'free', block: free };
  const k = m.config.slabOrder;
  if (m.slabCache[pfn >>> k] !== 0) return { state: 'slab', block: { pfn: (pfn >>> k) << k, order: k } };
  const allocated = allocatedBlockOf(m, pfn);
  return allocated ? { state: 'allocated', block: allocated } : { state: 'page', block: { pfn, order: 0 } };
}

function whatOf(m: Machine, head: Pfn, state: BlockReport['state']): string {
  if (state === 'free') return 'a free block';
  if (state === 'slab') return `a slab of ${cacheWords(m.slabCache[head >>> m.config.slabOrder]! - 1)}`;
  return contentWords(m, head);
}

function listPlace(m: Machine, head: Pfn, order: Order): BlockReport['list'] {
  const type = (m.order[head]! >> 4) & 0x07;
  const list = (zoneOf(m.config, head) * listTypes(m.config) + type) * (m.config.maxOrder + 1) + order;
  let place = 1;
  for (let p = m.prev[head]!; p !== NONE; p = m.prev[p]!) place++;
  const link = (p: Pfn) => (p === NONE ? null : p);
  return { place, of: m.freeCount[list]!, before: link(m.prev[head]!), after: link(m.next[head]!) };
}

function buddyOf(m: Machine, head: Pfn, order: Order, state: BlockReport['state']): Buddy {
  const none = { free: 0, holds: [], holdsOmitted: 0, order };
  if (order === m.config.maxOrder) {
    return { ...none, pfn: null, why: `Order ${order} is the largest there is: it merges with nothing` };
  }
  const pfn = head ^ (1 << order);
  const zone = zoneOf(m.config, head);
  const { start, end } = m.config.zones[zone]!;
  if (pfn < start || pfn + (1 << order) > end) {
    return { ...none, pfn, why: `Its buddy ${hex(pfn)} lies outside ${zoneWords(m, zone)}` };
  }
  const { free, holders } = contentsOf(m, pfn, order);
  return {
    pfn,
    order,
    free,
    holds: holders.slice(0, HOLDERS_LIMIT),
    holdsOmitted: Math.max(0, holders.length - HOLDERS_LIMIT),
    why: whyApart(pfn, order, state, free, holders),
  };
}

function contentsOf(m: Machine, pfn: Pfn, order: Order): { free: number; holders: Holder[] } {
  const holders: { pfn: Pfn; pages: number; what: string }[] = [];
  let free = 0;
  for (let p = pfn; p < pfn + (1 << order); p++) {
    if (m.kind[p] === PAGE.free) {
      free++;
      continue;
    }
    const what = contentWords(m, p);
    const last = holders[holders.length - 1];
    if (last && last.what === what && last.pfn + last.pages === p) last.pages++;
    else holders.push({ pfn: p, pages: 1, what });
  }
  return { free, holders };
}

function whyApart(
  pfn: Pfn,
  order: Order,
  state: BlockReport['state'],
  free: number,
  holders: readonly Holder[],
): string {
  const pages = 1 << order;
  const first = holders[0];
  if (!first) return `Its buddy ${hex(pfn)} is free: they merge when this block is given back`;
  const where = first.pfn === pfn ? hex(pfn) : `${hex(pfn)} at ${hex(first.pfn)}`;
  const rest = free > 0 ? `, ${free} of its ${plural(pages, 'page')} are free` : '';
  const held = `its buddy ${where} holds ${first.what}${rest}`;
  return state === 'free' ? `Not merged: ${held}` : `In use; ${held}`;
}
