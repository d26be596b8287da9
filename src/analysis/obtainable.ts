/**
 * Which aligned blocks reclaim to exhaustion can obtain: those without a page that stays whatever the policy does. A
 * page stays where it is for good when reclaim cannot evict it and the policy cannot move it.
 */
import type { Pfn } from '../base/units.ts';
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

/** Every aligned block of the machine's zones, lowest first; what a zone's bounds cut is left out. */
export function obtainable(m: Machine, order: number): BlockOutlook[] {
  const size = 1 << order;
  const blocks: BlockOutlook[] = [];
  for (const zone of m.config.zones) {
    for (let pfn = Math.ceil(zone.start / size) * size; pfn + size <= zone.end; pfn += size) {
      const blocker = firstBlocker(m, pfn, size);
      blocks.push({ pfn, order, zone: zone.name, obtainable: blocker === null, blocker });
    }
  }
  return blocks;
}

/** A slab goes back whole: part of one is to be had only with the rest, whose pages count too. */
function firstBlocker(m: Machine, block: Pfn, size: number): BlockOutlook['blocker'] {
  const { slabOrder } = m.config;
  const isPart = size < 1 << slabOrder && m.slabCache[block >>> slabOrder] !== 0;
  const first = isPart ? (block >>> slabOrder) << slabOrder : block;
  const end = isPart ? first + (1 << slabOrder) : block + size;
  for (let pfn = first; pfn < end; pfn++) {
    const why = immovableReason(m, pfn);
    if (why !== null) return { pfn, why, pointer: pointerTo(m, pfn) };
  }
  return null;
}

/**
 * Why a page stays under the machine's policy; null for one that is free or can go. A write under way only delays.
 * `no swap` is about the machine, not the moment: a full device takes a page again when another leaves it.
 */
export function immovableReason(m: Machine, pfn: Pfn): Immovable | null {
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
      return userReason(m, pfn);
    case PAGE.objSlab:
      if (!m.config.objectCaches[m.owner[pfn]!]!.shrinker) return 'object without shrinker';
      return liveObjects(m, pfn) > 0 ? 'live object' : null;
    default:
      return policyMoves(m, pfn) ? null : 'kernel';
  }
}

/** A folio goes or stays as one: what holds one of its pages holds them all. */
function userReason(m: Machine, pfn: Pfn): Immovable | null {
  const head = folioHead(m, pfn);
  if (folioPinned(m, head)) return 'pinned';
  if (policyMoves(m, pfn)) return null;
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

/** Whether the machine's policy moves pages of this one's kind. */
function policyMoves(m: Machine, pfn: Pfn): boolean {
  const kind = m.kind[pfn]!;
  const isUser = kind === PAGE.anon || kind === PAGE.file;
  const { name, variant, action } = m.config.policy;
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
