/**
 * What a zone of a grouping policy remembers beside struct zone of 2.6.9: the watermark boost and compaction's cached
 * scanners and deferral (struct zone of 6.12). One row of {@link MOBILITY_FIELDS} numbers a zone in `mobility`.
 */
import type { ZoneIndex } from '../../base/units.ts';
import type { Machine } from '../machine.ts';
import { MOBILITY_FIELDS } from './columns.ts';

export const M = {
  /** watermark_boost, in pages. */
  boost: 0,
  /** compact_cached_migrate_pfn: for asynchronous runs, and for the others. */
  migrateAsync: 1,
  migrateSync: 2,
  /** compact_cached_free_pfn. */
  freePfn: 3,
  considered: 4,
  deferShift: 5,
  orderFailed: 6,
  /** compact_blockskip_flush: forget the skip hints when kswapd next sleeps. */
  skipFlush: 7,
  /** Highest order kswapd was woken for since it last slept, + 1; 0 when it was not woken. */
  kswapdOrder: 8,
  /** Order kcompactd was woken for, + 1; 0 when it was not woken. */
  kcompactdOrder: 9,
  /** nr_reserved_highatomic: pages of the pageblocks set aside as HIGHATOMIC. */
  highAtomic: 10,
  /** ZONE_BELOW_HIGH: an allocation found the zone below its high mark; per-CPU lists shrink until it is above. */
  belowHigh: 11,
  /** ZONE_RECLAIM_ACTIVE: kswapd is at work, per-CPU lists are kept short. */
  reclaimActive: 12,
  /** kswapd_failures of the node, in the first zone's row: runs in a row that reclaimed nothing. */
  kswapdFailures: 13,
  /** compact_init_migrate_pfn, compact_init_free_pfn: where a whole run begins. */
  initMigrate: 14,
  initFree: 15,
} as const;

export function mobilityField(m: Machine, zone: ZoneIndex, field: number): number {
  return m.mobility[zone * MOBILITY_FIELDS + field]!;
}

export function setMobilityField(m: Machine, zone: ZoneIndex, field: number, value: number): void {
  m.mobility[zone * MOBILITY_FIELDS + field] = value;
}
