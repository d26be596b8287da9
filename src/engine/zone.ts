/**
 * Zones, watermarks and zonelists, Linux 2.6.9 mm/page_alloc.c: setup_per_zone_pages_min, build_zonelists and the
 * tests inside __alloc_pages.
 */
import { clamp, idiv, isqrt } from '../base/bits.ts';
import type { Order, ZoneIndex } from '../base/units.ts';
import type { MachineConfig, ZoneConfig } from './config.ts';
import { GFP } from './gfp.ts';
import { type Machine, ZONE_FIELDS } from './machine.ts';

export { zoneOf } from './config.ts';

/** min, low and high of one zone, in pages. */
export interface Watermarks {
  readonly min: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Watermarks of 2.6.9 for zones with `present` pages each: min_free_kbytes = sqrt(low memory in kB) held between
 * 128 and 16384, shared out by size; low and high are twice and three times min.
 * @param minFreeKbytes value written to vm.min_free_kbytes, past the bounds
 */
export function watermarks269(
  zones: readonly { name: string; present: number }[],
  minFreeKbytes?: number,
): Watermarks[] {
  const lowmem = zones.reduce((sum, z) => sum + (z.name === 'HighMem' ? 0 : z.present), 0);
  const kilobytes = minFreeKbytes ?? clamp(isqrt(lowmem * 4), 128, 16384);
  const pagesMin = idiv(kilobytes, 4);
  return zones.map((z) => {
    const min =
      z.name === 'HighMem'
        ? clamp(idiv(z.present, 1024), 32, 128)
        : lowmem === 0
          ? 0
          : idiv(pagesMin * z.present, lowmem);
    return { min, low: min * 2, high: min * 3 };
  });
}

/** A zone's marks: its own where it has some, the rest from its min, else `rule`. */
export function zoneMarks(zone: ZoneConfig, rule: Watermarks): Watermarks {
  const min = zone.min ?? rule.min;
  const scaled = zone.min === undefined ? rule : { min, low: min * 2, high: min * 3 };
  const low = Math.max(min, zone.low ?? scaled.low);
  return { min, low, high: Math.max(low, zone.high ?? scaled.high) };
}

/**
 * Zones a request may be served from, best first: highest zone its flags allow, then downward (build_zonelists).
 * DMA requests use DMA alone; kernel requests Normal (and DMA32) then DMA; user requests with __GFP_HIGHMEM begin
 * at HighMem or Movable.
 */
export function zonelist(config: MachineConfig, gfp: number): ZoneIndex[] {
  const list: ZoneIndex[] = [];
  for (let z = config.zones.length - 1; z >= 0; z--) if (mayServe(config.zones[z]!, gfp)) list.push(z);
  return list;
}

function mayServe({ name, start, end }: ZoneConfig, gfp: number): boolean {
  if (start >= end) return false;
  if (gfp & GFP.dma) return name === 'DMA';
  if (name === 'HighMem' || name === 'Movable') return (gfp & GFP.highmem) !== 0;
  return true;
}

/** One zone field. */
export function zoneField(m: Machine, zone: ZoneIndex, field: number): number {
  return m.zone[zone * ZONE_FIELDS + field]!;
}

/** Sets one zone field. */
export function setZoneField(m: Machine, zone: ZoneIndex, field: number, value: number): void {
  m.zone[zone * ZONE_FIELDS + field] = value;
}

/** Adds to one zone field. */
export function bumpZone(m: Machine, zone: ZoneIndex, field: number, by: number): void {
  const i = zone * ZONE_FIELDS + field;
  m.zone[i] = m.zone[i]! + by;
}

/** `min` after the discounts of __alloc_pages' second pass: __GFP_HIGH halves it, a caller that cannot wait takes a quarter more. */
export function discountedMin(min: number, gfp: number): number {
  let mark = min;
  if (gfp & GFP.high) mark -= idiv(mark, 2);
  if (!(gfp & GFP.wait)) mark -= idiv(mark, 4);
  return mark;
}

/**
 * 2.6.9's watermark test: free pages alone, no look at the orders, so a high-order request may pass it and then
 * find no block.
 */
export function watermarkOk(free: number, order: Order, mark: number, protection: number): boolean {
  return free >= mark + (1 << order) + protection;
}
