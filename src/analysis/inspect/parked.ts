/** Pages held back per CPU: the object arrays of the order-0 caches, the hot and cold lists of 2.6.9's allocator. */
import { NONE, type Pfn } from '../../base/units.ts';
import { pcpListOrder, pcpListsPerCpu } from '../../engine/list-types.ts';
import { K, type Machine } from '../../engine/machine.ts';
import { migrateTypes } from '../../engine/mobility/types.ts';
import { cacheField } from '../../engine/order0/slab-list.ts';

/** Where a page is parked; place 1 is the next to be handed out of `of`. `cpu` null: the array all CPUs share. */
export interface ParkedPlace {
  readonly cpu: number | null;
  readonly place: number;
  readonly of: number;
}

/** Entries of one CPU's array of a cache, oldest first. */
export function arrayPfns(m: Machine, cache: number, cpu: number): Pfn[] {
  const array = cache * m.config.cpus + cpu;
  const base = array * m.config.arrays.limit;
  return Array.from(m.arrayEntries.subarray(base, base + m.arrayCount[array]!));
}

/** Entries of the array that all CPUs share, oldest first. */
export function sharedPfns(m: Machine, cache: number): Pfn[] {
  const base = cache * Math.max(1, m.config.arrays.shared);
  return Array.from(m.sharedEntries.subarray(base, base + cacheField(m, cache, K.sharedCount)));
}

/** Every parked page of a cache with its place. */
export function parkedPlaces(m: Machine, cache: number): ReadonlyMap<Pfn, ParkedPlace> {
  const places = new Map<Pfn, ParkedPlace>();
  const add = (pfns: readonly Pfn[], cpu: number | null) =>
    pfns.forEach((pfn, i) => {
      places.set(pfn, { cpu, place: pfns.length - i, of: pfns.length });
    });
  for (let cpu = 0; cpu < m.config.cpus; cpu++) add(arrayPfns(m, cache, cpu), cpu);
  add(sharedPfns(m, cache), null);
  return places;
}

/**
 * Pages of one per-CPU list of a zone, head (handed out next) first. 6.12 has no cold lists: its lists by order and
 * type stand one behind the other as the hot one.
 */
export function pcpPfns(m: Machine, zone: number, cpu: number, cold: boolean): Pfn[] {
  const perCpu = pcpListsPerCpu(m.config);
  const first = (zone * m.config.cpus + cpu) * perCpu;
  if (perCpu === 2) return listPfns(m, first + (cold ? 1 : 0), 0);
  if (cold) return [];
  return Array.from({ length: perCpu }, (_, i) => listPfns(m, first + i, pcpListOrder(i))).flat();
}

/** One of 6.12's per-CPU lists. */
export interface TypedPcpList {
  readonly order: number;
  /** Null for huge pages of a type that is not movable: two types share that list. */
  readonly type: string | null;
  readonly blocks: number;
}

/** 6.12's lists of a zone and CPU in their order; none under a policy that has hot and cold lists. */
export function typedPcpLists(m: Machine, zone: number, cpu: number): TypedPcpList[] {
  const perCpu = pcpListsPerCpu(m.config);
  if (perCpu === 2) return [];
  const { names, movable } = migrateTypes(m.config);
  const first = (zone * m.config.cpus + cpu) * perCpu;
  return Array.from({ length: perCpu }, (_, i) => {
    const order = pcpListOrder(i);
    const type = i < 12 ? names[i % 3]! : i === 13 ? names[movable]! : null;
    return { order, type, blocks: listPfns(m, first + i, order).length >> order };
  });
}

function listPfns(m: Machine, list: number, order: number): Pfn[] {
  const pfns: Pfn[] = [];
  for (let pfn = m.pcpHead[list]!; pfn !== NONE; pfn = m.next[pfn]!)
    for (let i = 0; i < 1 << order; i++) pfns.push(pfn + i);
  return pfns;
}
