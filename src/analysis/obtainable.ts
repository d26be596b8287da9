/**
 * Which aligned blocks reclaim to exhaustion can obtain: those without a page that stays whatever the policy does. A
 * page stays where it is for good when reclaim cannot evict it and the policy cannot move it.
 */
import type { Pfn } from '../base/units.ts';
import type { PolicyConfig } from '../engine/config.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';
import { folioHead, folioMlocked, folioPinned } from '../engine/user/folio.ts';
import { pointerTo } from './pointer-words.ts';

/** Why a page stays. */
export type Immovable =
  | 'boot'
  | 'hole'
  | 'kernel'
  | 'live object'
  | 'object without shrinker'
  | 'pinned'
  | 'mlocked'
  | 'no swap';

/** One aligned block of 2^order pages. */
export interface BlockOutlook {
  readonly pfn: Pfn;
  readonly order: number;
  readonly zone: string;
  readonly obtainable: boolean;
  /** The first page that keeps the block, why, and who points to it (kernel pages); null where none does. */
  readonly blocker: {
    readonly pfn: Pfn;
    readonly why: Immovable;
    readonly pointer: string | null;
  } | null;
}

/** What decides which pages a policy moves. */
type Mover = Pick<PolicyConfig, 'name' | 'variant' | 'action'>;

/**
 * Every aligned block of the machine's zones, lowest first; what a zone's bounds cut is left out.
 *
 * @param policy whose means count, with the pages as they lie; the machine's own unless said
 */
export function obtainable(m: Machine, order: number, policy: Mover = m.config.policy): BlockOutlook[] {
  const size = 1 << order;
  const blocks: BlockOutlook[] = [];
  forEachBlock(m, order, (pfn, zone) => {
    const at = firstBlocker(m, pfn, size, policy);
    const why = at === null ? null : immovableReason(m, at, policy);
    blocks.push({
      pfn,
      order,
      zone: m.config.zones[zone]!.name,
      obtainable: at === null,
      blocker: at === null || why === null ? null : { pfn: at, why, pointer: pointerTo(m, at) },
    });
  });
  return blocks;
}

/** How many aligned blocks there are, and how many of them {@link obtainable} holds obtainable. */
export function countObtainable(
  m: Machine,
  order: number,
  policy: Mover = m.config.policy,
): { windows: number; obtainable: number } {
  let windows = 0;
  let open = 0;
  forEachBlock(m, order, (pfn) => {
    windows++;
    if (firstBlocker(m, pfn, 1 << order, policy) === null) open++;
  });
  return { windows, obtainable: open };
}

/** Calls `visit` for every aligned block of 2^order pages that lies in a zone, lowest first. */
export function forEachBlock(m: Machine, order: number, visit: (pfn: Pfn, zone: number) => void): void {
  const size = 1 << order;
  m.config.zones.forEach(({ start, end }, zone) => {
    for (let pfn = Math.ceil(start / size) * size; pfn + size <= end; pfn += size) visit(pfn, zone);
  });
}

/**
 * The first page that keeps a block from being had, null where none does. Under order0-slab a slab goes back whole:
 * part of one is to be had only with the rest, whose pages count too.
 */
export function firstBlocker(
  m: Machine,
  block: Pfn,
  size: number,
  policy: Mover = m.config.policy,
): Pfn | null {
  const { slabOrder } = m.config;
  const slabs = policy.name === 'order0-slab' && size < 1 << slabOrder;
  const isPart = slabs && m.slabCache[block >>> slabOrder] !== 0;
  const first = isPart ? (block >>> slabOrder) << slabOrder : block;
  const end = isPart ? first + (1 << slabOrder) : block + size;
  for (let pfn = first; pfn < end; pfn++) if (immovableReason(m, pfn, policy) !== null) return pfn;
  return null;
}

/**
 * Why a page stays under a policy; null for one that is free or can go. A write under way only delays.
 * `no swap` is about the machine, not the moment: a full device takes a page again when another leaves it.
 */
export function immovableReason(m: Machine, pfn: Pfn, policy: Mover = m.config.policy): Immovable | null {
  switch (m.kind[pfn]) {
    case PAGE.free:
    case PAGE.pcp:
    case PAGE.slabIdle:
    case PAGE.slabParked:
      return null;
    case PAGE.hole:
      return 'hole';
    case PAGE.boot:
      return 'boot';
    case PAGE.anon:
    case PAGE.file:
      return userReason(m, pfn, policy);
    case PAGE.objSlab:
      if (!m.config.objectCaches[m.owner[pfn]!]!.shrinker) return 'object without shrinker';
      return liveObjects(m, pfn) > 0 ? 'live object' : null;
    default:
      return policyMoves(m, pfn, policy) ? null : 'kernel';
  }
}

/** A folio goes or stays as one: what holds one of its pages holds them all. */
function userReason(m: Machine, pfn: Pfn, policy: Mover): Immovable | null {
  const head = folioHead(m, pfn);
  if (folioPinned(m, head)) return 'pinned';
  if (policyMoves(m, pfn, policy)) return null;
  if (folioMlocked(m, head)) return 'mlocked';
  return m.kind[pfn] === PAGE.anon && m.config.swapPages === 0 ? 'no swap' : null;
}

/** Whether a page can be moved by somebody who moves user pages and those of vmalloc areas. */
export function isMovable(m: Machine, pfn: Pfn): boolean {
  const kind = m.kind[pfn];
  if (kind === PAGE.anon || kind === PAGE.file)
    return !folioPinned(m, folioHead(m, pfn)) && (m.flags[pfn]! & FLAG.writeback) === 0;
  return kind === PAGE.vmalloc && m.allocOrder[m.owner[pfn]!] === 0;
}

/** Whether a policy moves pages of this one's kind. */
function policyMoves(m: Machine, pfn: Pfn, { name, variant, action }: Mover): boolean {
  const kind = m.kind[pfn]!;
  const isUser = kind === PAGE.anon || kind === PAGE.file;
  switch (name) {
    case 'page-moving':
      if (variant === 'on-failure-2004') return kind === PAGE.anon;
      return isUser || (kind === PAGE.vmalloc && m.allocOrder[m.owner[pfn]!] === 0);
    case 'mobility-compaction':
      return isUser;
    case 'order0-slab':
      return action === 'move' && isUser && (m.flags[pfn]! & FLAG.inSlab) !== 0;
    default:
      return false;
  }
}
