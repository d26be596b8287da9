/** The zones: watermarks, free blocks, LRU lists and where reclaim stands in them. */
import type { Pfn } from '../../base/units.ts';
import { freeByOrder } from '../../engine/buddy.ts';
import { type Machine, Z } from '../../engine/machine.ts';
import { pcpPages } from '../../engine/per-cpu.ts';
import { zoneField } from '../../engine/zone.ts';
import { hasSlabs } from './owner.ts';

export interface ZoneReport {
  readonly name: string;
  readonly start: Pfn;
  readonly end: Pfn;
  readonly present: number;
  readonly managed: number;
  readonly min: number;
  readonly low: number;
  readonly high: number;
  /** Pages on the buddy lists, and blocks by order. */
  readonly free: number;
  readonly freeByOrder: readonly number[];
  /** Which mark the free pages reach: "below min", "min", "low", "high". Idle pages in slabs are not counted here. */
  readonly reaches: 'below min' | 'min' | 'low' | 'high';
  readonly perCpu: number;
  readonly active: number;
  readonly inactive: number;
  /** Woken in this operation; it runs at the operation's end, so that it is true inside one only. */
  readonly kswapdWoken: boolean;
  /** Priority the last reclaim needed: 12 = at ease, 0 = in distress. */
  readonly prevPriority: number;
  readonly pagesScanned: number;
  readonly allUnreclaimable: boolean;
  /** Slab at which the daemon's next scan begins; null where there are none. */
  readonly scanCursor: Pfn | null;
}

export interface ZonesReport {
  readonly view: 'zones';
  readonly zones: readonly ZoneReport[];
}

/** All zones, lowest addresses first. */
export function inspectZones(m: Machine): ZonesReport {
  return { view: 'zones', zones: m.config.zones.map((_, zone) => zoneReport(m, zone)) };
}

function zoneReport(m: Machine, zone: number): ZoneReport {
  const of = (field: number) => zoneField(m, zone, field);
  const { name, start, end } = m.config.zones[zone]!;
  const free = of(Z.freePages);
  const k = m.config.slabOrder;
  const firstSlab = Math.ceil(start / (1 << k));
  return {
    name,
    start,
    end,
    present: of(Z.present),
    managed: of(Z.managed),
    min: of(Z.min),
    low: of(Z.low),
    high: of(Z.high),
    free,
    freeByOrder: freeByOrder(m, zone),
    reaches:
      free >= of(Z.high) ? 'high' : free >= of(Z.low) ? 'low' : free >= of(Z.min) ? 'min' : 'below min',
    perCpu: pcpPages(m, zone),
    active: of(Z.nrActive),
    inactive: of(Z.nrInactive),
    kswapdWoken: of(Z.kswapdWoken) === 1,
    prevPriority: of(Z.prevPriority),
    pagesScanned: of(Z.pagesScanned),
    allUnreclaimable: of(Z.allUnreclaimable) === 1,
    scanCursor: hasSlabs(m) && firstSlab << k < end ? (firstSlab + of(Z.scanCursor)) << k : null,
  };
}
