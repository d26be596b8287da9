/**
 * Watermarks of Linux 2.6.24 mm/page_alloc.c: init_per_zone_pages_min, setup_per_zone_pages_min,
 * setup_per_zone_lowmem_reserve, zone_watermark_ok.
 */
import { clamp, idiv, isqrt } from '../../base/bits.ts';
import type { Order, ZoneIndex } from '../../base/units.ts';
import { freeByOrder } from '../buddy.ts';
import type { ZoneConfig } from '../config.ts';
import { type Machine, Z } from '../machine.ts';
import { type Watermarks, zoneField } from '../zone.ts';

/** Zones with the pages each has. */
export type SizedZone = Pick<ZoneConfig, 'name'> & { readonly present: number };

/**
 * min, low and high: low and high lie a quarter and a half of the zone's share above min.
 * @param minFreeKbytes value written to vm.min_free_kbytes, past the bounds
 */
export function watermarks2624(zones: readonly SizedZone[], minFreeKbytes?: number): Watermarks[] {
  const lowmem = zones.reduce((sum, z) => sum + (z.name === 'HighMem' ? 0 : z.present), 0);
  const kilobytes = minFreeKbytes ?? clamp(isqrt(lowmem * 4 * 16), 128, 65536);
  return zones.map(({ name, present }) => {
    const share = lowmem === 0 ? 0 : idiv(idiv(kilobytes, 4) * present, lowmem);
    const min = name === 'HighMem' ? clamp(idiv(present, 1024), 32, 128) : share;
    return { min, low: min + idiv(share, 4), high: min + idiv(share, 2) };
  });
}

/** sysctl_lowmem_reserve_ratio: 256 for DMA and DMA32, 32 above. */
function reserveRatio(name: ZoneConfig['name']): number {
  return name === 'DMA' || name === 'DMA32' ? 256 : 32;
}

/** lowmem_reserve of each zone by class: a share of the zones above it that a request of that class could also have. */
export function lowmemReserves(zones: readonly SizedZone[]): number[][] {
  return zones.map((zone, z) =>
    zones.map((_, cls) => {
      if (cls <= z) return 0;
      const above = zones.slice(z + 1, cls + 1).reduce((sum, one) => sum + one.present, 0);
      return idiv(above, reserveRatio(zone.name));
    }),
  );
}

/**
 * zone_watermark_ok (2.6.11 on): beside the total, what is left above each smaller order must exceed half the mark of
 * the order below.
 * @param cls index of the highest zone the request may use
 */
export function watermarkOk2624(
  m: Machine,
  zone: ZoneIndex,
  order: Order,
  mark: number,
  cls: ZoneIndex,
): boolean {
  let free = zoneField(m, zone, Z.freePages) - (1 << order) + 1;
  if (free <= mark + zoneField(m, zone, Z.protection + cls)) return false;
  if (order === 0) return true;
  const blocks = freeByOrder(m, zone);
  let min = mark;
  for (let k = 0; k < order; k++) {
    free -= blocks[k]! << k;
    min >>>= 1;
    if (free <= min) return false;
  }
  return true;
}
