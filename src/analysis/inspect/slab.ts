/** One slab of an order-0 cache in close-up. */
import type { Pfn } from '../../base/units.ts';
import { NONE } from '../../base/units.ts';
import { C } from '../../engine/counters.ts';
import { FLAG, PAGE } from '../../engine/frames.ts';
import { CACHE_NAMES } from '../../engine/gfp.ts';
import type { Machine } from '../../engine/machine.ts';
import { descriptorBytes, descriptorsPerPage } from '../../engine/order0/descriptor.ts';
import { LIST } from '../../engine/order0/slab-list.ts';
import type { Blocker } from '../why-report.ts';
import { windowAt } from '../windows.ts';
import { letterOf, lookOf } from './look.ts';
import { contentWords, type Nothing, outsideSlabs } from './owner.ts';
import { type ParkedPlace, parkedPlaces } from './parked.ts';

/** Names of the slab lists by number; isolated: on none, being emptied. */
export const SLAB_LISTS = ['none', 'partial', 'full', 'free', 'isolated'] as const;
export type SlabListName = (typeof SLAB_LISTS)[number];

/** Which slab a page is in. */
export interface SlabRef {
  readonly pfn: Pfn;
  readonly order: number;
  /** Cache number, zone * 3 + class. */
  readonly cache: number;
  readonly name: string;
  readonly list: SlabListName;
}

export interface SlabPage {
  readonly pfn: Pfn;
  readonly look: number;
  readonly letter: string;
  readonly mapcount: number;
  readonly what: string;
  /** Per-CPU array it is parked in. */
  readonly parked: ParkedPlace | null;
}

/** A page and when it was touched last. */
export interface Touched {
  readonly pfn: Pfn;
  readonly step: number;
}

export interface SlabReport extends SlabRef {
  readonly view: 'slab';
  readonly zone: string;
  readonly pages: number;
  /** Place on its list, 1 = the head; null while isolated. */
  readonly place: number | null;
  /** Pages handed out, pages in the slab's chain of free objects, pages in per-CPU arrays (in use, to the slab). */
  readonly counts: {
    readonly inUse: number;
    readonly idle: number;
    readonly parked: number;
    readonly clean: number;
    readonly dirty: number;
    readonly anon: number;
    readonly objects: number;
    readonly kernel: number;
    readonly pinned: number;
  };
  readonly content: readonly SlabPage[];
  readonly coldest: Touched | null;
  readonly hottest: Touched | null;
  /** Price of emptying it by the cost table; null where something forbids it. */
  readonly costNs: number | null;
  readonly blockers: readonly Blocker[];
  /**
   * The off-slab descriptor. The model counts descriptors, it gives none a place: `pages` are all pages of them.
   */
  readonly descriptor: { readonly bytes: number; readonly perPage: number; readonly pages: readonly Pfn[] };
}

/** The slab of a page, null where it is in none. */
export function slabRefOf(m: Machine, pfn: Pfn): SlabRef | null {
  const order = m.config.slabOrder;
  const slab = pfn >>> order;
  const cache = m.slabCache[slab]! - 1;
  if (cache < 0) return null;
  return {
    pfn: slab << order,
    order,
    cache,
    name: CACHE_NAMES[cache % 3]!,
    list: SLAB_LISTS[m.slabList[slab]!]!,
  };
}

/** The slab that `pfn` lies in. */
export function inspectSlab(m: Machine, pfn: Pfn): SlabReport | Nothing {
  const ref = slabRefOf(m, pfn);
  if (!ref) return outsideSlabs(m, pfn)!;
  const zone = m.config.zones[Math.floor(ref.cache / 3)]!.name;
  const window = windowAt(m, ref.pfn, ref.order, zone);
  const { coldest, hottest } = ages(m, ref);
  return {
    view: 'slab',
    ...ref,
    zone,
    pages: 1 << ref.order,
    place: placeOf(m, ref),
    counts: countsOf(m, ref),
    content: contentOf(m, ref),
    coldest,
    hottest,
    costNs: window.costNs,
    blockers: window.blockers,
    descriptor: {
      bytes: descriptorBytes(ref.order),
      perPage: descriptorsPerPage(ref.order),
      pages: descriptorPages(m),
    },
  };
}

function pfnsOf({ pfn, order }: SlabRef): Pfn[] {
  return Array.from({ length: 1 << order }, (_, i) => pfn + i);
}

function placeOf(m: Machine, { pfn, order }: SlabRef): number | null {
  const slab = pfn >>> order;
  if (m.slabList[slab] === LIST.isolated || m.slabList[slab] === LIST.none) return null;
  let place = 1;
  for (let s = m.slabPrev[slab]!; s !== NONE; s = m.slabPrev[s]!) place++;
  return place;
}

function countsOf(m: Machine, ref: SlabRef): SlabReport['counts'] {
  const n = { inUse: 0, idle: 0, parked: 0, clean: 0, dirty: 0, anon: 0, objects: 0, kernel: 0, pinned: 0 };
  for (const pfn of pfnsOf(ref)) {
    const kind = m.kind[pfn]!;
    if (kind === PAGE.slabIdle) n.idle++;
    else if (kind === PAGE.slabParked) n.parked++;
    else n.inUse++;
    if (kind === PAGE.file) {
      if (m.flags[pfn]! & (FLAG.dirty | FLAG.writeback)) n.dirty++;
      else n.clean++;
    } else if (kind === PAGE.anon) n.anon++;
    else if (kind === PAGE.objSlab) n.objects++;
    else if (kind !== PAGE.slabIdle && kind !== PAGE.slabParked) n.kernel++;
    if (lookOf(m, pfn) & 0x10) n.pinned++;
  }
  return n;
}

function contentOf(m: Machine, ref: SlabRef): SlabPage[] {
  const parked = parkedPlaces(m, ref.cache);
  return pfnsOf(ref).map((pfn) => {
    const look = lookOf(m, pfn);
    return {
      pfn,
      look,
      letter: letterOf(look),
      mapcount: m.mapcount[pfn]!,
      what: contentWords(m, pfn),
      parked: parked.get(pfn) ?? null,
    };
  });
}

function ages(m: Machine, ref: SlabRef): { coldest: Touched | null; hottest: Touched | null } {
  let coldest: Touched | null = null;
  let hottest: Touched | null = null;
  for (const pfn of pfnsOf(ref)) {
    const kind = m.kind[pfn];
    if (kind !== PAGE.anon && kind !== PAGE.file && kind !== PAGE.objSlab) continue;
    const step = m.lastTouch[pfn]!;
    if (!coldest || step < coldest.step) coldest = { pfn, step };
    if (!hottest || step > hottest.step) hottest = { pfn, step };
  }
  return { coldest, hottest };
}

/** All pages of slab descriptors, newest first. */
export function descriptorPages(m: Machine): Pfn[] {
  const pages: Pfn[] = [];
  let pfn = m.counters[C.descriptorHead]! === 0 ? NONE : m.counters[C.descriptorHead]! - 1;
  for (; pfn !== NONE; pfn = m.next[pfn]!) pages.push(pfn);
  return pages;
}
