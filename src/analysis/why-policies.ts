/**
 * The same moment under each policy's means: which aligned windows it could empty, and the cheapest for it. A policy
 * is asked what it could do with the pages as they lie now; how it would have laid them out itself is what running
 * the scenario under it shows.
 */
import type { PolicyId } from '../engine/config.ts';
import { C } from '../engine/counters.ts';
import { FLAG, PAGE } from '../engine/frames.ts';
import type { Machine } from '../engine/machine.ts';
import { liveObjects } from '../engine/objects/object-slab.ts';
import { evictable, lruCosts } from './lru-costs.ts';
import { countObtainable, isMovable } from './obtainable.ts';

/** What emptying takes: pages by what becomes of them, and the price. */
export interface MeansCost {
  /** First page of what is emptied: the window, or the slab around it. */
  readonly pfn: number;
  /** Its order. */
  readonly order: number;
  readonly costNs: number;
  readonly drop: number;
  readonly write: number;
  readonly swap: number;
  readonly move: number;
  /** Objects cleared by their shrinker. */
  readonly objects: number;
}

/** One policy at one moment. */
export interface PolicyMeans {
  readonly policy: PolicyId;
  /** How it goes about it, in one sentence. */
  readonly means: string;
  /** Windows (or slabs) it could empty now. */
  readonly emptiable: number;
  /** Aligned blocks of the order it could have if everything it can reclaim or move went; see obtainable.ts. */
  readonly obtainable: number;
  readonly cheapest: MeansCost | null;
}

/** What a policy's means make of a page. */
const FATE = { free: 0, drop: 1, write: 2, swap: 3, clear: 4, move: 5, stuck: 6 } as const;
type Fate = (typeof FATE)[keyof typeof FATE];

interface Means {
  readonly policy: PolicyId;
  readonly text: string;
  /** Whether it empties whole slabs only. */
  readonly slabs: boolean;
  fate(m: Machine, pfn: number): Fate;
}

const isFree = (kind: number) =>
  kind === PAGE.free || kind === PAGE.pcp || kind === PAGE.slabIdle || kind === PAGE.slabParked;
const isUser = (kind: number) => kind === PAGE.anon || kind === PAGE.file;

/** A user page that is written, swapped or dropped. */
function evicted(m: Machine, pfn: number): Fate {
  if (!evictable(m, pfn)) return FATE.stuck;
  if (m.kind[pfn] === PAGE.anon) return FATE.swap;
  return m.flags[pfn]! & FLAG.dirty ? FATE.write : FATE.drop;
}

/** A page that is moved: mlock is no obstacle, a reference that is no mapping is. */
const moved = (m: Machine, pfn: number): Fate => (isMovable(m, pfn) ? FATE.move : FATE.stuck);

/** An object slab's page that the extended shrinker can clear. */
function cleared(m: Machine, pfn: number): Fate {
  const { shrinker } = m.config.objectCaches[m.owner[pfn]!]!;
  return shrinker && liveObjects(m, pfn) === 0 ? FATE.clear : FATE.stuck;
}

const inSlabOrFree = (m: Machine, pfn: number) =>
  m.kind[pfn] === PAGE.free || (m.flags[pfn]! & FLAG.inSlab) !== 0;

function meansOf(m: Machine): Means[] {
  const { policy } = m.config;
  const slabMoves = policy.name === 'order0-slab' && policy.action === 'move';
  return [
    {
      policy: 'order0-slab',
      text: slabMoves
        ? 'Empties one slab: its user pages move into other slabs, unused objects are cleared.'
        : 'Empties one slab: its user pages are dropped, written or swapped, unused objects cleared.',
      slabs: true,
      fate(machine, pfn) {
        const kind = machine.kind[pfn]!;
        if (!inSlabOrFree(machine, pfn)) return FATE.stuck;
        if (isFree(kind)) return FATE.free;
        if (isUser(kind)) return slabMoves ? moved(machine, pfn) : evicted(machine, pfn);
        return kind === PAGE.objSlab ? cleared(machine, pfn) : FATE.stuck;
      },
    },
    {
      policy: 'page-moving',
      text: 'Moves user pages through rmap and vmalloc pages through the kernel page tables; evicts nothing.',
      slabs: false,
      fate(machine, pfn) {
        return isFree(machine.kind[pfn]!) ? FATE.free : moved(machine, pfn);
      },
    },
    {
      policy: 'mobility-lumpy',
      text: 'Lumpy reclaim: evicts the user pages of an aligned window; kernel pages and object slabs stay.',
      slabs: false,
      fate(machine, pfn) {
        const kind = machine.kind[pfn]!;
        if (isFree(kind)) return FATE.free;
        return isUser(kind) ? evicted(machine, pfn) : FATE.stuck;
      },
    },
    {
      policy: 'mobility-compaction',
      text: 'Compaction: moves user pages, mlocked ones too; kernel pages and pages with extra references stay.',
      slabs: false,
      fate(machine, pfn) {
        const kind = machine.kind[pfn]!;
        if (isFree(kind)) return FATE.free;
        return isUser(kind) ? moved(machine, pfn) : FATE.stuck;
      },
    },
  ];
}

/**
 * The five policies before the same moment, in their order of age. Looks at every page once a policy.
 *
 * @param order of the request
 */
export function policyMeans(m: Machine, order: number): PolicyMeans[] {
  const [slab, moving, lumpy, compaction] = meansOf(m).map((means) => weigh(m, order, means));
  return [unaimed(m, order), moving!, slab!, lumpy!, compaction!].map((means) => ({
    ...means,
    obtainable: countObtainable(m, order, { ...m.config.policy, name: means.policy }).obtainable,
  }));
}

type Weighed = Omit<PolicyMeans, 'obtainable'>;

function weigh(m: Machine, order: number, means: Means): Weighed {
  const { slabOrder, zones, policy } = m.config;
  const groups = policy.name === 'order0-slab' && policy.aligned;
  let emptiable = 0;
  let cheapest: MeansCost | null = null;
  const emptied = means.slabs ? Math.max(order, slabOrder) : order;
  if (!means.slabs || order <= slabOrder || groups) {
    const size = 1 << emptied;
    for (const zone of zones) {
      const room = freePages(m, zone.start, zone.end, means.slabs);
      for (let pfn = Math.ceil(zone.start / size) * size; pfn + size <= zone.end; pfn += size) {
        const cost = priceOf(m, pfn, emptied, means, room);
        if (cost === null) continue;
        emptiable++;
        if (cheapest === null || cost.costNs < cheapest.costNs) cheapest = cost;
      }
    }
  }
  return { policy: means.policy, means: means.text, emptiable, cheapest };
}

/** Frames that moved pages could go to: free ones, and a slab's idle ones where slabs are filled. */
function freePages(m: Machine, start: number, end: number, slabs: boolean): number {
  let pages = 0;
  for (let pfn = start; pfn < end; pfn++)
    if (m.kind[pfn] === PAGE.free || (slabs && m.kind[pfn] === PAGE.slabIdle)) pages++;
  return pages;
}

/** What emptying one window takes; null where a page cannot go, has no swap slot, or nowhere to move to. */
function priceOf(m: Machine, at: number, order: number, means: Means, room: number): MeansCost | null {
  const counts = [0, 0, 0, 0, 0, 0];
  const end = at + (1 << order);
  let maps = 0;
  let moves = 0;
  let slots = 0;
  let objects = 0;
  let own = 0;
  for (let pfn = at; pfn < end; pfn++) {
    const fate = means.fate(m, pfn);
    if (fate === FATE.stuck) return null;
    counts[fate]!++;
    if (fate === FATE.free) {
      if (m.kind[pfn] === PAGE.free || (means.slabs && m.kind[pfn] === PAGE.slabIdle)) own++;
    } else if (fate === FATE.clear) objects += m.objSlabInUse[m.index[pfn]!]!;
    else if (fate === FATE.move) moves += Math.max(1, m.mapcount[pfn]!);
    else {
      maps += m.mapcount[pfn]!;
      if (fate === FATE.swap && !(m.flags[pfn]! & FLAG.swapCache)) slots++;
    }
  }
  const [, drop, write, swap, , move] = counts as [number, number, number, number, number, number];
  if (slots > m.config.swapPages - m.counters[C.swapUsed]! || move > room - own) return null;
  const { cost } = m.config;
  const costNs =
    (drop + write + swap) * cost.dropPage +
    write * cost.writePage +
    swap * cost.swapOut +
    maps * (cost.unmapPte + cost.tlbFlush) +
    move * cost.copyPage +
    moves * (cost.updatePte + cost.tlbFlush) +
    objects * cost.clearObject;
  return { pfn: at, order, costNs, drop, write, swap, move, objects };
}

/**
 * `buddy-2.6` cannot aim: the window that LRU order happens to empty first, at the price of every page evicted on the
 * way. As the lists stand: a page that is touched meanwhile makes it dearer.
 */
function unaimed(m: Machine, order: number): Weighed {
  const size = 1 << order;
  let emptiable = 0;
  let cheapest: MeansCost | null = null;
  const reached = lruCosts(m);
  for (const zone of m.config.zones) {
    for (let pfn = Math.ceil(zone.start / size) * size; pfn + size <= zone.end; pfn += size) {
      let last = -1;
      let stuck = false;
      for (let p = pfn; p < pfn + size && !stuck; p++) {
        if (isFree(m.kind[p]!)) continue;
        stuck = reached.rank[p]! < 0;
        last = Math.max(last, reached.rank[p]!);
      }
      if (stuck) continue;
      emptiable++;
      const way = last < 0 ? NOTHING : reached.upTo(last);
      if (cheapest === null || way.costNs < cheapest.costNs)
        cheapest = { pfn, order, move: 0, objects: 0, ...way };
    }
  }
  return {
    policy: 'buddy-2.6',
    means:
      'Evicts in LRU order and cannot aim: counted are all pages colder than the last one of the window.',
    emptiable,
    cheapest,
  };
}

const NOTHING = { costNs: 0, drop: 0, write: 0, swap: 0 };
