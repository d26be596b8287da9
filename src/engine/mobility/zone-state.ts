/**
 * What a zone of a grouping policy remembers beside struct zone of 2.6.9: the watermark boost and compaction's cached
 * scanners and deferral (struct zone of 6.12). One row of {@link MOBILITY_FIELDS} numbers a zone in `mobility`.
 */
import type { ZoneIndex } from '../../base/units.ts';
import type { MachineConfig } from '../config.ts';
import { groupsByMobility } from '../list-types.ts';
import type { Machine } from '../machine.ts';

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
} as const;

/** Numbers a zone row has. */
export const MOBILITY_FIELDS = 10;

export function mobilityField(m: Machine, zone: ZoneIndex, field: number): number {
  return m.mobility[zone * MOBILITY_FIELDS + field]!;
}

export function setMobilityField(m: Machine, zone: ZoneIndex, field: number, value: number): void {
  m.mobility[zone * MOBILITY_FIELDS + field] = value;
}

/** Columns of a machine that groups pages; empty for the others, so that their state is what it was. */
export function createMobilityColumns(config: MachineConfig): {
  pageblockType: Uint8Array;
  mobility: Uint32Array;
  pcpState: Uint32Array;
} {
  const groups = groupsByMobility(config);
  const blocks = Math.ceil(config.pages / (1 << config.pageblockOrder));
  return {
    pageblockType: new Uint8Array(groups ? blocks : 0),
    mobility: new Uint32Array(groups ? config.zones.length * MOBILITY_FIELDS : 0),
    pcpState: new Uint32Array(
      config.policy.name === 'mobility-compaction' ? config.zones.length * config.cpus * 3 : 0,
    ),
  };
}
