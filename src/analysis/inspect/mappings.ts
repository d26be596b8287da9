/** Who maps a page, where it stands on the LRU, and which swap slot it has. */
import { NONE, type Pfn } from '../../base/units.ts';
import { FLAG } from '../../engine/frames.ts';
import { type Machine, Z } from '../../engine/machine.ts';
import { REGIONS } from '../../engine/operation.ts';
import { PTE_YOUNG } from '../../engine/user/pte.ts';
import { forEachMapping, swapSlotOf } from '../../engine/user/rmap.ts';
import { zoneField, zoneOf } from '../../engine/zone.ts';

/** One page table entry that maps a page. Dirty is kept by page, not by entry: see the page's flags. */
export interface Mapping {
  readonly process: number;
  readonly region: number;
  readonly page: number;
  readonly young: boolean;
  readonly locked: boolean;
}

/** Where a page stands on its list. */
export interface LruPlace {
  readonly list: 'active' | 'inactive';
  /** 1 = the coldest, the next to be looked at. */
  readonly fromCold: number;
  readonly of: number;
}

/** Entries that map a user page, by process and region. */
export function mappingsOf(m: Machine, pfn: Pfn): Mapping[] {
  if (m.mapcount[pfn] === 0) return [];
  const found: Mapping[] = [];
  forEachMapping(m, pfn, (at, vma) => {
    found.push({
      process: Math.floor(vma / REGIONS),
      region: vma % REGIONS,
      page: m.index[pfn]!,
      young: (m.pte[at]! & PTE_YOUNG) !== 0,
      locked: m.vmaLocked[vma] === 1,
    });
    return true;
  });
  return found.sort((a, b) => a.process - b.process || a.region - b.region);
}

/** The page's place on the LRU; null when reclaim has isolated it or it belongs on none. */
export function lruPlaceOf(m: Machine, pfn: Pfn): LruPlace | null {
  const flags = m.flags[pfn]!;
  if (!(flags & FLAG.lru)) return null;
  const active = (flags & FLAG.active) !== 0;
  const zone = zoneOf(m.config, pfn);
  let fromCold = 1;
  for (let p = m.next[pfn]!; p !== NONE; p = m.next[p]!) fromCold++;
  return {
    list: active ? 'active' : 'inactive',
    fromCold,
    of: zoneField(m, zone, active ? Z.nrActive : Z.nrInactive),
  };
}

/** Swap slot of an anonymous page in the swap cache, else null. */
export function slotOf(m: Machine, pfn: Pfn): number | null {
  const slot = swapSlotOf(m, pfn);
  return slot === NONE ? null : slot;
}
