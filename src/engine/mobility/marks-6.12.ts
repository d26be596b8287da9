/**
 * Watermarks of Linux 6.12 mm/page_alloc.c: calculate_min_free_kbytes, __setup_per_zone_wmarks, __zone_watermark_ok,
 * boost_watermark; mm/khugepaged.c set_recommended_min_free_kbytes.
 */
import { clamp, idiv, isqrt } from '../../base/bits.ts';
import { NONE, type Order, type ZoneIndex } from '../../base/units.ts';
import { C } from '../counters.ts';
import { bump, type Machine, Z } from '../machine.ts';
import { setZoneField, type Watermarks, zoneField } from '../zone.ts';
import type { SizedZone } from './marks-2.6.24.ts';
import { groupingDisabled, listIndex, SET_ASIDE } from './types.ts';
import { M, mobilityField, setMobilityField } from './zone-state.ts';

/** 512 MiB: from here on transparent huge pages are on and khugepaged asks for more free memory. */
const THP_PAGES = 131_072;

/** A zone no kernel address reaches or whose pages can all move: its min mark is a small share of its own. */
const isUpper = ({ name }: SizedZone) => name === 'HighMem' || name === 'Movable';

/**
 * min, low and high; `present` holds managed pages here. The gap between the marks is a quarter of the zone's share,
 * at least a thousandth of the zone.
 */
export function watermarks612(
  zones: readonly SizedZone[],
  pageblockOrder: Order,
  minFreeKbytes?: number,
): Watermarks[] {
  const lower = zones.filter((zone) => !isUpper(zone) && zone.present > 0);
  const lowmem = lower.reduce((sum, { present }) => sum + present, 0);
  let kilobytes = clamp(isqrt(lowmem * 4 * 16), 128, 262_144);
  const total = zones.reduce((sum, { present }) => sum + present, 0);
  if (total >= THP_PAGES) {
    // two pageblocks a zone, and MIGRATE_PCPTYPES squared of them
    const wanted = (lower.length * (2 + 9)) << pageblockOrder;
    kilobytes = Math.max(kilobytes, 4 * Math.min(wanted, idiv(lowmem, 20)));
  }
  const pagesMin = idiv(minFreeKbytes ?? kilobytes, 4);
  return zones.map((zone) => {
    const share = lowmem === 0 ? 0 : idiv(pagesMin * zone.present, lowmem);
    const min = isUpper(zone) ? clamp(idiv(zone.present, 1024), 32, 128) : share;
    const gap = Math.max(idiv(share, 4), idiv(zone.present * 10, 10_000));
    return { min, low: min + gap, high: min + 2 * gap };
  });
}

/** ALLOC_ flags of mm/internal.h: what a request may do beside passing its mark. */
export const ALLOC = {
  /** May not wait, and may go below the mark where it also has `minReserve`. */
  nonBlock: 1,
  /** __GFP_HIGH: half the mark. */
  minReserve: 2,
  /** A higher order that may not wait: may take from, and adds to, the HIGHATOMIC pageblocks. */
  highAtomic: 4,
  /** May not break up a pageblock of another type. */
  noFragment: 8,
} as const;

/** Pages free in HIGHATOMIC pageblocks, which an ordinary request does not get (nr_free_highatomic). */
export function freeHighAtomic(m: Machine, zone: ZoneIndex): number {
  if (mobilityField(m, zone, M.highAtomic) === 0) return 0;
  let pages = 0;
  for (let k = 0; k <= m.config.maxOrder; k++) pages += m.freeCount[listIndex(m, zone, SET_ASIDE, k)]! << k;
  return pages;
}

/**
 * __zone_watermark_ok: above the mark (boost included) once the block is gone, and for a higher order some list of
 * that order or above has a block.
 * @param flags of {@link ALLOC}
 */
export function watermarkOk612(
  m: Machine,
  zone: ZoneIndex,
  order: Order,
  mark: number,
  cls: ZoneIndex,
  free = zoneField(m, zone, Z.freePages),
  flags = 0,
): boolean {
  let needed = mark + mobilityField(m, zone, M.boost);
  if (flags & ALLOC.minReserve) {
    needed -= needed >> 1;
    if (flags & ALLOC.nonBlock) needed -= needed >> 2;
  }
  let usable = free - ((1 << order) - 1);
  if (!(flags & (ALLOC.minReserve | ALLOC.nonBlock))) usable -= freeHighAtomic(m, zone);
  if (usable <= needed + zoneField(m, zone, Z.protection + cls)) return false;
  if (order === 0) return true;
  const types = flags & ALLOC.highAtomic ? SET_ASIDE + 1 : SET_ASIDE;
  for (let k = order; k <= m.config.maxOrder; k++)
    for (let type = 0; type < types; type++)
      if (m.freeHead[listIndex(m, zone, type, k)] !== NONE) return true;
  return false;
}

/**
 * boost_watermark: a fallback that mixes pageblocks raises the zone's marks by a pageblock until kswapd has run.
 * Left alone: a zone of fewer than four pageblocks.
 */
export function boostWatermark(m: Machine, zone: ZoneIndex): void {
  const block = 1 << m.config.pageblockOrder;
  const factor = m.config.policy.watermarkBoost;
  if (factor === 0 || block * 4 > zoneField(m, zone, Z.managed) || groupingDisabled(m.config)) return;
  const share = idiv(zoneField(m, zone, Z.high) * factor, 10_000);
  if (share === 0) return;
  const most = Math.max(block, share);
  setMobilityField(m, zone, M.boost, Math.min(mobilityField(m, zone, M.boost) + block, most));
  setZoneField(m, zone, Z.kswapdWoken, 1);
  bump(m, C.watermarkBoosts);
}
